"""`aggregator check` also reports sources that clearly cannot work."""

import sys
from ipaddress import ip_address
from pathlib import Path

import pytest
from configs import written

from aggregator.config import examine, load
from aggregator.config.check import WEB_PORTS, refusal
from aggregator.config.keys import Fetch
from aggregator.errors import ConfigError
from aggregator.fetch.guard import WEB_PORTS as GUARDED
from aggregator.fetch.guard import Guard


def test_what_cannot_work_is_reported_with_the_faults_and_does_not_prevent_a_start(
    tmp_path: Path,
) -> None:
    missing = "[[source]]\nname = 'a'\nfolder = 'no'\n[[source]]\nname = 'b'\nfile = '.'\n"
    private = "[[source]]\nname = 'c'\nurl = 'http://10.0.0.1/'\n"
    assert len(load(written(tmp_path, missing + private)).sources) == 3
    with pytest.raises(ConfigError) as caught:
        examine(written(tmp_path, "[fetch]\nworkers = 0\n" + missing + private))
    assert [fault.split(".toml: ", 1)[1] for fault in caught.value.faults] == [
        "[fetch] workers: 0 is not between 1 and 500",
        f"source 'a': {tmp_path}/no: no such folder",
        f"source 'b': {tmp_path}: no such file",
        "source 'c': url: 10.0.0.1 is not on the public internet: add it to [fetch] allow_networks",
    ]


def test_a_language_that_nobody_knows_is_doubted(tmp_path: Path) -> None:
    output = "[[output]]\nname = 'a'\nlanguage = 'pt-BR'\n"
    with pytest.raises(ConfigError) as caught:
        examine(written(tmp_path, f"[feed]\nlanguage = 'xx'\n{output}"))
    (fault,) = caught.value.faults
    assert fault.endswith('[feed] language: \'xx\' is no language that we know, such as "de" or "pt-BR"')


@pytest.mark.parametrize(
    ("url", "networks", "ports", "refused"),
    [
        ("http://127.0.0.1/", (), (), "127.0.0.1 is not on the public internet"),
        ("http://127.1/", (), (), "127.0.0.1 is not on the public internet"),
        ("http://0x7f000001/", (), (), "127.0.0.1 is not on the public internet"),
        ("http://[::1]/", (), (), "::1 is not on the public internet"),
        ("http://[::ffff:10.0.0.1]/", (), (), "10.0.0.1 is not on the public internet"),
        ("http://10.0.0.1/", ("10.0.0.0/8",), (), ""),
        ("http://10.0.0.1:8000/", ("10.0.0.0/8",), (), "port 8000 is not allowed"),
        ("http://10.0.0.1:8000/", ("10.0.0.0/8",), (8000,), ""),
        ("http://10.0.0.1:8000/", ("10.0.0.1:8000",), (), ""),
        ("http://[::1]:8000/", ("[0:0::1]:8000",), (), ""),
        ("http://LocalHost:8000/", ("localhost:8000",), (), ""),
        ("http://s.example:8888/", (), (), "port 8888 is not allowed"),
        ("https://s.example/", (), (), ""),
        ("http://8.8.8.8:8443/", (), (), ""),
        ("http://[", (), (), "'http://[' is not an address like"),
        ("http://s.example:0/", (), (), "'http://s.example:0/' is not an address like"),
        ("http://s.example:99999/", (), (), "'http://s.example:99999/' is not an address like"),
        ("http://s.example:x/", (), (), "'http://s.example:x/' is not an address like"),
        ("http://a..b/", (), (), "'a..b' is not a valid host name"),
        ("http://bücher.example/", (), (), ""),
    ],
)
def test_an_address_that_no_visit_may_go_to_is_doubted(
    url: str, networks: tuple[str, ...], ports: tuple[int, ...], refused: str
) -> None:
    doubt = refusal(url, Fetch(allow_networks=networks, allow_ports=ports))
    assert doubt.removeprefix("url: ").startswith(refused) if refused else doubt == ""


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "100.64.0.1", "169.254.169.254", "192.0.2.1", "224.0.0.1", "1.1.1.1", "8.8.8.8"),
        *("64:ff9b::808:808", "2606:4700::1", "::ffff:8.8.8.8", "fe80::1", "ff02::1", "fd00::1"),
    ],
)
def test_nothing_is_doubted_that_the_guard_would_let_through(address: str) -> None:
    number = ip_address(address)
    doubt = refusal(f"http://{f'[{number}]' if number.version == 6 else number}/", Fetch())
    assert not doubt or Guard().refusal(address, 80, address)


def test_the_ports_of_the_web_are_the_guard_s() -> None:
    assert WEB_PORTS == GUARDED


def test_a_hub_that_cannot_be_reached_is_a_doubt(tmp_path: Path) -> None:
    text = "[feed]\nlink = 'https://news.example/'\n[publish]\nhubs = ['http://10.0.0.1/', 'https://h.example/']\n"
    with pytest.raises(ConfigError) as caught:
        examine(written(tmp_path, text))
    assert [fault.split(".toml: ", 1)[1] for fault in caught.value.faults] == [
        "[publish] hubs: 10.0.0.1 is not on the public internet: add it to [fetch] allow_networks"
    ]


def test_metrics_without_their_library_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "[serve]\nmetrics = true\n")
    assert examine(path).serve.metrics
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(ConfigError, match=r"pip install '\.\[metrics\]', or write metrics = false"):
        examine(path)


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        (None, "No such file or directory"),
        (b"short", "a secret needs at least 16 characters"),
        (b"\xff" * 20, "not a text file"),
    ],
)
def test_a_secret_that_lets_nobody_in_is_reported(tmp_path: Path, secret: bytes | None, said: str) -> None:
    if secret:
        (tmp_path / "token").write_bytes(secret)
    path = written(tmp_path, '[[output]]\nname = "mine"\ntoken_file = "token"\n')
    with pytest.raises(ConfigError, match=f"output 'mine': token_file: .*token: {said}"):
        examine(path)
