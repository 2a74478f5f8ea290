"""Stories of one affair name each other; that hides nothing and announces nothing."""

from pathlib import Path

from affair import alone, configured, fold, keep, named, stories
from make import NOON

from aggregator import rulings
from aggregator.cli.explain import story_lines, story_reasons
from aggregator.publish.publish import publish
from aggregator.store.related import nearest


def test_stories_of_one_affair_name_each_other_and_no_others(tmp_path: Path) -> None:
    with stories(tmp_path, 0, 1, 0, 1) as store:
        assert named(store) == {1: [2, 4], 2: [1, 4], 3: [], 4: [1, 2]}
        first = store.stories.newest(9)[-1].related[0]
    assert (first.guid, first.title, first.source) == ("urn:tree:2", "Title 2", "One")
    assert first.url == "https://one.example/2"


def test_a_story_that_went_into_another_is_named_no_more(tmp_path: Path) -> None:
    with stories(tmp_path, 0, 1, 1) as store:
        fold(store, 3, 2)
        assert named(store) == {1: [2], 2: [1]}


def test_an_affair_that_turns_out_to_be_another_brings_its_stories(tmp_path: Path) -> None:
    with stories(tmp_path, 0, 0, 2) as store:
        fold(store, 2, 1, "affair")
        assert named(store) == {1: [2, 3], 2: [1, 3], 3: [1, 2]}


def test_a_story_brings_its_affair_into_the_one_it_goes_into(tmp_path: Path) -> None:
    with stories(tmp_path, 0, 0, 2, 0) as store:
        fold(store, 2, 1)
        assert named(store) == {1: [3], 3: [1], 4: []}
        keep(store, 5)
        alone(store, 5, affair=2)
        assert named(store)[5] == [1, 3]


def test_of_a_large_affair_the_nearest_ten_are_named_in_their_order(tmp_path: Path) -> None:
    with stories(tmp_path, 0, *[1] * 29) as store:
        found = named(store)
    assert found[1] == list(range(2, 12))
    assert found[15] == [*range(10, 15), *range(16, 21)]
    assert found[30] == list(range(20, 30))


def test_of_two_equally_near_the_older_is_named() -> None:
    numbers = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12]
    found = [
        {"id": each, "published": f"2026-03-01T{each:02}:00:00Z", "own": "2026-03-01T06:00:00Z"}
        for each in numbers
    ]
    assert nearest(found) == [0, 1, 2, 3, 4, 5, 8, 9, 10, 11]


def test_related_stories_are_read_a_chunk_at_a_time(tmp_path: Path) -> None:
    with stories(tmp_path, 0, *[1] * 40) as store:
        asked: list[str] = []
        store.db.conn.set_trace_callback(asked.append)
        store.stories.newest(2)
        few = len(asked)
        store.stories.newest(40)
    assert len(asked) == 2 * few


def test_when_an_affair_grows_the_older_item_changes_and_no_date_of_it_does(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with stories(tmp_path, 0, 0, 0) as store:
        publish(store, config)
        before = store.stories.newest(9)
        assert publish(store, config) == []
        keep(store, 4)
        alone(store, 4, affair=1)
        changed = publish(store, config)
        assert {"feed.atom", "feed.json", "feed.rss", "story/1.html"} <= set(changed)
        assert "story/2.html" not in changed
        assert "story/3.html" in changed  # the new one is beside it
        after = {story.number: story for story in store.stories.newest(9)}
    for story in before:
        same = after[story.number]
        assert (story.guid, story.published, story.updated) == (same.guid, same.published, same.updated)
    assert [each.number for each in after[1].related] == [4]


def test_two_affairs_that_become_one_are_published(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with stories(tmp_path, 0, 0) as store:
        publish(store, config)
        fold(store, 2, 1, "affair")
        assert {"story/1.html", "story/2.html", "feed.atom"} <= set(publish(store, config))
        assert publish(store, config) == []


def test_what_an_output_leaves_out_its_stories_do_not_name(tmp_path: Path) -> None:
    config = configured(tmp_path, '[[output]]\nname = "some"\nexclude = ["/Title 2/"]\n')
    with stories(tmp_path, 0, 1, 1) as store:
        publish(store, config)
    some = (config.publish.folder / "some.json").read_text()
    assert "urn:tree:3" in some
    assert "urn:tree:2" not in some
    assert "urn:tree:2" in (config.publish.folder / "feed.json").read_text()


def test_a_split_entry_is_related_to_nothing_it_was_not(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with stories(tmp_path, 0, 1, 0) as store:
        fold(store, 3, 1)
        rulings.split_entry(store, config, 3, NOON)
        assert named(store) == {1: [2], 2: [1], 4: []}


def test_stories_that_a_person_merges_have_one_affair(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with stories(tmp_path, 0, 0, 2) as store:
        rulings.merge_stories(store, config, 1, 2, NOON)
        assert named(store) == {1: [3], 3: [1]}


def test_explain_names_the_other_stories_of_the_affair(tmp_path: Path) -> None:
    with stories(tmp_path, 0, 1, 0) as store:
        said = list(story_lines(story_reasons(store, 1)))
    assert "related: story 2  Title 2  [One, 2026-03-01 14:00]" in said
    assert not any("story 3" in line for line in said)
