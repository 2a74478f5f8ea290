"""A person overrules grouping: the ruling holds, ids stay, nothing is published twice."""

from pathlib import Path

import pytest
from bench import BRIDGE, OTHER_WORDS, OWLS, Bench
from pretend import item, rss

from aggregator import rulings
from aggregator.config import load
from aggregator.errors import NumberError
from aggregator.publish.publish import publish
from aggregator.publish.verify import verify_store
from aggregator.store import Store


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Stories 1 (One and Two on a bridge) and 2 (Three on owls)."""
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("a", "Lindmark harbour bridge reopens to cyclists", BRIDGE)))
    bench.source("Two", rss("Two", item("b", "Harbour bridge in Lindmark reopens", OTHER_WORDS)))
    bench.source("Three", rss("Three", item("c", "Snowy owls counted", OWLS)))
    bench.refresh()
    return bench


def entry(store: Store, source: str) -> int:
    return int(store.db.execute("SELECT id FROM entries WHERE source = ?", [source]).fetchone()[0])


def groups(bench: Bench) -> list[list[str]]:
    with Store(bench.folder / "var/aggregator.db") as store:
        found = store.stories.newest(10)
    return sorted(sorted(each.entry.source for each in (story.lead, *story.others)) for story in found)


def more(bench: Bench) -> None:
    """A further report on the bridge, some hours later."""
    bench.later(hours=4)
    bench.source("Four", rss("Four", item("d", "Lindmark's harbour bridge is open to cyclists", BRIDGE)))
    bench.refresh()


def test_without_a_ruling_there_are_two_stories(bench: Bench) -> None:
    assert groups(bench) == [["One", "Two"], ["Three"]]


def test_a_split_entry_is_a_story_of_its_own_and_the_other_keeps_its_id(bench: Bench) -> None:
    before = {each.id for each in bench.feed().entries}
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        rulings.split_entry(store, config, entry(store, "Two"), bench.now)
        publish(store, config)
    assert groups(bench) == [["One"], ["Three"], ["Two"]]
    assert before < {each.id for each in bench.feed().entries}


def test_what_is_split_and_merged_again_and_again_has_an_id_each_time(bench: Bench) -> None:
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        for _ in range(5):
            alone = rulings.split_entry(store, config, entry(store, "Two"), bench.now)
            publish(store, config)
            assert len({each.id for each in bench.feed().entries}) == 3
            rulings.merge_stories(store, config, store.stories.of(entry(store, "One")), alone, bench.now)
    assert groups(bench) == [["One", "Two"], ["Three"]]


def test_a_split_holds_when_more_reports_come(bench: Bench) -> None:
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        rulings.split_entry(store, config, entry(store, "Two"), bench.now)
    more(bench)
    assert not any({"One", "Two"} <= set(group) for group in groups(bench))


def test_merged_stories_keep_the_older_id(bench: Bench) -> None:
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        guids = {story.number: story.guid for story in store.stories.newest(10)}
        older, younger = sorted(guids)
        assert rulings.merge_stories(store, config, younger, older, bench.now) == older
        publish(store, config)
        assert store.stories.resolve(younger) == older
    assert groups(bench) == [["One", "Three", "Two"]]
    assert [each.id for each in bench.feed().entries] == [guids[older]]


def test_a_split_of_the_lead_gives_the_rest_another_lead_under_the_same_id(bench: Bench) -> None:
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        story = next(each for each in store.stories.newest(10) if each.others)
        rulings.split_entry(store, config, story.lead.number, bench.now)
        after = next(each for each in store.stories.newest(10) if each.number == story.number)
    assert after.guid == story.guid
    assert after.lead.number == story.others[0].number


def test_never_parts_two_that_are_together_and_holds(bench: Bench) -> None:
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        rulings.rule_never(store, config, entry(store, "One"), entry(store, "Two"), bench.now)
    more(bench)
    assert not any({"One", "Two"} <= set(group) for group in groups(bench))


def test_a_ruling_on_what_is_not_there_says_so(bench: Bench) -> None:
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        with pytest.raises(NumberError, match="there is no entry 99"):
            rulings.split_entry(store, config, 99, bench.now)
        with pytest.raises(NumberError, match="there is no story 99"):
            rulings.merge_stories(store, config, 99, 1, bench.now)
        with pytest.raises(NumberError, match="alone in its story already"):
            rulings.split_entry(store, config, entry(store, "Three"), bench.now)
        with pytest.raises(NumberError, match="entry 1 cannot be kept apart from itself"):
            rulings.rule_never(store, config, 1, 1, bench.now)
        assert store.rulings.all() == []


def test_rulings_are_kept_as_pairs_of_entries(bench: Bench) -> None:
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        one, three = entry(store, "One"), entry(store, "Three")
        rulings.rule_never(store, config, one, three, bench.now)
        (kept,) = store.rulings.all()
    assert (kept.kind, kept.one, kept.two) == ("never", one, three)


def test_what_a_split_leaves_is_led_by_one_of_its_own(bench: Bench) -> None:
    """Also where one report is left, which needs no choice."""
    config = load(bench.folder / "aggregator.toml")
    with Store(config.store.path) as store:
        (story,) = (each for each in store.stories.newest(9) if each.others)
        rulings.split_entry(store, config, story.lead.number, bench.now)
        assert store.stories.of(store.stories.lead(story.number)) == story.number
        publish(store, config)
        assert verify_store(store, config).findings == ()
