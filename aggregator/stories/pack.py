"""Cluster <-> bytes, exactly: a cluster read back makes the same decisions."""

from __future__ import annotations

from array import array
from struct import Struct

from aggregator.stories.cluster import Cluster, Member
from aggregator.stories.weights import Vector

HEAD = Struct("<Qddd??IHHHHIIH")
MEMBER = Struct("<Qd?HHH")


def pack(cluster: Cluster) -> bytes:
    """A cluster of one entry stores no sum, since that is the entry's vector."""
    title, marks, total = array("I"), array("I"), cluster.total
    if cluster.size > 1:
        title, marks = array("I", sorted(cluster.title)), array("I", sorted(cluster.marks))
    else:
        marks, total = array("I", sorted(cluster.marks)), {}
    labels, publishers = array("I", sorted(cluster.labels)), array("I", sorted(cluster.publishers))
    head = HEAD.pack(
        *(
            cluster.id,
            cluster.first,
            cluster.last,
            cluster.square,
            cluster.closed,
            cluster.dated,
            cluster.size,
        ),
        *(len(cluster.members), len(marks), len(labels), len(publishers), len(title), len(total)),
        len(cluster.parts),
    )
    parts = [head, marks.tobytes(), labels.tobytes(), publishers.tobytes(), title.tobytes()]
    parts += [array("I", total).tobytes(), array("d", total.values()).tobytes()]
    for member in cluster.members:
        vector = member.vector
        parts.append(
            MEMBER.pack(member.entry, member.at, vector.text, len(vector.terms), vector.titles, vector.length)
        )
        parts += [array("I", vector.terms).tobytes(), vector.weights.tobytes()]
    return b"".join((*parts, *map(pack, cluster.parts)))


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


def unpack(data: bytes) -> Cluster:
    return read_cluster(Reader(data))


def read_cluster(reader: Reader) -> Cluster:
    head = HEAD.unpack_from(reader.data, reader.at)
    cluster = Cluster(id=head[0], first=head[1], last=head[2], square=head[3], closed=head[4], size=head[6])
    cluster.dated = head[5]
    members, marks, labels, publishers, title, total, parts = head[7:]
    reader.at += HEAD.size
    cluster.marks = set(reader.ints(marks))
    cluster.labels = set(reader.ints(labels))
    cluster.publishers = set(reader.ints(publishers))
    cluster.title = set(reader.ints(title))
    terms = reader.ints(total)
    cluster.total = dict(zip(terms, reader.floats("d", total), strict=True))
    cluster.members = [read_member(reader) for _ in range(members)]
    if cluster.size == 1:
        vector = cluster.members[0].vector
        cluster.title = set(vector.terms[: vector.titles])
        cluster.total = dict(zip(vector.terms, vector.weights, strict=True))
    cluster.parts = [read_cluster(reader) for _ in range(parts)]
    return cluster


def read_member(reader: Reader) -> Member:
    entry, at, text, count, titles, length = MEMBER.unpack_from(reader.data, reader.at)
    reader.at += MEMBER.size
    terms = tuple(reader.ints(count))
    return Member(entry, at, Vector(terms, reader.floats("f", count), titles, length, text))
