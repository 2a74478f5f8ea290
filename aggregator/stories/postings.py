"""Term -> the live stories that contain it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import chain


class Postings:
    """Lists in the order in which the stories received the term.

    Long lists are cleaned when half of their stories are dead: `dead` counts these, so that
    the number alive is always exact. A thawed list is decoded on first use.
    """

    __slots__ = ("_at", "_ids", "_starts", "dead", "lists")

    SHORT = 64
    """Lists up to this length are cleaned immediately."""

    def __init__(self) -> None:
        self.lists: dict[int, list[int]] = {}
        self.dead: dict[int, int] = {}
        self._at: dict[int, int] = {}
        self._starts: array[int] = array("I", [0])
        self._ids: array[int] = array("I")

    def of(self, term: int) -> list[int] | None:
        found = self.lists.get(term)
        if found is None and self._at:
            at = self._at.pop(term, None)
            if at is not None:
                found = self.lists[term] = list(self._ids[self._starts[at] : self._starts[at + 1]])
        return found

    def add(self, story: int, terms: Iterable[int]) -> None:
        lists, look = self.lists, self.look()
        for term in terms:
            found = look(term)
            if found is None:
                lists[term] = [story]
            else:
                found.append(story)

    def drop(self, story: int, terms: Iterable[int], alive: Container[int]) -> None:
        """`story` is dead; `alive`: all stories that are not."""
        look = self.look()
        for term in terms:
            found = look(term)
            if found is None:
                continue
            if len(found) == 1:
                del self.lists[term]
                continue
            if len(found) <= self.SHORT:
                found.remove(story)
                continue
            dead = self.dead.get(term, 0) + 1
            if 2 * dead < len(found):
                self.dead[term] = dead
            else:
                found[:] = [each for each in found if each in alive]
                self.dead.pop(term, None)

    def look(self) -> Callable[[int], list[int] | None]:
        """of(), or an equivalent that takes a fifth of the time once everything is decoded."""
        return self.of if self._at else self.lists.get

    def usable(
        self, terms: Sequence[int], cap: int, alive: Container[int]
    ) -> list[tuple[int, int, list[int]]]:
        """(stories, position, list) of every term in at most `cap` live stories, shortest first."""
        short, dead, found = self.SHORT, self.dead, []
        for place, ids in enumerate(map(self.look(), terms)):
            if ids is not None:
                length = len(ids)
                if length > short and (gone := dead.get(terms[place], 0)) > 0 and length - gone <= cap:
                    ids[:] = [each for each in ids if each in alive]
                    length -= dead.pop(terms[place])
                if length <= cap:
                    found.append((length, place, ids))
        found.sort()
        return found

    def freeze(self, alive: Container[int]) -> tuple[array[int], array[int], array[int]]:
        """Terms, lengths and ids, without dead stories."""
        for term in list(self._at):
            self.of(term)
        for term in self.dead:
            self.lists[term] = [each for each in self.lists[term] if each in alive]
        self.dead.clear()
        terms = sorted(self.lists)
        lists = [self.lists[term] for term in terms]
        return array("I", terms), array("I", map(len, lists)), array("I", chain.from_iterable(lists))

    @classmethod
    def thaw(cls, terms: array[int], starts: array[int], ids: array[int]) -> Postings:
        made = cls()
        made._at = dict(zip(terms, range(len(terms)), strict=True))
        made._starts = starts
        made._ids = ids
        return made
