"""The configuration of a running daemon: edited, half-written, and read again at SIGHUP."""

import signal
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from program import started
from running import SOURCE, Running

from aggregator.daemon.pace import BEAT

NAMES = ["One", "Two", "Three", "Four", "Five", "Six"]
ALL = "".join(SOURCE.format(name, name.lower()) for name in NAMES)
FIRST = "".join(SOURCE.format(name, name.lower()) for name in NAMES[:2])
PATIENCE = 60.0
SECOND = timedelta(seconds=1)


@pytest.fixture
def running(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Running:
    running = Running(tmp_path)
    running.write(ALL)
    running.beat()
    capsys.readouterr()
    return running


@pytest.mark.parametrize("half", ["", "[feed]\n", FIRST, FIRST + "# more to come"])
def test_a_half_written_file_is_not_taken_over_while_it_changes(running: Running, half: str) -> None:
    for more in ("", "\n", "\n\n"):
        running.write(half + more)
        running.beat()
        assert len(running.sources()) == len(NAMES)
    running.write(ALL)
    for _ in range(2):
        running.later(BEAT * SECOND)
        running.beat()
    assert len(running.sources()) == len(NAMES)


def test_a_file_that_has_lost_its_sources_counts_once_it_stays_so(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    running.write(FIRST)
    running.beat()
    assert len(running.sources()) == len(NAMES)
    assert "gone: sources Three, Four, Five and 1 more: takes effect soon" in capsys.readouterr().err
    running.beat()  # called at once, as two hangups do
    assert len(running.sources()) == len(NAMES)
    running.later(BEAT * SECOND)
    running.beat()
    assert sorted(running.sources()) == ["One", "Two"]
    assert "reloaded, 2 sources; gone: sources Three, Four, Five and 1 more" in capsys.readouterr().err
    running.beat()
    assert capsys.readouterr().err == ""


def test_one_source_less_counts_immediately_and_is_reported(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    running.write(ALL.replace(SOURCE.format("Six", "six"), ""))
    running.beat()
    assert "Six" not in running.sources()
    assert "reloaded, 5 sources; gone: source Six\n" in capsys.readouterr().err


MINE = '[[output]]\nname = "mine"\n'


@pytest.mark.parametrize("whole", [MINE + 'token_file = "secret"\n', MINE + 'sources = ["Two"]\n'])
@pytest.mark.parametrize("half", [MINE, MINE + "# more to come"])
def test_an_output_is_not_public_while_the_line_that_limits_it_is_missing(
    running: Running, whole: str, half: str
) -> None:
    (running.folder / "secret").write_text("a" * 16)
    for text in (half, whole, half, half, whole):
        running.write(ALL + text)
        running.beat()
        assert "one has news" not in running.get("/mine.atom")
    running.later(BEAT * SECOND)
    running.beat()
    running.write(ALL + half)
    running.beat()
    running.beat()
    assert "one has news" not in running.get("/mine.atom")
    running.later(BEAT * SECOND)
    running.beat()
    assert "one has news" in running.get("/mine.atom")


def test_a_file_that_changes_while_it_is_read_is_read_at_the_next_look(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.write(ALL + SOURCE.format("Seven", "seven"))
    states = iter([b"half", b"whole", b"whole", b"whole"])
    monkeypatch.setattr("aggregator.daemon.reload.read_or_nothing", lambda _: next(states))
    running.beat()
    assert "Seven" not in running.sources()
    running.beat()
    assert "Seven" in running.sources()


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_hangup_reads_the_configuration_and_ends_nothing(tmp_path: Path, command: str) -> None:
    running = Running(tmp_path)
    running.write('[[source]]\nname = "Posts"\nfolder = "posts"\n')
    (tmp_path / "posts").mkdir()
    running.beat()
    with started(command, "--port", "0", "--config", running.path) as program:
        address = program.stdout.readline().split()[-1].rpartition("/")[0]
        urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE).close()
        for title in ("Other news", "Quite other news"):
            running.write(f'[feed]\ntitle = "{title}"\n[[source]]\nname = "Posts"\nfolder = "posts"\n')
            program.send_signal(signal.SIGHUP)
            assert any("reloaded, 1 source" in line for line in program.stdout)
        assert urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE).status == 200
        program.send_signal(signal.SIGTERM)
        assert program.wait() == 0


def test_a_variable_overrides_the_file_also_when_that_is_read_again(tmp_path: Path) -> None:
    running = Running(tmp_path, environ={"AGGREGATOR_FEED__TITLE": "Mine"})
    running.write('[feed]\ntitle = "Theirs"\nitems = 7\n' + FIRST)
    running.beat()
    feed = running.reread.config.feed
    assert (feed.title, feed.items) == ("Mine", 7)


def test_a_limit_of_the_database_that_waits_for_a_restart_is_reported(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    running.write(ALL + '[store]\nkeep = "31d"\n')
    running.beat()
    assert "changes to [store]" in capsys.readouterr().err
