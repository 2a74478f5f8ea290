"""Grouping a whole stream at once, as `aggregator group` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from aggregator.model import Fold, Placement, Sketch
from aggregator.stories.settings import DEFAULT, Settings
from aggregator.stories.terms import fingerprint
from aggregator.stories.twins import Sameness, Twin
from aggregator.stories.window import Window
from aggregator.urls import canonical

LAST = 4
"""Twins remembered of one page or text."""


def group_lines(rows: Iterable[Mapping[str, Any]], settings: Settings = DEFAULT) -> Iterator[tuple[Any, int]]:
    """(id, story) of every row {id, title, text, published, source, lang, url}, after all folds."""
    stream = Stream(Window(settings))
    into: dict[int, int] = {}
    placed = []
    for row in rows:
        placement, folds = stream.place(row)
        into.update((fold.story, fold.into) for fold in folds)
        placed.append((row["id"], placement.story))
    return ((id_, resolve(story, into)) for id_, story in placed)


class Stream:
    """A window with the twins of what was placed in it, as the store has them for the daemon."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._known: dict[str, list[Sketch]] = {}
        self._stories: list[int] = [0]
        self._into: dict[int, int] = {}
        self._time = datetime.fromtimestamp(0, UTC)

    def place(self, row: Mapping[str, Any]) -> tuple[Placement, tuple[Fold, ...]]:
        sketch = sketch_of(len(self._stories), row, self._time)
        self._time = sketch.published
        keys = identities(sketch)
        placement, folds = self.window.place(sketch, self._twins(keys))
        self._into.update((fold.story, fold.into) for fold in folds)
        self._stories.append(placement.story)
        for _, key in keys:
            self._known.setdefault(key, []).append(sketch)
            del self._known[key][1:-LAST]
        return placement, folds

    def _twins(self, keys: list[tuple[Sameness, str]]) -> list[Twin]:
        return [
            Twin(
                entry=old.entry,
                story=resolve(self._stories[old.entry], self._into),
                source=old.source,
                title=old.title,
                published=old.published,
                level=level,
                text=old.text,
                url=old.url,
                dated=old.dated,
                enclosures=old.enclosures,
            )
            for level, key in keys
            for old in self._known.get(key, ())
        ]


def sketch_of(entry: int, row: Mapping[str, Any], before: datetime) -> Sketch:
    """A row without a usable time comes right after the one `before` it."""
    try:
        published = datetime.fromisoformat(str(row.get("published") or ""))
    except ValueError:
        published = before
    published = published if published.tzinfo else published.replace(tzinfo=UTC)
    return Sketch(
        entry=entry,
        source=str(row.get("source") or ""),
        title=str(row.get("title") or ""),
        text=str(row.get("text") or ""),
        url=canonical(str(row.get("url") or "")),
        published=published,
        language=str(row.get("lang") or ""),
    )


def identities(sketch: Sketch) -> list[tuple[Sameness, str]]:
    text = fingerprint(sketch.title, sketch.text)
    found: list[tuple[Sameness, str]] = [("same page", sketch.url)] if sketch.url else []
    if sketch.source and sketch.title:
        found.append(("same item", f"item {sketch.source}\n{sketch.title}"))
    return [*found, ("same text", "text " + text)] if text else found


def resolve(story: int, into: Mapping[int, int]) -> int:
    """Through all aliases to the story that is left."""
    while story in into:
        story = into[story]
    return story
