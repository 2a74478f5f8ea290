"""GroupingState <-> bytes. Thawing costs milliseconds: stories and postings are decoded on first use."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal
from zlib import crc32

from aggregator.errors import StoreError
from aggregator.stories.memory import GroupingState
from aggregator.stories.postings import Postings
from aggregator.stories.settings import Settings
from aggregator.stories.shelf import LiveClusters
from aggregator.stories.weights import Frequencies

VERSION = 3
"""Raise it also when terms or weights are computed differently, so that entries are read again."""


def freeze(memory: GroupingState) -> bytes:
    counts, series = memory.frequencies.counts, memory.series
    ids, last, lengths, stories = memory.shelf.freeze()
    terms, sizes, postings = memory.postings.freeze(memory.shelf)
    sections = [
        *(array("I", counts).tobytes(), array("d", counts.values()).tobytes()),
        *(array("Q", series).tobytes(), array("d", series.values()).tobytes()),
        *(ids.tobytes(), last.tobytes(), lengths.tobytes(), stories),
        *(terms.tobytes(), sizes.tobytes(), postings.tobytes()),
    ]
    head = {
        "version": VERSION,
        "order": sys.byteorder,
        "next": memory.next_story,
        "clock": memory.clock,
        "latest": memory.latest,
        "entries": memory.frequencies.entries,
        "homes": {str(story): memory.homes[story] for story in sorted(memory.homes)},
        "apart": {str(one): sorted(memory.apart[one]) for one in sorted(memory.apart)},
        "sections": [len(section) for section in sections],
    }
    line = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    return line + b"".join(sections)


def thaw(blob: bytes, settings: Settings) -> GroupingState:
    """Raises StoreError: written by another version or on another kind of machine."""
    end = blob.find(b"\n") + 1
    head = json.loads(blob[:end] or b"{}")
    if (head.get("version"), head.get("order")) != (VERSION, sys.byteorder):
        raise StoreError("the remembered stories were kept by another version")
    parts = Sections(blob, end, iter(head["sections"]))
    return GroupingState(
        settings,
        next_story=head["next"],
        clock=head["clock"],
        latest=head["latest"],
        frequencies=Frequencies(dict(zip(parts.ints("I"), parts.floats(), strict=True)), head["entries"]),
        series=dict(zip(parts.ints("Q"), parts.floats(), strict=True)),
        shelf=LiveClusters.thaw(parts.ints("Q"), parts.floats(), starts(parts.ints("I")), parts.next()),
        postings=Postings.thaw(parts.ints("I"), starts(parts.ints("I")), parts.ints("I")),
        homes={int(story): affair for story, affair in head["homes"].items()},
        apart={int(one): set(others) for one, others in head["apart"].items()},
    )


@dataclass(slots=True)
class Sections:
    """Reads the sections one after the other."""

    blob: bytes
    at: int
    lengths: Iterator[int]

    def next(self) -> bytes:
        start, self.at = self.at, self.at + next(self.lengths)
        return self.blob[start : self.at]

    def ints(self, kind: Literal["I", "Q"]) -> array[int]:
        return array(kind, self.next())

    def floats(self) -> array[float]:
        return array("d", self.next())


def starts(lengths: array[int]) -> array[int]:
    return array("Q", accumulate(lengths, initial=0))


SIZE = 8
"""Hexadecimal digits after the data."""


def sealed(data: bytes, before: int) -> tuple[bytes, int]:
    """The data with its checksum, and that checksum. `before`: that of the part it continues; 0 for none."""
    seal = crc32(data, before)
    return data + b"%08x" % seal, seal


def unsealed(blob: bytes, before: int) -> tuple[bytes, int]:
    """Raises StoreError: damaged, or not the continuation of `before`."""
    data = blob[: max(0, len(blob) - SIZE)]
    seal = crc32(data, before)
    if blob[len(data) :] != b"%08x" % seal:
        raise StoreError("the remembered stories are damaged, or of another version")
    return data, seal
