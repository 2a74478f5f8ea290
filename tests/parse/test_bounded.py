"""A parse that exceeds its time limit is stopped; others are not affected.

A child takes longer to start than to read: the tests share one, and start another when they have ended it.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from aggregator.errors import SourceError
from aggregator.model import Document, Limits
from aggregator.parse import bounded, parse

ITEMS = "".join(f"<item><title>Item {number}</title><guid>{number}</guid></item>" for number in range(20))
FEED = Document(f"<rss version='2.0'><channel>{ITEMS}<br></channel></rss>".encode(), "https://a.example/f")
# An author of one endless word: feedparser's search for an address in it is quadratic.
ENDLESS = Document(
    f"<rss version='2.0'><channel><br><item><author>{'a' * 60_000}</author></item></channel></rss>".encode(),
    "https://a.example/f",
)


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> object:
    yield
    bounded.stop_child()


def test_a_slow_document_is_stopped_and_the_next_is_read() -> None:
    with pytest.raises(SourceError) as raised:
        bounded.run_bounded("feed", ENDLESS, Limits(seconds=0.3))

    assert raised.value.fault == "slow"
    assert len(bounded.run_bounded("feed", FEED, Limits(seconds=60)).drafts) == 20


def test_several_threads_share_one_child() -> None:
    with ThreadPoolExecutor(4) as pool:
        parsed = list(pool.map(lambda _: bounded.run_bounded("feed", FEED, Limits(seconds=60)), range(8)))

    assert [len(one.drafts) for one in parsed] == [20] * 8


def test_a_child_that_has_ended_is_started_again() -> None:
    bounded.run_bounded("feed", FEED, Limits(seconds=60))
    assert bounded._child is not None
    bounded._child.process.kill()

    assert len(bounded.run_bounded("feed", FEED, Limits(seconds=60)).drafts) == 20


def test_what_the_child_refuses_is_refused_here() -> None:
    page = Document(b"<html>" + b"<p>word " * 2000, "https://a.example/f")

    with pytest.raises(SourceError) as raised:
        parse(page, Limits(seconds=60))

    assert raised.value.fault == "format"


def test_the_child_is_gone_after_stop() -> None:
    bounded.run_bounded("feed", FEED, Limits(seconds=60))
    assert bounded._child is not None
    pid = bounded._child.process.pid

    bounded.stop_child()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
