"""Groups a whole stream, for `aggregator group`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from aggregator.model import Duplicate, Fold, Placement, Sameness, Sketch
from aggregator.stories.habits import FIRST, NONE, Habits, SourceTexts
from aggregator.stories.settings import DEFAULT, Settings
from aggregator.stories.terms import fingerprint
from aggregator.stories.window import Window
from aggregator.text.domains import publisher_name_of
from aggregator.text.urls import canonical

LAST = 4
"""Latest duplicates remembered per page or text."""


class Grouped(NamedTuple):
    id: Any
    story: int
    affair: int


def group_lines(rows: Iterable[Mapping[str, Any]], settings: Settings = DEFAULT) -> Iterator[Grouped]:
    """Story and affair of every row {id, title, text, published, source, lang, url}, after all folds."""
    rows = list(rows)
    stream = GroupedStream(Window(settings))
    stream.expect(rows)
    placed = [(row["id"], stream.place(row)[0].story) for row in rows]
    return (Grouped(id_, *stream.now(story)) for id_, story in placed)


class GroupedStream:
    """A window with the duplicates of its entries, which the daemon reads from the store."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._known: dict[str, list[Sketch]] = {}
        self._stories: list[int] = [0]
        self._into: dict[int, int] = {}
        self._affairs: dict[int, int] = {}
        self._unions: dict[int, int] = {}
        self._time = datetime.fromtimestamp(0, UTC)
        self._sources: defaultdict[str, SourceTexts] = defaultdict(SourceTexts)
        self._read: Counter[str] = Counter()

    def expect(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Reads FIRST entries of each source before the first is placed, since they share a document."""
        for row in rows:
            source = str(row.get("source") or "")
            if source and self._read[source] > -FIRST:
                self._read[source] -= 1
                self._sources[source].add(str(row.get("title") or ""), str(row.get("text") or ""))

    def place(self, row: Mapping[str, Any]) -> tuple[Placement, tuple[Fold, ...]]:
        sketch = sketch_of(len(self._stories), row, self._time)
        self._time = sketch.published
        keys = identities(sketch)
        placement, folds = self.window.place(sketch, self._duplicates(keys), self._habits(sketch))
        self._affairs.setdefault(placement.story, placement.affair)
        for fold in folds:
            (self._unions if fold.level == "affair" else self._into)[fold.story] = fold.into
        self._stories.append(placement.story)
        for _, key in keys:
            self._known.setdefault(key, []).append(sketch)
            del self._known[key][1:-LAST]
        return placement, folds

    def _habits(self, sketch: Sketch) -> Habits:
        if not sketch.source:
            return NONE
        source = self._sources[sketch.source]
        self._read[sketch.source] += 1
        if self._read[sketch.source] > 0:
            source.add(sketch.title, sketch.text)
        return source.habits()

    def now(self, story: int) -> tuple[int, int]:
        """The story into which a placed story was merged, or itself, and its affair."""
        left = resolve_alias(story, self._into)
        return left, resolve_alias(self._affairs.get(left, left), self._unions)

    def _duplicates(self, keys: list[tuple[Sameness, str]]) -> list[Duplicate]:
        return [
            Duplicate.of(old, resolve_alias(self._stories[old.entry], self._into), level)
            for level, key in keys
            for old in self._known.get(key, ())
        ]


def sketch_of(entry: int, row: Mapping[str, Any], before: datetime) -> Sketch:
    """A row without a usable time gets that of the row before it."""
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
        publisher=publisher_name_of(str(row.get("url") or "")),
    )


def identities(sketch: Sketch) -> list[tuple[Sameness, str]]:
    text = fingerprint(sketch.title, sketch.text)
    found: list[tuple[Sameness, str]] = [("same page", sketch.url)] if sketch.url else []
    if sketch.source and sketch.title:
        found.append(("same item", f"item {sketch.source}\n{sketch.title}"))
    return [*found, ("same text", "text " + text)] if text else found


def resolve_alias(story: int, into: Mapping[int, int]) -> int:
    """Follows all aliases to the remaining story."""
    while story in into:
        story = into[story]
    return story
