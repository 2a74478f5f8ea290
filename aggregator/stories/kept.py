"""The stored form of the grouping state: a snapshot, and a journal of the acts since."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from aggregator.model import Act, Fold, Placement, Reason, Sketch
from aggregator.stories import snapshot, story_trees, trees
from aggregator.stories.cluster import Member
from aggregator.stories.habits import NONE, Habits
from aggregator.stories.memory import GroupingState
from aggregator.stories.same_event import Closeness, Match
from aggregator.stories.score import Candidate, Kinship, Likeness
from aggregator.stories.settings import DEFAULT, Settings
from aggregator.stories.snapshot import sealed, unsealed
from aggregator.stories.terms import REMEMBERED, Terms, read_terms
from aggregator.stories.weights import Vector

DIGEST = "it names several events"
SERIES = "its source repeats this title"
COPIES = "only copies of it were looked for"
PLAIN = "nothing is to be joined with it"
HIDDEN = (DIGEST, COPIES, PLAIN)
"""Vetoes of entries to which no other entry is joined by likeness."""


@dataclass(frozen=True, slots=True)
class Scorers:
    """The learned scorers; training substitutes its own."""

    join: Callable[[Likeness], float] = trees.join
    fold: Callable[[Kinship], float] = trees.fold
    story: Callable[[Closeness], float] = story_trees.story


LEARNED = Scorers()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`affair`: a live one, or None to found one. `story`: None to found one in the affair."""

    affair: int | None
    story: int | None
    reason: Reason
    rivals: Sequence[Candidate] = ()
    matches: Sequence[Match] = ()
    closed: bool = False
    hidden: bool = False


class Journalled:
    """The acts that change the grouping state; each is journalled and can be replayed as decided."""

    def __init__(
        self,
        settings: Settings = DEFAULT,
        next_story: int = 1,
        scorers: Scorers = LEARNED,
        memory: GroupingState | None = None,
    ) -> None:
        self.settings = settings
        self.scorers = scorers
        self.memory = memory or GroupingState(settings, next_story)
        self._acts: list[str] | None = None
        """None until there is a snapshot that they continue."""
        self._seal = 0
        """Checksum of the part stored last, which the next part continues."""

    @property
    def next_story(self) -> int:
        return self.memory.next_story

    @next_story.setter
    def next_story(self, number: int) -> None:
        self.memory.next_story = number

    @property
    def latest(self) -> int:
        """The entry that arrived last."""
        return self.memory.latest

    def merge(self, one: int, two: int) -> Fold:
        """A person says they are one: merges the younger into the older, whatever kept them apart."""
        old, young = sorted((one, two))
        self.memory.fold(young, old)
        self._note("fold", young, old)
        return Fold(young, old, Reason("ruling"))

    def part(self, one: int, two: int) -> None:
        """A person says they are two: likeness never merges them."""
        self.memory.part(one, two)
        self._note("part", one, two)

    def recall(self, sketch: Sketch, story: int, affair: int, reason: Reason, habits: Habits = NONE) -> None:
        """Adds an entry by its original placement, without deciding again, to rebuild a window."""
        terms = read_terms(sketch, self.memory.frequencies.names, habits)
        at = sketch.published.timestamp()
        vector = self._arrive(terms, at)
        # Likeness joins live stories only, so this one was, even if it began before the replayed entries.
        live = reason.level == "same event"
        self.memory.settle(
            *self.memory.recalled(story, affair, at, live),
            Member(sketch.entry, at, vector),
            terms,
            closed=reason.veto == SERIES,
            hidden=reason.veto in HIDDEN,
        )

    def redo(self, act: Act, one: int, two: int) -> None:
        """Repeats an act: `split` of an entry from a story, `fold`, `unite` or `part` of two stories."""
        memory = self.memory
        acts = {"fold": memory.fold, "unite": memory.unite, "part": memory.part, "split": memory.split}
        acts[act](one, two)

    def split(self, entry: int, story: int) -> Placement:
        """A person says the entry does not belong to the story: moves it to one of its own."""
        alone = self.memory.split(entry, story)
        self._note("split", entry, story)
        return Placement(entry, alone, Reason("ruling"))

    def journal(self) -> bytes:
        """The acts since the last freeze, thaw or journal, for replay()."""
        lines = "".join(act + "\n" for act in self._acts or ())
        self._acts = []
        kept, self._seal = sealed(lines.encode(), self._seal)
        return kept

    def replay(self, journal: bytes) -> None:
        """Repeats, without deciding again, the acts of a window with the same past. Raises StoreError."""
        lines, self._seal = unsealed(journal, self._seal)
        for line in lines.splitlines():
            act, *args = json.loads(line)
            if act == "place":
                self._place_again(*args)
            else:
                self.redo(act, *args)

    def freeze(self) -> bytes:
        """The exact state, including the acts of the journal."""
        self._acts = []
        kept, self._seal = sealed(snapshot.freeze(self.memory), 0)
        return kept

    @classmethod
    def thaw(cls, blob: bytes, settings: Settings = DEFAULT, journals: Iterable[bytes] = ()) -> Self:
        """Raises StoreError: damaged or of another version; then recall() all placed entries."""
        data, seal = unsealed(blob, 0)
        made = cls(settings, memory=snapshot.thaw(data, settings))
        made._seal = seal
        for journal in journals:
            made.replay(journal)
        made._acts = []
        return made

    def _note(self, act: str, *args: Any) -> None:
        if self._acts is not None:
            self._acts.append(json.dumps([act, *args], separators=(",", ":")))

    def _note_place(self, member: Member, terms: Terms, verdict: Verdict, folds: Iterable[Fold]) -> None:
        if self._acts is not None:
            pairs = [(fold.level == "affair", fold.story, fold.into) for fold in folds]
            done = (verdict.affair, verdict.story, verdict.closed, verdict.hidden, pairs)
            self._note("place", member.entry, member.at, *done, *terms[:REMEMBERED])

    def _arrive(self, terms: Terms, at: float) -> Vector:
        """Counts an entry, which changes the state wherever it is placed."""
        vector = self.memory.arrive(terms, at)
        if terms.dated:
            self.memory.repeats(terms.label, at)
            self.memory.repeats(terms.series, at)
        return vector

    def _place_again(
        self,
        entry: int,
        at: float,
        affair: int | None,
        story: int | None,
        closed: bool,
        hidden: bool,
        folds: list[tuple[bool, int, int]],
        *facts: Any,
    ) -> None:
        numbers, times, titles, length, text, marks, *rest = facts
        terms = Terms(tuple(numbers), tuple(times), titles, length, text, tuple(marks), *rest)
        vector = self._arrive(terms, at)
        self.memory.settle(affair, story, Member(entry, at, vector), terms, closed, hidden)
        for united, young, old in folds:
            (self.memory.unite if united else self.memory.fold)(young, old)
