"""The grouping state of entries that belong together: an affair, or a story within one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import sqrt

from aggregator.stories.weights import Vector, dot

MEMBERS = 4
"""Entries kept whole: the first and the latest three."""

PARTS = 16
"""Stories of an affair that may still take entries, so that the cost of an entry does not grow with it."""

LEAST_WEIGHT = 1e-6
"""A smaller sum is a rounding error of zero."""


@dataclass(slots=True)
class Member:
    entry: int
    at: float
    vector: Vector


@dataclass(slots=True)
class Cluster:
    """Times are seconds since 1970."""

    id: int
    first: float
    last: float
    size: int = 0
    members: list[Member] = field(default_factory=list)
    title: set[int] = field(default_factory=set)
    """All terms of the members' titles."""
    marks: set[int] = field(default_factory=set)
    labels: set[int] = field(default_factory=set)
    """The members' sources, and labels that these print above unrelated items."""
    publishers: set[int] = field(default_factory=set)
    dated: bool = False
    """At least one entry's date is evidence; otherwise gaps in time mean nothing."""
    total: dict[int, float] = field(default_factory=dict)
    """Sum of the members' vectors."""
    square: float = 0.0
    """Squared length of the sum."""
    closed: bool = False
    """An issue of a series: never folded into another."""
    parts: list[Cluster] = field(default_factory=list)
    """The latest PARTS stories of an affair; empty while it is a single story of the same number."""

    def stories(self) -> list[Cluster]:
        """The stories of an affair; a copy of it when it is a single story."""
        if self.parts or not self.size:
            return self.parts
        copy = replace(self, members=list(self.members), title=set(self.title), marks=set(self.marks))
        copy.labels, copy.publishers, copy.total = set(self.labels), set(self.publishers), dict(self.total)
        return [copy]

    def take(
        self,
        member: Member,
        marks: tuple[int, ...],
        labels: Iterable[int] = (),
        publisher: int = 0,
        dated: bool = True,
    ) -> list[int]:
        """Adds an entry; returns the terms that are new."""
        vector = member.vector
        if self.size:
            fresh = self.add(vector)
        else:
            fresh = list(vector.terms)
            self.total = dict(vector.pairs())
            self.square = 1.0
        self.size += 1
        self.dated = self.dated or dated
        self.first = min(self.first, member.at)
        self.last = max(self.last, member.at)
        self.title.update(vector.terms[: vector.titles])
        self.marks.update(marks)
        for label in labels:
            if label:
                self.labels.add(label)
        if publisher:
            self.publishers.add(publisher)
        self.keep(member)
        return fresh

    def add(self, vector: Vector) -> list[int]:
        """Adds to the sum; returns the terms that are new to it."""
        total, dot, fresh = self.total, 0.0, []
        for term, weight in vector.pairs():
            before = total.get(term)
            if before is None:
                fresh.append(term)
                total[term] = weight
            else:
                dot += weight * before
                total[term] = before + weight
        self.square += 2.0 * dot + 1.0
        return fresh

    def keep(self, member: Member) -> None:
        self.members.append(member)
        if len(self.members) > MEMBERS:
            del self.members[1]

    def absorb(self, other: Cluster) -> list[int]:
        """Adds a whole story; returns the terms that are new to this one."""
        fresh = [term for term in other.total if term not in self.total]
        self.square += other.square + 2.0 * self.product(other)
        for term, weight in other.total.items():
            self.total[term] = self.total.get(term, 0.0) + weight
        self.size += other.size
        self.first = min(self.first, other.first)
        self.last = max(self.last, other.last)
        self.title |= other.title
        self.marks |= other.marks
        self.labels |= other.labels
        self.publishers |= other.publishers
        self.dated = self.dated or other.dated
        for member in other.members:
            self.keep(member)
        return fresh

    def release(self, member: Member) -> list[int]:
        """Removes a kept entry; returns the terms that no other entry had."""
        vector = member.vector
        self.members = [each for each in self.members if each.entry != member.entry]
        self.square += 1.0 - 2.0 * self.dot(vector.pairs())
        self.size -= 1
        for term, weight in vector.pairs():
            self.total[term] -= weight
        gone = [term for term in vector.terms if self.total[term] < LEAST_WEIGHT]
        for term in gone:
            del self.total[term]
        if self.members and self.size == len(self.members):
            heads = (each.vector.terms[: each.vector.titles] for each in self.members)
            self.title = {term for head in heads for term in head}
        return gone

    def dot(self, pairs: Iterable[tuple[int, float]]) -> float:
        """Product of an entry's terms and weights with the sum: the sum of its cosines to all members."""
        return dot(pairs, self.total)

    def product(self, other: Cluster) -> float:
        few, many = sorted((self.total, other.total), key=len)
        return dot(few.items(), many)

    def cosine(self, other: Cluster) -> float:
        return self.product(other) / (sqrt(self.square * other.square) or 1.0)

    def gap(self, at: float) -> float:
        """Seconds between `at` and the nearer end of the story; 0 within it."""
        if at > self.last:
            return at - self.last
        return self.first - at if at < self.first else 0.0
