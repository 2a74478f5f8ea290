"""The operator's own style sheet and icon."""

from pathlib import Path

import pytest
from bench import BRIDGE, Bench
from outline import Outline
from pretend import item, rss

from aggregator.config import examine
from aggregator.errors import ConfigError


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("a", "Bridge in Lindmark reopens", BRIDGE)))
    return bench


def linked(bench: Bench, name: str) -> list[str | None]:
    seen = Outline(bench.published()[name]).seen
    return [each["href"] for tag, each in seen if tag == "link" and each["rel"] in ("stylesheet", "icon")]


def test_without_one_the_pages_have_ours(bench: Bench) -> None:
    bench.refresh()
    assert linked(bench, "story/1.html") == ["../style.css", "../icon.svg"]
    assert bench.published()["icon.svg"].startswith(b"<svg")
    assert "own.css" not in bench.published()


def test_theirs_come_after_ours_and_change_when_the_file_does(bench: Bench) -> None:
    (bench.folder / "x.css").write_text("body { color: red }")
    (bench.folder / "x.png").write_bytes(b"png")
    bench.toml += '[publish]\nstyle = "x.css"\nicon = "x.png"\n'
    bench.refresh()
    assert linked(bench, "index.html") == ["style.css", "own.css", "icon.png"]
    assert bench.published()["icon.png"] == b"png"
    (bench.folder / "x.css").write_text("body { color: teal }")
    bench.refresh_all()
    assert bench.published()["own.css"] == b"body { color: teal }"


def test_one_that_is_missing_keeps_nothing_back_and_is_named_with_its_key(bench: Bench) -> None:
    bench.toml += '[publish]\nstyle = "x.css"\nicon = "x.png"\n'
    bench.refresh()
    assert {"feed.atom", "index.html"} <= bench.published().keys()
    assert not {"own.css", "icon.png"} & bench.published().keys()
    with pytest.raises(ConfigError, match=r"\[publish\] style: .*x.css: no such file"):
        examine(bench.folder / "aggregator.toml")
