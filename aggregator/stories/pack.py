"""Story <-> bytes, exactly: a story read back decides as the one that was kept."""

from __future__ import annotations

from array import array
from struct import Struct

from aggregator.stories.story import Member, Story
from aggregator.stories.weights import Vector

HEAD = Struct("<Qddd?IHHHII")
MEMBER = Struct("<Qd?HHH")


def pack(story: Story) -> bytes:
    """A story of one entry keeps no sum: it is its entry."""
    title, marks, total = array("I"), array("I"), story.total
    if story.size > 1:
        title, marks = array("I", sorted(story.title)), array("I", sorted(story.marks))
    else:
        marks, total = array("I", sorted(story.marks)), {}
    labels = array("I", sorted(story.labels))
    head = HEAD.pack(
        *(story.id, story.first, story.last, story.square, story.closed, story.size),
        *(len(story.members), len(marks), len(labels), len(title), len(total)),
    )
    parts = [head, marks.tobytes(), labels.tobytes(), title.tobytes()]
    parts += [array("I", total).tobytes(), array("d", total.values()).tobytes()]
    for member in story.members:
        vector = member.vector
        parts.append(
            MEMBER.pack(member.entry, member.at, vector.text, len(vector.terms), vector.titles, vector.length)
        )
        parts += [array("I", vector.terms).tobytes(), vector.weights.tobytes()]
    return b"".join(parts)


class Reader:
    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def ints(self, count: int) -> array[int]:
        found = array("I")
        self.fill(found, count)
        return found

    def floats(self, kind: str, count: int) -> array[float]:
        found: array[float] = array("f") if kind == "f" else array("d")
        self.fill(found, count)
        return found

    def fill(self, found: array[int] | array[float], count: int) -> None:
        end = self.at + count * found.itemsize
        found.frombytes(self.data[self.at : end])
        self.at = end


def unpack(data: bytes) -> Story:
    reader = Reader(data)
    head = HEAD.unpack_from(data)
    story = Story(id=head[0], first=head[1], last=head[2], square=head[3], closed=head[4], size=head[5])
    members, marks, labels, title, total = head[6:]
    reader.at = HEAD.size
    story.marks = set(reader.ints(marks))
    story.labels = set(reader.ints(labels))
    story.title = set(reader.ints(title))
    terms = reader.ints(total)
    story.total = dict(zip(terms, reader.floats("d", total), strict=True))
    story.members = [read_member(reader) for _ in range(members)]
    if story.size == 1:
        vector = story.members[0].vector
        story.title = set(vector.terms[: vector.titles])
        story.total = dict(zip(vector.terms, vector.weights, strict=True))
    return story


def read_member(reader: Reader) -> Member:
    entry, at, text, count, titles, length = MEMBER.unpack_from(reader.data, reader.at)
    reader.at += MEMBER.size
    terms = tuple(reader.ints(count))
    return Member(entry, at, Vector(terms, reader.floats("f", count), titles, length, text))
