"""All visits of a process share one context; what a visit says of its source."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from make import NOON
from pretend import item, rss

from aggregator.model import Job
from aggregator.visit.visit import VisitContext, visit
from aggregator.visit.worker import VisitOptions, context

TOGETHER = 8


def test_workers_that_begin_at_one_moment_share_one_web() -> None:
    start = Barrier(TOGETHER)
    options = VisitOptions("a test of workers that begin at one moment")

    def worker(_: int) -> VisitContext:
        start.wait(10)
        return context(options)

    with ThreadPoolExecutor(TOGETHER) as pool:
        contexts = list(pool.map(worker, range(TOGETHER)))

    assert len({id(each.web) for each in contexts}) == 1


def test_a_source_is_not_named_after_its_only_post(tmp_path: Path) -> None:
    post, feed = tmp_path / "post.md", tmp_path / "feed.xml"
    post.write_text('---\ntitle: "Bridge *reopens*"\n---\nWords.\n', encoding="utf-8")
    feed.write_bytes(rss("Harbour", item("a", "Bridge reopens")))
    shared = context(VisitOptions("a test of files"))
    titles = [visit(Job("Post", "file", str(each)), NOON, shared).title for each in (post, feed)]
    assert titles == ["", "Harbour"]
