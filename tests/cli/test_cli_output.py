"""A full or closed output, or an old encoding, never causes a traceback."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from program import ended

from aggregator.cli import commands, main
from aggregator.cli.progress import Lines, lines
from aggregator.model import Visit

FULL = Path("/dev/full")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "a.toml"
    monkeypatch.setenv("AGGREGATOR_CONFIG", str(path))
    path.write_text(
        "[[source]]\nname = 'Zeitungsständer 新聞'\nurl = 'http://s.example/'\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def full() -> Iterator[int]:
    if not FULL.exists():
        pytest.skip("this system has no /dev/full")
    with FULL.open("wb") as file:
        yield file.fileno()


@pytest.mark.parametrize("command", ["check", "sources", "sources --json", "--help"])
def test_output_that_cannot_be_written_is_a_line_and_1(config: Path, full: int, command: str) -> None:
    done = ended(*command.split(), out=full)
    assert done.stderr == "aggregator: cannot write the output: No space left on device\n"
    assert done.returncode == 1


def test_faults_that_cannot_be_printed_keep_their_exit_code(config: Path, full: int) -> None:
    config.write_text("x = 1\n", encoding="utf-8")
    assert ended("check", err=full).returncode == 2


@pytest.mark.parametrize("command", ["check", "sources", "export"])
def test_where_nobody_listens_nothing_is_said(
    config: Path, command: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)  # as it is where descriptor 1 is closed
    monkeypatch.setattr(sys, "argv", ["aggregator", command])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert (stopped.value.code, *capfd.readouterr()) == (0, "", "")


def test_the_module_is_the_command_and_a_closed_output_is_no_fault(config: Path) -> None:
    command = ["bash", "-c", f"{sys.executable} -m aggregator check >&-"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


WHILE_LOADING = """
import os, signal, sys
class Impatient:
    def find_spec(self, name, *_):
        if name == "aggregator.cli.commands":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Impatient())
from aggregator.__main__ import main
main()
"""


def test_an_interrupt_while_it_loads_is_not_a_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", WHILE_LOADING], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.parametrize("command", ["check", "sources"])
def test_a_reader_that_goes_away_is_not_a_fault(config: Path, command: str) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    done = ended(command, out=writes)
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_the_letters_gets_others(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    monkeypatch.setattr(sys, "argv", ["aggregator", "sources"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 0
    assert b"Zeitungsst" in written.getvalue()


@pytest.mark.parametrize("error", [RecursionError("x"), "\ud800".encode])
def test_what_no_encoding_has_is_a_line_and_1(
    error: object, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: object) -> None:
        if isinstance(error, RecursionError):
            raise error
        error()  # type: ignore[operator]

    monkeypatch.setattr(commands, "main", fails)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert capfd.readouterr().err.count("\n") == 1


def test_a_fault_is_one_line_whatever_is_written_in_it() -> None:
    visit = Visit("one\n\x1b[31m", NOON, 0, "failed", notes=("a\r\nb\x07", "c"))
    assert lines(visit) == ["one ?[31m: a b?", "one ?[31m: c"]


def test_a_log_that_is_gone_does_not_end_the_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def gone(line: str, **_: object) -> None:
        told.append(line)
        raise BrokenPipeError

    monkeypatch.setattr("click.echo", gone)
    Lines().visited(Visit("one", NOON, 0, "failed", notes=("a", "b")))
    assert told == ["one: a"]
