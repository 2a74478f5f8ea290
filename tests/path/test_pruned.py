"""What the operator lets go is gone, and never comes back as new; what readers can find stays."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from bench import BRIDGE, OTHER_WORDS, OWLS, Bench
from crash import Copies, state
from pretend import item, rss
from test_moved_site import SUBJECTS, TEXTS, items

from aggregator.config import load
from aggregator.group import group_unplaced
from aggregator.publish.publish import publish
from aggregator.publish.verify import verify_store
from aggregator.retention import FOREVER, Pruning
from aggregator.rulings import rule_never
from aggregator.store import Store
from aggregator.store import retention as limits

FEED = "https://one.example/feed"
KEEP = '[store]\nkeep = "31d"\n[feed]\nitems = 3\narchives = 0\n'


@pytest.fixture(autouse=True)
def small_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few entries make an old source."""
    monkeypatch.setattr(limits, "LEAST", 1)


def old_site(folder: Path, text: str = "long", more: str = KEEP) -> Bench:
    """All that it first had has left its document long ago."""
    bench = Bench(folder)
    bench.toml += more
    bench.source("One", rss("One", *items("old", TEXTS[text])))
    bench.refresh()
    forget_all(bench)
    return bench


def forget_all(bench: Bench) -> None:
    """Everything has left the document, which fills the feed with other news."""
    bench.later(days=40)
    bench.web.pages[FEED] = rss("One", *(fresh(bench, number) for number in range(4)))
    bench.refresh()


def fresh(bench: Bench, number: int) -> str:
    when = bench.now - timedelta(hours=number)
    return (
        f"<item><guid isPermaLink='false'>fresh-{number}</guid><title>News number {number} of it</title>"
        f"<link>https://one.example/fresh/{number}</link>"
        f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
    )


def prune(bench: Bench, steps: int = FOREVER) -> int:
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        pruned = Pruning()(store, config, bench.now, lambda: True, steps)
        publish(store, config)
        assert verify_store(store, config).findings == ()
    return pruned


def count(bench: Bench, table: str = "entries") -> int:
    with Store(load(bench.folder / "aggregator.toml").store.path) as store:
        return int(store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_nothing_goes_unless_it_is_asked_for(tmp_path: Path) -> None:
    bench = old_site(tmp_path, more="")
    bench.later(days=4000)

    assert prune(bench) == 0
    assert count(bench) == len(SUBJECTS) + 4


def test_old_entries_go_and_readers_notice_nothing(tmp_path: Path) -> None:
    bench = old_site(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("feed*.*")}

    assert prune(bench) == len(SUBJECTS)
    assert count(bench) == 4
    assert {path: path.read_bytes() for path in tmp_path.rglob("feed*.*")} == before
    assert prune(bench) == 0


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize(("site", "hour"), [("old", "10:00"), ("new", "10:00"), ("new", "21:00")])
def test_nothing_pruned_comes_back_as_new(tmp_path: Path, site: str, hour: str, kind: str) -> None:
    """Under its own ids and addresses, or under new ones of another host, perhaps with other times."""
    bench = old_site(tmp_path, kind)
    prune(bench)
    before = count(bench, "stories")
    bench.later(days=1)
    again = (
        each.replace("10:00", hour).replace("new.example/", "new.example/?p=77")
        for each in items(site, TEXTS[kind])
    )
    bench.web.pages[FEED] = rss("One", *again, fresh(bench, 3))

    summary = bench.refresh()

    assert (summary.new, count(bench, "stories")) == (0, before)
    bench.later(days=1)
    assert bench.refresh().added == 0


def test_it_does_not_come_back_through_another_source(tmp_path: Path) -> None:
    """Under the id that we gave it, from somebody who republishes our feed."""
    bench = old_site(tmp_path)
    with Store(load(tmp_path / "aggregator.toml").store.path) as store:
        guid = store.db.execute("SELECT guid FROM stories ORDER BY id").fetchone()[0]
    prune(bench)
    again = f"<item><guid isPermaLink='false'>{guid}</guid><title>{SUBJECTS[0]}</title></item>"
    bench.source("Two", rss("Two", again))

    assert bench.refresh("Two").added == 0


def test_an_id_is_never_given_to_another_story(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.toml += KEEP
    one = "<item><guid>https://x.example/1</guid><title>Snowy owls counted</title></item>"
    bench.source("One", rss("One", one))
    bench.refresh()
    forget_all(bench)
    assert prune(bench) == 1
    bench.source("Two", rss("Two", one.replace("Snowy owls counted", "A tram line opens at last")))

    bench.refresh("Two")

    assert "https://x.example/1" not in {each.id for each in bench.feed().entries}
    assert any(each.title == "A tram line opens at last" for each in bench.feed().entries)


def test_the_next_issue_of_a_series_is_new(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.toml += KEEP

    def issue(number: int) -> str:
        return (
            f"<item><guid isPermaLink='false'>issue-{number}</guid><title>Daily briefing</title>"
            f"<description>Number {number}, of {'abcdefghij'[number] * 5} and {number * 7919}.</description>"
            f"<pubDate>{bench.now:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        )

    bench.source("One", rss("One", issue(0)))
    bench.refresh()
    for number in range(1, 5):
        bench.later(days=10)
        bench.web.pages[FEED] = rss("One", issue(number))
        bench.refresh()
        prune(bench)
    assert count(bench, "pruned") > 0

    bench.later(days=1)
    bench.web.pages[FEED] = rss("One", issue(5))
    assert bench.refresh().new == 1


def test_what_shares_an_id_is_known_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.toml += KEEP
    shared = [
        f"<item><guid isPermaLink='false'>same</guid><title>{subject}</title>"
        f"<link>https://one.example/{number}</link>"
        f"<pubDate>Sun, {number + 1:02} Feb 2026 10:00:00 GMT</pubDate></item>"
        for number, subject in enumerate(SUBJECTS)
    ]
    bench.source("One", rss("One", *shared))
    bench.refresh()
    forget_all(bench)
    assert prune(bench) == len(SUBJECTS)

    for some in (shared, shared[:1], shared[3:]):
        bench.later(days=1)
        bench.web.pages[FEED] = rss("One", *some, fresh(bench, 3))
        assert bench.refresh().added == 0


def test_what_a_person_ruled_on_stays(tmp_path: Path) -> None:
    bench = old_site(tmp_path)
    config = load(tmp_path / "aggregator.toml")
    with Store(config.store.path) as store:
        rule_never(store, config, 1, 2, bench.now)

    assert prune(bench) == len(SUBJECTS) - 2


def test_what_a_feed_or_an_archive_shows_stays(tmp_path: Path) -> None:
    bench = old_site(tmp_path, more=KEEP.replace("items = 3", "items = 100"))
    assert prune(bench) == 0

    bench.toml = bench.toml.replace("items = 100\narchives = 0", "items = 3\narchives = 2")
    bench.refresh()
    assert prune(bench) == 6  # of twelve stories, archives have 7 to 12


def test_what_the_document_still_lists_stays(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.toml += KEEP
    bench.source("One", rss("One", *items("old", TEXTS["long"])))
    bench.refresh()
    bench.later(days=90)
    bench.web.pages[FEED] = rss("One", fresh(bench, 1), *items("old", TEXTS["long"]))
    bench.refresh()

    assert prune(bench) == 0


def test_a_clock_that_is_years_ahead_prunes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    bench = old_site(tmp_path)
    bench.later(days=4000)
    bench.refresh()

    assert prune(bench) == 0
    assert "nothing is pruned" in caplog.text
    bench.later(days=-4000)
    assert prune(bench) == len(SUBJECTS)


def test_files_that_are_there_stay(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.toml += KEEP
    bench.texts("posts", **{f"2020-01-0{day}-post.md": f"# Post {day}\n\nWords." for day in range(1, 9)})
    bench.refresh()
    bench.later(days=90)
    bench.refresh()

    assert prune(bench) == 0


def test_a_stop_between_two_steps_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aggregator.retention.STEP", 3)
    bench = old_site(tmp_path)
    pruned = [prune(bench, steps=1) for _ in range(6)]

    assert sum(pruned) == len(SUBJECTS)
    assert max(pruned) <= 3


def test_a_kill_while_pruning_leaves_all_or_nothing_of_a_step(tmp_path: Path) -> None:
    bench = old_site(tmp_path)
    config = load(tmp_path / "aggregator.toml")
    old = state(config.store.path)
    copies = Copies(config.store.path, tmp_path)
    with Store(config.store.path) as store:
        copies.watch(store.db)
        assert Pruning()(store, config, bench.now, lambda: True, 1) == len(SUBJECTS)
    found = [state(each) for each in copies.made]

    assert len(found) > 20
    assert set(found) <= {old, state(config.store.path)}


def test_a_database_that_is_too_large_loses_all_that_is_not_shown(tmp_path: Path) -> None:
    bench = old_site(tmp_path, more=KEEP.replace('keep = "31d"', ""))
    config = load(tmp_path / "aggregator.toml")
    small = replace(config, store=replace(config.store, keep_size=1))
    with Store(config.store.path) as store:
        assert Pruning()(store, small, bench.now, lambda: True, FOREVER) == len(SUBJECTS)
        assert verify_store(store, config).findings == ()


def test_no_report_joins_a_story_that_was_pruned(tmp_path: Path) -> None:
    """Grouping may remember it: where hardly anything comes, or a report is dated back."""
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("a", "Harbour bridge reopens in Lindmark", BRIDGE)))
    bench.source("Two", rss("Two", item("b", "Owls counted", OWLS).replace("10:00", "11:00")))
    bench.source("Three", rss("Three", item("c", "Harbour bridge in Lindmark reopens", OTHER_WORDS)))
    bench.refresh("One", "Two")
    with Store(load(tmp_path / "aggregator.toml").store.path) as store, store.writing():
        assert store.retention.prune([1]) == 1

    assert bench.refresh("Three").new == 1


def test_grouping_is_built_again_without_what_is_gone(tmp_path: Path) -> None:
    bench = old_site(tmp_path)
    prune(bench)
    config = load(tmp_path / "aggregator.toml")
    with Store(config.store.path) as store:
        with store.writing():
            store.db.execute("DELETE FROM window")
        bench.later(days=1)
        bench.web.pages[FEED] = rss("One", fresh(bench, 7))
    assert bench.refresh().new == 1
    with Store(config.store.path) as store:
        assert group_unplaced(store, config, bench.now + timedelta(days=1)).new == 0
