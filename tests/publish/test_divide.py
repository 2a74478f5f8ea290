"""An output that joins less than grouping does: ids, dates and leads of the parts."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from affair import alone, configured, fold, keep
from fresh import fresh
from make import NOON, entry

from aggregator import rulings
from aggregator.config import Config
from aggregator.model import Level, Placement, Reason
from aggregator.publish.publish import publish
from aggregator.store import Store
from aggregator.store.guids import guid_candidates

OUTPUTS = '[[output]]\nname = "copies"\njoin = "copies"\n[[output]]\nname = "plain"\njoin = "nothing"\n'


def joins(store: Store, entry: int, story: int, level: Level, other: int) -> None:
    with store.writing():
        store.stories.add([Placement(entry, story, Reason(level, 0.9, other=other))], NOON)
        store.stories.settle({story}, store.stories.next_number(), NOON)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path, OUTPUTS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Story 1 of entries 1 (One), 2 (Two) and 3 (Three): 2 reports the same event, 3 is a copy of 2."""
    store = Store(fresh(tmp_path / "var" / "aggregator.db"))
    keep(store, 1)
    keep(store, 2, source="Two")
    keep(store, 3, source="Three")
    alone(store, 1)
    joins(store, 2, 1, "same event", 1)
    joins(store, 3, 1, "same text", 2)
    return store


def items(store: Store, config: Config, name: str) -> dict[str, str]:
    """Id -> title, in the order of the feed."""
    publish(store, config)
    feed = json.loads((config.publish.folder / f"{name}.json").read_text())
    return {each["id"]: each["title"] for each in feed["items"]}


def test_nothing_is_joined_where_nothing_is_to_be(store: Store, config: Config) -> None:
    assert items(store, config, "plain") == {
        "urn:tree:3": "Title 3",
        "urn:tree:2": "Title 2",
        "urn:tree:1": "Title 1",
    }
    assert items(store, config, "feed") == {"urn:tree:1": "Title 1"}
    store.close()


def test_an_output_that_begins_to_divide_announces_no_item_again(store: Store, tmp_path: Path) -> None:
    found = []
    for join in ("events", "copies", "nothing", "events"):
        publish(store, configured(tmp_path, f'[[output]]\nname = "feed"\njoin = "{join}"\n'))
        feed = json.loads((tmp_path / "var/public/feed.json").read_text())
        found.append({each["id"]: (each["date_published"], each["date_modified"]) for each in feed["items"]})
    assert found[0].items() < found[1].items() < found[2].items()
    assert found[3] == found[0]
    store.close()


def test_copies_are_one_item_and_what_reports_the_event_is_another(store: Store, config: Config) -> None:
    assert items(store, config, "copies") == {"urn:tree:2": "Title 2", "urn:tree:1": "Title 1"}
    (first, _) = json.loads((config.publish.folder / "copies.json").read_text())["items"]
    assert [each["title"] for each in first["_story"]["reports"]] == ["Title 2", "Title 3"]
    assert first["date_published"] == first["date_modified"] == "2026-03-01T14:00:00+00:00"
    store.close()


def test_what_repeats_the_same_report_is_one_item_without_it(store: Store, config: Config) -> None:
    keep(store, 4)
    joins(store, 4, 1, "same page", 2)
    before = items(store, config, "copies")
    rulings.split_entry(store, config, 2, NOON)
    after = items(store, config, "copies")
    assert len(before) == 2
    assert sorted(after.values()) == ["Title 1", "Title 2", "Title 3"]
    assert before.keys() < after.keys()
    store.close()


def test_a_part_keeps_its_id_when_another_story_would_take_it(store: Store, config: Config) -> None:
    before = items(store, config, "plain")
    with store.writing():
        same = entry("urn:tree:2", source="One", title="Of another site", published=NOON)
        store.entries.keep("One", [same], NOON)
    alone(store, 4)
    after = items(store, config, "plain")
    assert before.items() < after.items()
    assert guid_candidates(4, "One", "urn:tree:2")[1] in after
    store.close()


def test_a_part_takes_no_id_that_a_story_has(tmp_path: Path, config: Config) -> None:
    with Store(tmp_path / "var" / "aggregator.db") as store:
        keep(store, 1, 2)
        keep(store, 2, source="Two")
        alone(store, 1)
        alone(store, 2)
        joins(store, 3, 1, "same event", 1)
        own = guid_candidates(3, "Two", "urn:tree:2")[1]
        assert items(store, config, "plain").keys() == {"urn:tree:1", "urn:tree:2", own}


def test_a_story_that_goes_into_another_keeps_its_item_in_an_output_of_parts(
    store: Store, config: Config
) -> None:
    keep(store, 4, 5)
    alone(store, 4)
    joins(store, 5, 2, "same event", 4)
    before = {name: items(store, config, name) for name in ("copies", "plain", "feed")}
    fold(store, 2, 1)
    assert items(store, config, "plain") == before["plain"]
    assert items(store, config, "copies") == before["copies"]
    assert items(store, config, "feed").keys() < before["feed"].keys()
    store.close()


def test_what_was_out_in_parts_keeps_its_id_when_it_is_split(store: Store, config: Config) -> None:
    before = items(store, config, "plain")
    rulings.split_entry(store, config, 2, NOON)
    assert items(store, config, "plain") == before
    assert items(store, config, "feed").keys() == {"urn:tree:1", "urn:tree:2"}
    store.close()


def test_what_a_person_made_one_is_one_among_copies(store: Store, config: Config) -> None:
    keep(store, 4)
    alone(store, 4)
    rulings.merge_stories(store, config, 1, 2, NOON)
    assert list(items(store, config, "copies")) == ["urn:tree:2", "urn:tree:1"]
    assert len(items(store, config, "plain")) == 4
    store.close()


def test_a_new_part_of_a_very_old_story_is_there(
    store: Store, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aggregator.publish.feeds.SORTED", 2)
    small = '[[output]]\nname = "plain"\njoin = "nothing"\nitems = 2\n'
    config = configured(config.store.path.parent.parent, small)
    keep(store, 4, 5, 6)
    for number in (4, 5, 6):
        alone(store, number)
    keep(store, 7)
    joins(store, 7, 1, "same page", 1)
    assert list(items(store, config, "plain")) == ["urn:tree:7", "urn:tree:6"]
    store.close()


def test_a_part_is_judged_by_its_own_reports(store: Store, tmp_path: Path) -> None:
    two = '[[output]]\nname = "two"\njoin = "copies"\nsources = ["Two"]\n'
    confirmed = '[[output]]\nname = "confirmed"\njoin = "copies"\nmin_sources = 3\n'
    config = configured(tmp_path, two + confirmed)
    assert list(items(store, config, "two")) == ["urn:tree:2"]
    assert items(store, config, "confirmed") == {}
    keep(store, 4)
    joins(store, 4, 1, "same page", 2)
    assert list(items(store, config, "confirmed")) == ["urn:tree:2"]
    store.close()


def test_a_part_is_updated_when_a_publisher_joins_it_and_not_its_story(store: Store, tmp_path: Path) -> None:
    loud = (
        OUTPUTS + 'notify = "new-source"\n[[output]]\nname = "loud"\njoin = "copies"\nnotify = "new-source"\n'
    )
    config = configured(tmp_path, loud)
    later = NOON + timedelta(days=1)
    with store.writing():
        store.entries.keep("One", [entry("urn:tree:4", source="One", published=NOON)], later)
    joins(store, 4, 1, "same text", 2)
    items(store, config, "loud")
    feed = json.loads((config.publish.folder / "loud.json").read_text())
    told = {each["id"]: each["date_modified"] for each in feed["items"]}
    assert told == {"urn:tree:2": later.isoformat(), "urn:tree:1": "2026-03-01T13:00:00+00:00"}
    store.close()


def test_pages_tell_a_story_at_once_where_the_feed_has_its_parts(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path, '[[output]]\nname = "feed"\njoin = "nothing"\n')
    publish(store, config)
    page = (config.publish.folder / "story/1.html").read_text()
    assert all(f"Title {number}" in page for number in (1, 2, 3))
    assert (config.publish.folder / "index.html").read_text().count("<article") == 3
    assert publish(store, config) == []
    store.close()


def test_ids_are_the_same_in_a_database_that_is_made_again(tmp_path: Path, config: Config) -> None:
    found = []
    for name in ("a.db", "b.db"):
        with Store(tmp_path / name) as store:
            keep(store, 1, 2)
            alone(store, 1)
            joins(store, 2, 1, "same event", 1)
            found.append(items(store, config, "plain"))
    assert found[0] == found[1]


def test_a_report_published_again_is_one_item_among_copies_and_two_where_nothing_is_joined(
    store: Store, config: Config
) -> None:
    keep(store, 4, source="Two")
    joins(store, 4, 1, "same page", 2)
    assert items(store, config, "copies") == {"urn:tree:2": "Title 4", "urn:tree:1": "Title 1"}
    assert len(items(store, config, "plain")) == 4
    store.close()
