"""Unplaced entries into stories: between what grouping decides and what the store keeps."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache

from aggregator.config import Config, joining
from aggregator.errors import StoreError
from aggregator.model import Placement, Sketch
from aggregator.store import Placed, Store
from aggregator.stories import Settings, Twin, Window, spelled, why
from aggregator.stories import explain as words
from aggregator.stories.habits import LATEST, Habits, of_entries

# Bytes of journal after which the window's state is kept whole again: a sixteenth of it, but not for
# less than 300 entries. What is in the journal is done again at every opening, which takes 0.15 us a byte.
JOURNAL_SHARE = 1 / 16
JOURNAL_LEAST = 100_000
LARGE = 2_000  # entries at once after which it is
REBUILT = 100_000  # entries read again when it is lost: ten seconds, and the largest window that was measured


def place(store: Store, config: Config, now: datetime, since: datetime | None = None) -> Placed:
    """All that is unplaced, in one transaction with the state of grouping: all of it or nothing.

    What was published more than the window before `since`, or else `now`, is an archive: only its copies are
    looked for. Otherwise a first import would depend on which source answers first.
    """
    with store.writing():
        waiting = store.entries.count_unplaced()
        if not waiting:
            return Placed(0, 0)
        window, short = opened(store, config)
        first = store.stories.next_number()
        archived = archives(config, min(since or now, now) - config.stories.window)
        sketches = map(archived, map(joining(config), store.entries.unplaced()))
        touched = place_each(store, window, sketches, now)
        keep(store, window, short and waiting <= LARGE)
        return store.stories.settle(touched, first, now)


def archives(config: Config, oldest: datetime) -> Callable[[Sketch], Sketch]:
    """Gives `join` "copies" to what is older. Not to files: one visit brings a whole folder."""
    folders = {source.name for source in config.sources if source.kind == "folder"}

    def aged(sketch: Sketch) -> Sketch:
        if sketch.join != "events" or sketch.published >= oldest or sketch.source in folders:
            return sketch
        return replace(sketch, join="copies")

    return aged


def place_each(store: Store, window: Window, sketches: Iterable[Sketch], now: datetime) -> set[int]:
    """In the given order; gives the stories that took an entry."""
    doubles = store.entries.doubles()
    waiting: list[Placement] = []
    touched: set[int] = set()
    habits, newest = habits_of(store), store.entries.newest()
    for sketch in sketches:
        twins: list[Twin] = []
        if sketch.entry in doubles:
            write(store, waiting, now)  # its twin may be among them
            twins = [Twin(*each) for each in store.stories.twins(sketch.entry)]
        placement, folds = window.place(sketch, twins, habits(sketch.source, newest))
        waiting.append(placement)
        touched.add(placement.story)
        if folds:
            write(store, waiting, now)
        for fold in folds:
            store.stories.fold(fold, now)
    write(store, waiting, now)
    return touched


def habits_of(store: Store) -> Callable[[str, int], Habits]:
    """What a source says everywhere, by its latest entries up to one."""
    return cache(lambda source, until: of_entries(store.entries.latest(source, LATEST, until)))


def write(store: Store, waiting: list[Placement], now: datetime) -> None:
    store.stories.add(waiting, now)
    waiting.clear()


def opened(store: Store, config: Config) -> tuple[Window, bool]:
    """The window as it was left, and whether what is done now may be kept as one more part of it."""
    settings = Settings(window=config.stories.window)
    parts = store.stories.window()
    _, latest = store.past.latest()
    if parts:
        try:
            window = Window.thaw(parts[0], settings, parts[1:])
        except StoreError:
            return rebuilt(store, settings), False
        if (window.latest, window.next_story) == (latest, store.stories.next_number()):
            return window, sum(map(len, parts[1:])) < max(JOURNAL_LEAST, JOURNAL_SHARE * len(parts[0]))
    return rebuilt(store, settings), False


def rebuilt(store: Store, settings: Settings, most: int = REBUILT) -> Window:
    """Out of the database: entry after entry into the story it was given, whatever would be decided now.

    The same as the one that was lost, unless entries were edited since or there are more than `most`.
    """
    turn, _ = store.past.latest()
    after = max(0, turn - most)
    window = Window(settings, store.past.first_story(after))
    acts = store.past.acts(after)
    habits = habits_of(store)
    for each in store.past.turns(after):
        known = habits(each.sketch.source, each.horizon)
        window.recall(each.sketch, each.story, each.affair, each.reason, known)
        for done in acts.get(each.turn, ()):
            window.redo(done.act, done.one, done.two)
    window.next_story = store.stories.next_number()
    return window


def keep(store: Store, window: Window, short: bool) -> None:
    """`short`: the parts in which it is kept already still hold, and there is room for one more."""
    if short:
        store.stories.extend_window(window.journal())
    else:
        store.stories.keep_window(window.freeze())


def split(store: Store, config: Config, entry: int, now: datetime) -> int:
    """A person says that an entry is no part of its story; gives the story it has now. Raises StoreError."""
    with store.writing():
        story = store.stories.of(entry)
        if store.stories.size(story) == 1:
            raise StoreError(f"entry {entry} is alone in its story already")
        store.rulings.add("split", entry, store.stories.lead(story), now)
        return part(store, config, entry, story, now)


def part(store: Store, config: Config, entry: int, story: int, now: datetime) -> int:
    window, short = opened(store, config)
    placement = window.split(entry, story)
    first = store.stories.next_number()
    store.stories.move(placement, now)
    store.stories.settle({story, placement.story}, first, now)
    keep(store, window, short)
    return placement.story


def merge(store: Store, config: Config, one: int, two: int, now: datetime) -> int:
    """A person says that two stories are one; gives the number of the one that stays. Raises StoreError."""
    with store.writing():
        leads = store.stories.lead(one), store.stories.lead(two)
        one, two = store.stories.resolve(one), store.stories.resolve(two)
        if one == two:
            raise StoreError(f"story {one} is one already")
        window, short = opened(store, config)
        fold = window.merge(one, two)
        store.rulings.add("merge", *leads, now)
        store.stories.fold(fold, now)
        store.stories.settle({fold.into}, store.stories.next_number(), now)
        keep(store, window, short)
        return fold.into


def never(store: Store, config: Config, one: int, two: int, now: datetime) -> None:
    """A person says that two entries never belong together. Raises StoreError."""
    if one == two:
        raise StoreError(f"entry {one} cannot be kept apart from itself")
    with store.writing():
        first, second = store.stories.of(one), store.stories.of(two)
        store.rulings.add("never", one, two, now)
        if first == second:
            part(store, config, two, first, now)
        else:
            window, short = opened(store, config)
            window.part(first, second)
            store.past.note("part", first, second)
            keep(store, window, short)


RULED: dict[tuple[bool, str | None], str] = {
    (True, "merge"): " A person made two stories this one.",
    (False, "never"): " A person keeps them apart.",
    (False, "split"): " A person took one out of the other.",
}


def explain(store: Store, config: Config, one: int, two: int) -> str:
    """What joins or parts two entries, in words. Raises StoreError."""
    first, second = store.entries.sketch(one), store.entries.sketch(two)
    story, other = store.stories.of(one), store.stories.of(two)
    window, _ = opened(store, config)
    reason = why(first, second, window.settings, window.memory.frequencies)
    head = f"They are both in story {story}." if story == other else "They are in different stories."
    ruled = RULED.get((story == other, store.rulings.between(story, other)), "")
    return f"{head}{ruled} Held against each other alone: {words(spelled(reason, second))}"
