"""What a subscriber's program announces, over days of news that comes through the whole path."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest
from bench import BRIDGE, OTHER_WORDS, Bench
from make import NOON
from pretend import item, rss
from week import SOURCES, week

from aggregator.config import load
from aggregator.model import Entry
from aggregator.store import Store

QUIET = "The council met. " * 3
REOPENS, STAYS = "Lindmark harbour bridge reopens to cyclists", "Divers find cracks: nobody may cross"


@dataclass
class Reader:
    """Announces an item under a new id, and one that says it was updated."""

    known: dict[str, str] = field(default_factory=dict)
    announced: Counter[str] = field(default_factory=Counter)
    published: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def read(self, bench: Bench) -> list[str]:
        entries = bench.feed().entries
        new = [each.id for each in entries if self.known.get(each.id) != each.updated]
        self.announced.update(new)
        for each in entries:
            self.known[each.id] = each.updated
            self.published[each.id].add(each.published)
        return new


def told(entry: Entry) -> str:
    date = format_datetime(entry.published or NOON)
    return item(entry.uid, escape(entry.title), escape(entry.summary), date).replace(
        "news.", f"{entry.source}."
    )


def test_a_reader_announces_every_story_of_four_days_once(tmp_path: Path) -> None:
    bench, reader = Bench(tmp_path), Reader()
    bench.toml += "[feed]\nitems = 1000\n"
    for source in SOURCES:
        bench.source(source)
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for batch in week(4):
        for each in batch:
            shown[each.source].append(told(each))
        for source in SOURCES:
            bench.web.pages[f"https://{source.lower()}.example/feed"] = rss(source, *shown[source])
        bench.later(hours=12)
        bench.refresh_all()
        reader.read(bench)
    with Store.reading(load(tmp_path / "aggregator.toml").store.path) as store:
        stories = store.stories.newest(1000)
        folded = store.db.execute("SELECT count(*) FROM aliases").fetchone()[0]
    assert sum(len(each.others) > 0 for each in stories) > 10
    assert reader.announced.keys() >= {each.guid for each in stories}
    assert set(reader.announced.values()) == {1}
    # What is folded in the batch it came with was never out.
    assert len(reader.announced.keys() - {each.guid for each in stories}) <= folded
    assert {len(dates) for dates in reader.published.values()} == {1}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", own("One", item("a", REOPENS, BRIDGE))))
    bench.source("Two", rss("Two", own("Two", item("q", "Council meets", QUIET))))
    return bench


def own(name: str, text: str) -> str:
    return text.replace("https://news.", f"https://{name.lower()}.")


def late_report(bench: Bench) -> None:
    late = item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS)
    bench.web.pages["https://two.example/feed"] = rss(
        "Two", own("Two", item("q", "Council meets", QUIET) + late)
    )


def rewritten(bench: Bench) -> None:
    bench.web.pages["https://one.example/feed"] = rss("One", own("One", item("a", STAYS, QUIET)))


def mended(bench: Bench) -> None:
    bench.web.pages["https://one.example/feed"] = rss(
        "One", own("One", item("a", REOPENS + "!", BRIDGE + " Ends"))
    )


@pytest.mark.parametrize(
    ("notify", "change", "announced"),
    [
        ("never", late_report, 0),
        ("never", rewritten, 0),
        ("new-source", late_report, 1),
        ("new-source", rewritten, 0),
        ("material", late_report, 0),
        ("material", rewritten, 1),
        ("material", mended, 0),
    ],
)
def test_a_published_story_is_announced_again_by_policy_only(
    bench: Bench, notify: str, change: object, announced: int
) -> None:
    reader = Reader()
    bench.toml = f'[feed]\nnotify = "{notify}"\n' + bench.toml
    bench.refresh()
    assert len(reader.read(bench)) == 2
    before = bench.published()
    bench.later(hours=2)
    change(bench)  # type: ignore[operator]
    bench.refresh_all()
    assert bench.published() != before
    assert len(reader.read(bench)) == announced
    bench.later(hours=2)
    bench.refresh_all()
    assert reader.read(bench) == []
    assert all(len(dates) == 1 for dates in reader.published.values())


def test_a_late_report_is_listed_and_the_lead_stays(bench: Bench) -> None:
    bench.refresh()
    bench.later(hours=2)
    late_report(bench)
    bench.refresh_all()
    (story,) = [each for each in bench.feed().entries if "also reported by" in each.content[0].value]
    assert (story.title, story.source.title) == (REOPENS, "One")


def test_outputs_may_have_policies_of_their_own(bench: Bench) -> None:
    bench.toml += '[[output]]\nname = "loud"\nnotify = "new-source"\n'
    bench.refresh()
    before = bench.published()
    bench.later(hours=2)
    late_report(bench)
    bench.refresh_all()
    moved = {name: before[name].count(b"<updated>2026-03-01T14") for name in ("feed.atom", "loud.atom")}
    after = {name: bench.published()[name].count(b"<updated>2026-03-01T14") for name in moved}
    assert after["loud.atom"] - after["feed.atom"] == 1
