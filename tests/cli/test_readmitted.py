"""Sources that the settings refused are visited at once when other settings allow them, not before."""

import json

from shell import Shell

SOURCE = '[[source]]\nname = "Own"\nurl = "http://127.0.0.1:9/feed"\n'


def visits(shell: Shell, settings: str) -> int:
    shell.config(f"[fetch]\n{settings}\n{SOURCE}")
    done = json.loads(shell.run("fetch", "--json").out)
    return int(done["ok"] + done["unchanged"] + done["failed"])


def test_a_refused_address_is_visited_when_the_setting_that_refused_it_changes(shell: Shell) -> None:
    assert [visits(shell, settings) for settings in ("", "", "workers = 3")] == [1, 0, 0]
    assert [visits(shell, "allow_ports = [9]") for _ in range(2)] == [1, 0]
    allowed = 'allow_networks = ["127.0.0.1:9"]'
    assert [visits(shell, allowed) for _ in range(2)] == [1, 0]
    assert json.loads(shell.run("sources", "--json").out)[0]["fault"] == "connect"
    assert visits(shell, f"max_size = '1MB'\n{allowed}") == 0
