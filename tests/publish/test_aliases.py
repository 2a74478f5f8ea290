"""Two published stories that turn out to be one: the older id stays, the other never comes again."""

from pathlib import Path

from desk import Desk, opened
from week import week

from aggregator.model import Story


def readable(desk: Desk) -> dict[str, Story]:
    with desk.store() as store:
        return {each.guid: each for each in store.stories.newest(10_000)}


def test_a_story_that_went_into_another_never_comes_again(tmp_path: Path) -> None:
    desk = opened(tmp_path, "week")
    before: dict[str, Story] = {}
    gone: set[str] = set()

    for batch in week():
        desk.take(batch)
        now = readable(desk)
        gone |= before.keys() - now.keys()
        assert not gone & now.keys()
        kept = before.keys() & now.keys()
        assert {guid: now[guid].published for guid in kept} == {guid: before[guid].published for guid in kept}
        before = now

    assert gone, "no two stories turned out to be one"


def test_every_entry_is_read_in_one_story_only(tmp_path: Path) -> None:
    desk = opened(tmp_path, "week")
    for batch in week():
        desk.take(batch)

    found = [each.number for story in readable(desk).values() for each in (story.lead, *story.others)]

    assert sorted(found) == sorted(set(found))
    assert len(found) == sum(map(len, week()))
