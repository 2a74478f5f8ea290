"""Commands as a user types them: exit codes, one line per fault, never a traceback."""

import json
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest
from program import started
from shell import Shell

from aggregator.store import Store


def test_the_configuration_may_be_named_before_the_command(shell: Shell) -> None:
    file = str(shell.folder / "a.toml")
    assert shell.said("--config", file, "check").code == 0
    assert shell.said("--config", "elsewhere.toml", "check").code == 2
    assert shell.said("--config", "elsewhere.toml", "check", "--config", file).code == 0


@pytest.mark.parametrize(
    "command", ["check", "run", "serve", "sources", "remove x", "add http://127.0.0.1:1/"]
)
@pytest.mark.parametrize(
    ("name", "told"), [(".", "is a folder"), ("x" * 300, "File name too long"), ("latin", "not TOML")]
)
def test_a_configuration_that_cannot_be_read_is_a_line_that_names_it_and_2(
    shell: Shell, command: str, name: str, told: str
) -> None:
    (shell.folder / "latin").write_bytes(b'x = "\xe4"')
    said = shell.said(*command.split(), "--config", str(shell.folder / name))
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert f"{shell.folder / name}: {told}" in said.err.replace("this is not", "not")


def test_a_source_is_taken_out_of_a_file_with_a_byte_order_mark(shell: Shell) -> None:
    shell.config('\ufeff[[source]]\nname = "Posts"\nfolder = "posts"\n')
    assert shell.run("remove", "Posts").code == 0


def test_fetch_publishes_and_ends_with_0(shell: Shell) -> None:
    said = shell.run("fetch")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "sources: 1 ok, 0 unchanged, 0 failed; entries: 1 new, 0 edited; stories: 1 new, 0 grown\n"
    )
    assert (shell.folder / "var/public/feed.atom").exists()


def test_unchanged_sources_are_fine(shell: Shell) -> None:
    shell.run("fetch")
    said = shell.run("fetch", "--all")
    assert said.code == 0
    assert said.out.startswith("sources: 0 ok, 1 unchanged, 0 failed")


def test_nothing_due_says_when_something_is(shell: Shell) -> None:
    shell.run("fetch")
    said = shell.run("fetch")
    assert said.code == 0
    assert "Nothing is due before" in said.out


def test_fetch_as_json_is_for_machines(shell: Shell) -> None:
    found = json.loads(shell.run("fetch", "--json").out)
    assert (found["ok"], found["added"], found["new"]) == (1, 1, 1)
    assert found["published"] > 3  # files: a number, since there may be thousands
    assert {type(each) for each in found.values()} == {int}


def test_what_a_killed_process_left_half_written_goes_at_the_next_start(shell: Shell) -> None:
    shell.run("fetch")
    half = [shell.folder / "var/public" / name for name in (".gone.atom.new", "story/.9.html.new")]
    for each in half:
        each.write_bytes(b"half")
    others = shell.folder / "var/public/another-site"
    others.mkdir()
    foreign = [others / ".settings.html.new", shell.folder / "var/public/.settings.new"]
    for each in foreign:
        each.touch()
    assert shell.run("fetch").code == 0
    assert not any(each.exists() for each in half)
    assert all(each.exists() for each in foreign)


def test_a_database_that_somebody_has_removed_is_started_anew_even_after_a_full_disk(shell: Shell) -> None:
    shell.run("fetch")
    database = shell.folder / "var/aggregator.db"
    for each in database.parent.glob("aggregator.db*"):
        each.unlink()
    Store(database).close()
    database.write_bytes(b"")  # as a full disk leaves it
    assert shell.run("fetch").code == 0


@pytest.mark.parametrize("command", ["fetch", "run", "sources"])
def test_a_database_that_has_become_empty_is_not_started_anew(shell: Shell, command: str) -> None:
    shell.run("fetch")
    database = shell.folder / "var/aggregator.db"
    for each in database.parent.glob("aggregator.db*"):
        each.unlink()
    database.touch()
    said = shell.run(command)
    assert said.code == 3
    assert "restore a copy, or remove the file to start over" in said.err
    assert said.err.count("\n") == 1
    assert database.stat().st_size == 0
    database.unlink()
    assert shell.run("fetch").code == 0


def test_an_empty_file_that_was_never_a_database_becomes_one(shell: Shell) -> None:
    (shell.folder / "var").mkdir()
    (shell.folder / "var/aggregator.db").touch()
    assert shell.run("fetch").code == 0


def test_a_failing_source_is_1_and_the_rest_is_published(shell: Shell) -> None:
    shell.config('[[source]]\nname = "Posts"\nfolder = "posts"\n[[source]]\nname = "No"\nfolder = "no"\n')
    said = shell.run("fetch")
    assert said.code == 1
    assert said.err.startswith("No: ")
    assert said.err.count("\n") == 1
    assert "Bridge reopens" in (shell.folder / "var/public/feed.atom").read_text()


def test_every_configuration_fault_is_a_line_and_2(shell: Shell) -> None:
    shell.config('[feed]\ntitel = "x"\n[[source]]\nname = "a"\n')
    for command in ("fetch", "check", "run", "serve", "sources", "stories"):
        said = shell.run(command)
        assert said.code == 2
        assert len(said.err.splitlines()) == 2
        assert "did you mean 'title'?" in said.err


def test_an_unknown_source_is_2(shell: Shell) -> None:
    said = shell.run("fetch", "Nobody")
    assert said.code == 2
    assert "there is no source named 'Nobody'" in said.err


def test_an_unknown_command_is_2(shell: Shell) -> None:
    assert shell.run("fetsch").code == 2


def test_backup_makes_a_copy_and_replaces_nothing_else(shell: Shell) -> None:
    copy, config = shell.folder / "copy.db", shell.folder / "a.toml"
    assert shell.run("backup", str(copy)).code == 3  # there is nothing yet
    shell.run("fetch")
    assert shell.run("backup", str(copy)).out == f"{copy}: {copy.stat().st_size / 1e6:.1f} MB\n"
    said = shell.run("backup", str(config))
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert config.read_text().startswith("[[source]]")


def test_repair_says_what_was_saved_and_what_comes_next(shell: Shell) -> None:
    shell.run("fetch")
    new = shell.folder / "new.db"
    said = shell.run("repair", str(new))
    assert said.code == 0
    assert said.out.startswith(f"{new}: 1 entry in 1 story of 1 source\nlost: nothing that is known of; ")
    assert f"move {new} over it" in said.out
    again = shell.run("repair", str(new), "--json")
    assert (again.code, again.err.count("\n")) == (2, 1)
    new.unlink()
    assert json.loads(shell.run("repair", str(new), "--json").out)["entries"] == 1


@pytest.mark.parametrize("command", ["fetch", "run", "sources", "stories"])
def test_a_file_that_is_not_a_database_is_3(shell: Shell, command: str) -> None:
    (shell.folder / "var").mkdir()
    (shell.folder / "var/aggregator.db").write_bytes(b"this is no database" * 100)
    said = shell.run(command)
    assert said.code == 3
    assert "aggregator.db" in said.err
    assert said.err.count("\n") == 1
    assert (shell.folder / "var/aggregator.db").read_bytes() == b"this is no database" * 100


def test_a_database_of_a_newer_version_is_3_and_not_changed(shell: Shell) -> None:
    shell.run("fetch")
    from aggregator.store import Store

    with Store(shell.folder / "var/aggregator.db") as store:
        store.db.table("_sqlite_migrations").insert(
            {"migration_set": "aggregator", "name": "9999 the future", "applied_at": "2030"}
        )
    said = shell.run("fetch")
    assert said.code == 3
    assert "newer version" in said.err


def test_an_output_folder_that_cannot_be_is_4(shell: Shell) -> None:
    (shell.folder / "var").mkdir()
    (shell.folder / "var/public").touch()
    said = shell.run("fetch")
    assert said.code == 4
    assert said.err.count("\n") == 1


def test_check_shows_every_setting_with_its_origin_and_no_secret(shell: Shell) -> None:
    shell.monkeypatch.setenv("AGGREGATOR_SERVE__PORT", "9000")
    source = '[[source]]\nname = "A"\nurl = "https://me:s3cret@a.example/?token=s3cret"\n'
    own = 'headers = { X-Key = "s3cret" }\nproxy = "http://me:s3cret@p.example:3128"\n'
    shell.config(f'[fetch]\nproxy = "http://me:s3@cret@p.example:3128"\nevery = "90m"\n{source}{own}')
    said = shell.run("check", "--show").out
    assert "cret" not in said
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert 'proxy = "http://(hidden)@p.example:3128" # the file' in lines
    assert 'every = "90m" # the file' in lines
    assert "port = 9000 # AGGREGATOR_SERVE__PORT" in lines
    assert 'pause = "1s" # default' in lines
    assert 'headers = { "X-Key" = "(hidden)" }' in lines
    tomllib.loads(said)


def test_check_names_what_is_not_there(shell: Shell) -> None:
    assert shell.run("check").out.endswith("OK: 1 source\n")
    shell.config('[[source]]\nname = "A"\nfolder = "no"\n[[source]]\nname = "B"\nfile = "none.md"\n')
    said = shell.run("check")
    assert said.code == 2
    assert said.err.count("\n") == 2


def test_sources_says_how_each_is_and_when_it_is_next(shell: Shell) -> None:
    assert "never visited" in shell.run("sources").out
    shell.run("fetch")
    said = shell.run("sources")
    assert said.code == 0
    row = next(line for line in said.out.splitlines() if line.startswith("Posts"))
    assert " OK " in row
    assert "in " in row
    assert json.loads(shell.run("sources", "--json").out)[0]["entries"] == 1


def test_sources_shows_no_key_of_an_address(shell: Shell) -> None:
    shell.config('[[source]]\nname = "A"\nurl = "https://me:pw@a.example/feed?token=k&x=1"\n')
    assert json.loads(shell.run("sources", "--json").out)[0]["address"] == "https://a.example/feed?x=1"


def test_stories_lists_them(shell: Shell) -> None:
    shell.run("fetch")
    assert "Bridge reopens" in shell.run("stories").out
    assert json.loads(shell.run("stories", "--json").out)[0]["lead"]["entry"]["title"] == "Bridge reopens"


def test_parse_prints_what_we_make_of_a_document(shell: Shell) -> None:
    found = json.loads(shell.run("parse", str(shell.folder / "posts/one.md")).out)
    assert (found["format"], found["entries"][0]["title"]) == ("jekyll", "Bridge reopens")


def test_parse_says_what_a_document_is_not(shell: Shell) -> None:
    (shell.folder / "page.html").write_text("<!doctype html><html><body>Hi</body></html>")
    said = shell.run("parse", str(shell.folder / "page.html"))
    assert said.code == 1
    assert "web page" in said.err
    assert shell.run("parse", str(shell.folder / "none.xml")).code == 2


def test_explain_says_why_and_names_the_entries(shell: Shell) -> None:
    shell.run("fetch")
    said = shell.run("explain", "1")
    assert "Bridge reopens  [Posts, 2026-02-28 10:00]" in said.out
    assert "No earlier report matches" in said.out
    assert shell.run("explain", "9").code == 2


def test_a_merged_story_is_not_counted_among_those_that_were_saved(shell: Shell) -> None:
    (shell.folder / "posts/two.md").write_text(OWLS, encoding="utf-8")
    shell.run("fetch")
    shell.run("merge", "1", "2")
    new = shell.folder / "new.db"
    assert shell.run("repair", str(new)).out.startswith(f"{new}: 2 entries in 1 story of 1 source\n")


def test_explain_says_what_is_gone(shell: Shell) -> None:
    shell.run("fetch")
    with Store(shell.folder / "var/aggregator.db") as store, store.writing():
        store.db.execute("UPDATE members SET other = 77")
    said = shell.run("explain", "1")

    assert (said.code, "Compared with 77: pruned since" in said.out) == (0, True)


OWLS = '---\ntitle: "Snowy owls return"\ndate: 2026-02-28T11:00:00Z\n---\n\nMore than in any winter.\n'


def test_explain_says_what_parts_two_entries(shell: Shell) -> None:
    (shell.folder / "posts/two.md").write_text(OWLS, encoding="utf-8")
    shell.run("fetch")
    said = shell.run("explain", "1", "2")
    assert said.out.splitlines()[:2] == [
        "1  Bridge reopens  [Posts, 2026-02-28 10:00]",
        "2  Snowy owls return  [Posts, 2026-02-28 11:00]",
    ]
    assert "They are in stories 1 and 2. Compared by themselves: No earlier report matches" in said.out
    assert shell.run("explain", "1", "9").code == 2


def test_a_folder_is_no_file_to_copy_to(shell: Shell) -> None:
    shell.run("fetch")
    for folder in (".", str(shell.folder)):
        said = shell.run("backup", folder)
        assert (said.code, said.err.count("\n")) == (2, 1)
        assert "is a folder: name the file in it" in said.err


def test_regroup_shows_and_changes_nothing(shell: Shell) -> None:
    shell.run("fetch")
    before = (shell.folder / "var/aggregator.db").read_bytes()
    assert (
        shell.run("regroup", "--dry-run", "--window", "2h").out
        == "1 entry grouped again: 1 story with the settings of today, 1 with the new ones\n"
    )
    assert shell.run("regroup").code == 0
    assert shell.run("regroup", "--dry-run", "--window", "soon").code == 2
    assert (shell.folder / "var/aggregator.db").read_bytes() == before


def test_a_taken_port_is_one_line_and_2(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = shell.run("run", "--port", str(taken.getsockname()[1]))
    assert said.code == 2
    assert "cannot listen on 127.0.0.1" in said.err
    assert "choose one with --port" in said.err


@pytest.mark.parametrize("command", ["run", "serve"])
def test_sigterm_ends_the_service_with_0(shell: Shell, command: str) -> None:
    shell.run("fetch")
    with started(command, "--port", "0", "--config", shell.folder / "a.toml") as service:
        address = service.stdout.readline().removeprefix("Merged feed: ").strip()
        assert service.stdout.readline() == f"Pages: {address.removesuffix('feed.atom')}\n"
        assert b"Bridge reopens" in patient(address)
        service.send_signal(signal.SIGTERM)
        assert service.wait() == 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="signal masks are read from /proc")
@pytest.mark.parametrize("command", ["run", "serve"])
def test_sigterm_while_it_starts_ends_the_service_with_0(shell: Shell, command: str) -> None:
    argv = [sys.executable, "-m", "aggregator", command, "--port", "0"]
    with subprocess.Popen(
        [*argv, "--config", str(shell.folder / "a.toml")], stdout=subprocess.PIPE, text=True
    ) as service:
        try:
            while service.poll() is None and not heard(service.pid, signal.SIGTERM):
                pass
            service.send_signal(signal.SIGTERM)
            assert service.wait(10) == 0
        finally:
            service.kill()


def heard(pid: int, number: signal.Signals) -> bool:
    """Whether the process has installed a handler for the signal."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) & 1 << (number - 1))


def patient(address: str) -> bytes:
    """The answer, as soon as the service listens."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        body: bytes = answer.read()
    return body


@pytest.mark.parametrize(
    "command", ["explain {0}", "explain 1 {0}", "split {0}", "merge 1 {0}", "never {0} 1"]
)
def test_a_number_that_nothing_can_have_is_a_line_and_2(shell: Shell, command: str) -> None:
    shell.run("fetch")
    said = shell.run(*command.format("9" * 25).split())
    assert (said.code, said.out) == (2, "")
    assert "9" * 25 in said.err
