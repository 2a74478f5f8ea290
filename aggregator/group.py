"""Puts unplaced entries into stories: connects grouping's decisions with the store."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from aggregator.config import Config, joining
from aggregator.errors import StoreError
from aggregator.model import Duplicate, Placement, Sketch
from aggregator.store import Placed, Store
from aggregator.stories import Settings, Window, group_lines
from aggregator.stories.habits import LATEST, Habits, of_entries

# Bytes of journal after which a new snapshot of the window is stored: a sixteenth of it, but not for
# less than 300 entries. Opening replays the journal, which takes 0.15 us per byte.
JOURNAL_SHARE = 1 / 16
JOURNAL_LEAST = 100_000
LARGE = 2_000  # entries placed together after which a new snapshot is stored
REBUILT = 100_000  # entries replayed when it is lost: ten seconds, and the largest window measured


def group_unplaced(store: Store, config: Config, now: datetime, since: datetime | None = None) -> Placed:
    """Places all unplaced entries, in one transaction with the grouping state: all or nothing.

    Entries published more than the window before `since`, or else `now`, are an archive, where we only look
    for copies. Otherwise a first import would depend on which source answers first.
    """
    with store.writing():
        waiting = store.entries.count_unplaced()
        if not waiting:
            return Placed(0, 0)
        window, short = open_window(store, config)
        first = store.stories.next_number()
        archived = aging(config, min(since or now, now) - config.stories.window)
        sketches = map(archived, map(joining(config), store.entries.unplaced()))
        touched = place_each(store, window, sketches, now)
        keep_window(store, window, short and waiting <= LARGE)
        return store.stories.settle(touched, first, now)


def aging(config: Config, oldest: datetime) -> Callable[[Sketch], Sketch]:
    """Sets `join` to "copies" for older entries. Not for files: one visit reads a whole folder."""
    folders = {source.name for source in config.sources if source.kind == "folder"}

    def aged(sketch: Sketch) -> Sketch:
        if sketch.join != "events" or sketch.published >= oldest or sketch.source in folders:
            return sketch
        return replace(sketch, join="copies")

    return aged


def place_each(store: Store, window: Window, sketches: Iterable[Sketch], now: datetime) -> set[int]:
    """Places in the given order; returns the stories that took an entry.

    What only repeats a pruned entry is pruned as well, as if it had not come.
    """
    doubles = store.entries.doubles()
    repeats: list[int] = []
    waiting: list[Placement] = []
    touched: set[int] = set()
    habits, newest = habits_of(store), store.entries.newest()
    for sketch in sketches:
        duplicates: list[Duplicate] = []
        if sketch.entry in doubles:
            write_placements(store, waiting, now)  # its duplicate may be among them
            duplicates = store.stories.duplicates(sketch.entry)
            if window.repeats_pruned(sketch, duplicates, habits(sketch.source, newest)):
                repeats.append(sketch.entry)
                continue
            duplicates = [each for each in duplicates if not each.pruned]
        placement, folds = window.place(sketch, duplicates, habits(sketch.source, newest))
        waiting.append(placement)
        touched.add(placement.story)
        if folds:
            write_placements(store, waiting, now)
        for fold in folds:
            store.stories.fold(fold, now)
    write_placements(store, waiting, now)
    store.retention.bury(repeats)
    return touched


def habits_of(store: Store) -> Callable[[str, int], Habits]:
    """Habits of a source, from its latest entries up to a given one."""
    return cache(lambda source, until: of_entries(store.entries.latest(source, LATEST, until)))


def write_placements(store: Store, waiting: list[Placement], now: datetime) -> None:
    store.stories.add(waiting, now)
    waiting.clear()


def open_window(store: Store, config: Config) -> tuple[Window, bool]:
    """The stored window without pruned stories, and whether new acts may be appended to its journal."""
    window, short = stored_window(store, config)
    if store.retention.last_gap():
        window.memory.lose(store.stories.missing(window.memory.live_stories()))
    return window, short


def stored_window(store: Store, config: Config) -> tuple[Window, bool]:
    settings = Settings(window=config.stories.window)
    parts = store.stories.window()
    _, latest = store.past.latest()
    if parts:
        try:
            window = Window.thaw(parts[0], settings, parts[1:])
        except StoreError:
            return rebuild_window(store, settings), False
        if (window.latest, window.next_story) == (latest, store.stories.next_number()):
            return window, sum(map(len, parts[1:])) < max(JOURNAL_LEAST, JOURNAL_SHARE * len(parts[0]))
    return rebuild_window(store, settings), False


def rebuild_window(store: Store, settings: Settings, most: int = REBUILT) -> Window:
    """Replays the database: puts each entry into its original story, without deciding again.

    The same as the lost window, unless entries were edited or pruned since or there are more than `most`.
    """
    turn, _ = store.past.latest()
    after = max(0, turn - most, store.retention.last_gap())
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


def keep_window(store: Store, window: Window, short: bool) -> None:
    """`short`: append to the journal; otherwise store a new snapshot."""
    if short:
        store.stories.extend_window(window.journal())
    else:
        store.stories.keep_window(window.freeze())


@dataclass(frozen=True, slots=True)
class Preview:
    entries: int
    before: int
    after: int
    joined: tuple[tuple[str, ...], ...]
    """Titles of entries from several stories that would become one."""
    parted: tuple[tuple[str, ...], ...]
    """Titles of entries of one story that would be split up."""


def preview(store: Store, window: timedelta, other: timedelta) -> Preview:
    """Groups all entries twice, in order of arrival and without rulings by people: with both windows.

    The stories as they are would differ from either, by what came late and what people ruled.
    """
    rows = list(store.stories.history())
    before, after = (
        {each.id: each.story for each in group_lines(rows, Settings(window=span))} for span in (window, other)
    )
    titles = {row["id"]: row["title"] or row["text"][:60] for row in rows}
    return Preview(
        entries=len(rows),
        before=len(set(before.values())),
        after=len(set(after.values())),
        joined=tuple(mixed(after, before, titles)),
        parted=tuple(mixed(before, after, titles)),
    )


def mixed(groups: dict[Any, int], other: dict[Any, int], titles: dict[Any, str]) -> Iterable[tuple[str, ...]]:
    """For groups whose entries are in several groups of `other`: a title for each of the latter."""
    members: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for entry, group in groups.items():
        members[group].setdefault(other[entry], titles[entry])
    return (tuple(found.values()) for found in members.values() if len(found) > 1)
