"""A source's secrets pass through the whole path and stay nowhere."""

from pathlib import Path

import pytest
from bench import Bench
from pretend import item, rss

from aggregator.store import Store


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("a", "Bridge reopens", "To cyclists")))
    (tmp_path / "one.headers").write_text("X-File: s3cret-file", encoding="utf-8")
    bench.toml += 'headers = { Authorization = "s3cret-word" }\nheader_file = "one.headers"\n'
    return bench


def test_secrets_are_sent_and_then_nowhere_to_be_found(bench: Bench) -> None:
    sent: list[str] = []
    answer = bench.web.answer
    bench.web.answer = lambda request: sent.append(request.headers["x-file"]) or answer(request)  # type: ignore[method-assign]
    bench.refresh()
    assert sent == ["s3cret-file"]
    own = {".toml", ".headers"}
    left = [path for path in bench.folder.rglob("*") if path.is_file() and path.suffix not in own]
    assert bench.folder / "var/aggregator.db" in left
    assert not [path for path in left if b"s3cret" in path.read_bytes()]


def test_a_missing_file_of_headers_fails_its_source_only_and_says_so(bench: Bench) -> None:
    (bench.folder / "one.headers").unlink()
    bench.source("Two", rss("Two", item("b", "Owls return")))
    summary = bench.refresh()
    assert (summary.ok, summary.failed) == (1, 1)
    with Store(bench.folder / "var/aggregator.db") as store:
        reason = store.sources.health()[0].reason
    assert "its header_file cannot be used" in reason
    assert "one.headers: No such file or directory" in reason
