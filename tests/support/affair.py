"""A database with one entry a story, and affairs as a test wants them."""

from datetime import timedelta
from pathlib import Path

from fresh import fresh
from make import NOON, entry

from aggregator.config import Config, load
from aggregator.model import Fold, Placement, Reason, Source
from aggregator.store import Store

SOURCES = [Source(name, "url", f"https://{name.lower()}.example/feed") for name in ("One", "Two", "Three")]


def configured(folder: Path, text: str = "") -> Config:
    path = folder / "aggregator.toml"
    sources = "".join(f'[[source]]\nname = "{each.name}"\nurl = "{each.address}"\n' for each in SOURCES)
    path.write_text(text + sources, encoding="utf-8")
    return load(path)


def keep(store: Store, *numbers: int, source: str = "One") -> None:
    """Entries with these numbers, in this order, an hour apart."""
    made = [
        entry(
            f"urn:tree:{number}",
            source=source,
            title=f"Title {number}",
            url=f"https://{source.lower()}.example/{number}",
            published=NOON + timedelta(hours=number),
        )
        for number in numbers
    ]
    with store.writing():
        store.sources.sync(SOURCES, NOON)
        store.entries.keep(source, made, NOON)


def alone(store: Store, entry: int, affair: int = 0) -> None:
    """The entry founds the story of the same number."""
    with store.writing():
        story = store.stories.next_number()
        store.stories.add([Placement(entry, story, Reason("alone"), affair)], NOON)
        store.stories.settle({story}, story, NOON)


def stories(folder: Path, *affairs: int) -> Store:
    """Stories 1, 2, … each of which belongs to the affair that is given."""
    store = Store(fresh(folder / "var" / "aggregator.db"))
    keep(store, *range(1, len(affairs) + 1))
    for number, affair in enumerate(affairs, 1):
        alone(store, number, affair)
    return store


def fold(store: Store, young: int, old: int, level: str = "story") -> None:
    with store.writing():
        made = Fold(young, old, Reason("same event", 0.9), level)  # type: ignore[arg-type]
        store.stories.fold(made, NOON + timedelta(hours=1))


def named(store: Store) -> dict[int, list[int]]:
    """Story -> the related ones."""
    return {story.number: [each.number for each in story.related] for story in store.stories.newest(100)}
