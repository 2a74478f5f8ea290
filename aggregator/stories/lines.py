"""Grouping a whole stream at once, as `aggregator group` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from aggregator.model import Sketch
from aggregator.stories.settings import DEFAULT, Settings
from aggregator.stories.terms import fingerprint
from aggregator.stories.twins import Sameness, Twin
from aggregator.stories.window import Window
from aggregator.urls import canonical

LAST = 4
"""Twins remembered of one page or text."""


def group_lines(rows: Iterable[Mapping[str, Any]], settings: Settings = DEFAULT) -> Iterator[tuple[Any, int]]:
    """(id, story) of every row {id, title, text, published, source, lang, url}, after all folds."""
    window = Window(settings)
    known: dict[str, list[tuple[Sameness, Sketch]]] = {}
    story_of: dict[int, int] = {}
    into: dict[int, int] = {}
    ids = []
    time = datetime.fromtimestamp(0, UTC)
    for entry, row in enumerate(rows, start=1):
        sketch = sketch_of(entry, row, time)
        time = sketch.published
        keys = identities(sketch)
        twins = [
            Twin(old.entry, resolve(story_of[old.entry], into), old.source, old.title, old.published, level)
            for level, key in keys
            for _, old in known.get(key, ())
        ]
        placement, folds = window.place(sketch, twins)
        into.update((fold.story, fold.into) for fold in folds)
        story_of[entry] = placement.story
        ids.append(row["id"])
        for level, key in keys:
            known.setdefault(key, []).append((level, sketch))
            del known[key][1:-LAST]
    return ((id_, resolve(story_of[entry], into)) for entry, id_ in enumerate(ids, start=1))


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
        published=max(published, datetime.fromtimestamp(0, UTC) + timedelta(0)),
        language=str(row.get("lang") or ""),
    )


def identities(sketch: Sketch) -> list[tuple[Sameness, str]]:
    text = fingerprint(sketch.title, sketch.text)
    found: list[tuple[Sameness, str]] = [("same page", sketch.url)] if sketch.url else []
    return [*found, ("same text", "text " + text)] if text else found


def resolve(story: int, into: Mapping[int, int]) -> int:
    """Through all aliases to the story that is left."""
    while story in into:
        story = into[story]
    return story
