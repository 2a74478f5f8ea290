"""People's rulings on stories: split, merge, never; and why two entries are together or apart, in words."""

from datetime import datetime

from aggregator.config import Config
from aggregator.errors import NumberError
from aggregator.group import keep_window, open_window
from aggregator.store import Store
from aggregator.stories import explain_reason as words
from aggregator.stories import spelled, why


def split_entry(store: Store, config: Config, entry: int, now: datetime) -> int:
    """A person says that an entry does not belong to its story; returns its new story. Raises NumberError."""
    with store.writing():
        story = store.stories.of(entry)
        if store.stories.size(story) == 1:
            raise NumberError(f"entry {entry} is alone in its story already")
        store.rulings.add("split", entry, store.stories.lead(story), now)
        return keep_apart(store, config, entry, story, now)


def keep_apart(store: Store, config: Config, entry: int, story: int, now: datetime) -> int:
    window, short = open_window(store, config)
    placement = window.split(entry, story)
    first = store.stories.next_number()
    store.stories.move(placement, now)
    store.stories.settle({story, placement.story}, first, now)
    keep_window(store, window, short)
    return placement.story


def kept_apart(store: Store, one: int, two: int) -> bool:
    """Whether the latest ruling on two stories keeps them apart. Raises NumberError."""
    stories = store.stories.resolve(one), store.stories.resolve(two)
    return store.rulings.between(*stories) in ("never", "split")


def merge_stories(store: Store, config: Config, one: int, two: int, now: datetime) -> int:
    """A person says that two stories are one; returns the number that stays. Raises NumberError."""
    with store.writing():
        leads = store.stories.lead(one), store.stories.lead(two)
        one, two = store.stories.resolve(one), store.stories.resolve(two)
        if one == two:
            raise NumberError(f"these are already one story: {one}")
        window, short = open_window(store, config)
        fold = window.merge(one, two)
        store.rulings.add("merge", *leads, now)
        store.stories.fold(fold, now)
        store.stories.settle({fold.into}, store.stories.next_number(), now)
        keep_window(store, window, short)
        return fold.into


def rule_never(store: Store, config: Config, one: int, two: int, now: datetime) -> int | None:
    """A person says that two entries never belong together; returns the new story of `two` if they were.

    Raises NumberError.
    """
    if one == two:
        raise NumberError(f"entry {one} cannot be kept apart from itself")
    with store.writing():
        first, second = store.stories.of(one), store.stories.of(two)
        store.rulings.add("never", one, two, now)
        if first == second:
            return keep_apart(store, config, two, first, now)
        window, short = open_window(store, config)
        window.part(first, second)
        store.past.note("part", first, second)
        keep_window(store, window, short)
        return None


RULED: dict[tuple[bool, str | None], str] = {
    (True, "merge"): " A person merged two stories into it.",
    (False, "never"): " A person keeps them apart.",
    (False, "split"): " A person split them.",
}


def explain_pair(store: Store, config: Config, one: int, two: int) -> str:
    """Why two entries are together or apart, in words. Raises NumberError."""
    first, second = store.entries.sketch(one), store.entries.sketch(two)
    story, other = store.stories.of(one), store.stories.of(two)
    window, _ = open_window(store, config)
    reason = why(first, second, window.settings, window.memory.frequencies)
    head = f"Both are in story {story}." if story == other else f"They are in stories {story} and {other}."
    ruled = RULED.get((story == other, store.rulings.between(story, other)), "")
    return f"{head}{ruled} Compared by themselves: {words(spelled(reason, second))}"
