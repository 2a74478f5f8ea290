"""The live stories, and the placing of entries among them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aggregator.model import Act, Fold, Placement, Reason, Sketch
from aggregator.stories import frozen, trees
from aggregator.stories.candidates import candidates
from aggregator.stories.folds import kin
from aggregator.stories.guards import digest, veto
from aggregator.stories.memory import Memory
from aggregator.stories.reasons import of_entry
from aggregator.stories.score import Candidate, Kinship, Likeness, Probe, chance
from aggregator.stories.seal import sealed, unsealed
from aggregator.stories.settings import DEFAULT, Settings
from aggregator.stories.story import Member
from aggregator.stories.terms import REMEMBERED, Terms, read
from aggregator.stories.twins import Twin, twin_of

DIGEST = "it names several events"
SERIES = "its source repeats this title"


@dataclass(frozen=True, slots=True)
class Scorers:
    """What is learned; training puts its own here."""

    join: Callable[[Likeness], float] = trees.join
    fold: Callable[[Kinship], float] = trees.fold


LEARNED = Scorers()


@dataclass(frozen=True, slots=True)
class Verdict:
    story: int | None
    reason: Reason
    rivals: Sequence[Candidate] = ()
    closed: bool = False
    hidden: bool = False


class Window:
    """Everything grouping remembers. An entry is placed once, when it arrives; the order matters."""

    def __init__(
        self,
        settings: Settings = DEFAULT,
        next_story: int = 1,
        scorers: Scorers = LEARNED,
        memory: Memory | None = None,
    ) -> None:
        self.settings = settings
        self.scorers = scorers
        self.memory = memory or Memory(settings, next_story)
        self._acts: list[str] | None = None
        """None until there is a frozen state to which they could be added."""
        self._seal = 0
        """Of what was kept last: the next part must fit to it."""

    @property
    def next_story(self) -> int:
        return self.memory.next_story

    @next_story.setter
    def next_story(self, number: int) -> None:
        self.memory.next_story = number

    @property
    def latest(self) -> int:
        """The entry that came last."""
        return self.memory.latest

    def place(self, sketch: Sketch, twins: Iterable[Twin] = ()) -> tuple[Placement, tuple[Fold, ...]]:
        """Where the entry belongs, and which stories turned out to be one by it.

        `twins`: entries in all history with an equal item, page or text. The folds come after
        the placement: the placement's story may be the younger one of a fold.
        """
        terms = read(sketch, self.memory.frequencies.names)
        at = sketch.published.timestamp()
        vector = self.memory.arrive(terms, at)
        label = terms.label if self.memory.repeats(terms.label, at) else 0
        probe = Probe(vector, at, terms.marks, label, terms.labelled, terms.unspaced, terms.source)
        verdict = self._judge(sketch, terms, probe, twins)
        member = Member(sketch.entry, at, vector)
        story = self.memory.settle(verdict.story, member, terms, verdict.closed, verdict.hidden)
        folds = tuple(self._unite(story, verdict.rivals))
        self._note_place(member, terms, verdict, [(fold.story, fold.into) for fold in folds])
        return Placement(sketch.entry, story, verdict.reason), folds

    def merge(self, one: int, two: int) -> Fold:
        """A person says they are one: the younger goes into the older, whatever kept them apart."""
        old, young = sorted((one, two))
        self.memory.fold(young, old)
        self._note("fold", young, old)
        return Fold(young, old, Reason("ruling"))

    def part(self, one: int, two: int) -> None:
        """A person says they are two: they are never folded into one by likeness."""
        self.memory.part(one, two)
        self._note("part", one, two)

    def recall(self, sketch: Sketch, story: int, reason: Reason) -> None:
        """Takes an entry as it was placed once, without judging: for building a window again."""
        terms = read(sketch, self.memory.frequencies.names)
        at = sketch.published.timestamp()
        vector = self.memory.arrive(terms, at)
        self.memory.repeats(terms.label, at)
        self.memory.repeats(terms.series, at)
        # Likeness joins only what is live, so a story it joined was, even if it began before the recalling.
        target = self.memory.recalled(story, at, live=reason.level == "same event")
        self.memory.settle(
            target,
            Member(sketch.entry, at, vector),
            terms,
            closed=reason.veto == SERIES,
            hidden=reason.veto == DIGEST,
        )

    def redo(self, act: Act, one: int, two: int) -> None:
        """Does again what was done: `split` an entry from a story, `fold` or `part` two stories."""
        {"fold": self.memory.fold, "part": self.memory.part, "split": self.memory.split}[act](one, two)

    def split(self, entry: int, story: int) -> Placement:
        """A person says the entry is no part of the story: it gets one of its own."""
        alone = self.memory.split(entry, story)
        self._note("split", entry, story)
        return Placement(entry, alone, Reason("ruling"))

    def journal(self) -> bytes:
        """What was done since the last freeze, thaw or journal; replay() does it again."""
        lines = "".join(act + "\n" for act in self._acts or ())
        self._acts = []
        kept, self._seal = sealed(lines.encode(), self._seal)
        return kept

    def replay(self, journal: bytes) -> None:
        """Does again, without judging, what was done by a window with the same past. Raises StoreError."""
        lines, self._seal = unsealed(journal, self._seal)
        for line in lines.splitlines():
            act, *args = json.loads(line)
            if act == "place":
                self._place_again(*args)
            else:
                self.redo(act, *args)

    def freeze(self) -> bytes:
        """The exact state; what the journal held is in it."""
        self._acts = []
        kept, self._seal = sealed(frozen.freeze(self.memory), 0)
        return kept

    @classmethod
    def thaw(cls, blob: bytes, settings: Settings = DEFAULT, journals: Iterable[bytes] = ()) -> Window:
        """Raises StoreError: damaged or of another version; recall() what was placed."""
        data, seal = unsealed(blob, 0)
        made = cls(settings, memory=frozen.thaw(data, settings))
        made._seal = seal
        for journal in journals:
            made.replay(journal)
        made._acts = []
        return made

    def _judge(self, sketch: Sketch, terms: Terms, probe: Probe, twins: Iterable[Twin]) -> Verdict:
        repeated = self.memory.repeats(terms.series, probe.at)
        twin = twin_of(sketch, twins, self.settings, repeated)
        if twin is not None:
            gap = abs(sketch.published - twin.published)
            return Verdict(twin.story, Reason(twin.level, 1.0, chance(0.0), twin.entry, gap=gap))
        if repeated:
            return Verdict(None, Reason("alone", veto=SERIES), closed=True)
        found = self._near(probe)
        if not found:
            return Verdict(None, Reason("alone"))
        if digest(probe, found, self.settings.join):
            return Verdict(None, of_entry(terms, probe, found[0], self.settings, DIGEST), hidden=True)
        return self._best(terms, probe, found)

    def _near(self, probe: Probe) -> list[Candidate]:
        return candidates(probe, self.memory.shelf, self.memory.postings, self.settings, self.scorers.join)

    def _best(self, terms: Terms, probe: Probe, found: list[Candidate]) -> Verdict:
        refused = ""
        for best in found:
            if best.score < self.settings.join:
                break
            struck = veto(probe, best, self.settings, self.memory.frequencies)
            if not struck:
                reason = of_entry(terms, probe, best, self.settings, "")
                rivals = [each for each in found if each.story.id != best.story.id]
                return Verdict(best.story.id, reason, (best, *rivals))
            refused = refused or struck
        return Verdict(None, of_entry(terms, probe, found[0], self.settings, refused))

    def _unite(self, story: int, found: Sequence[Candidate]) -> Iterable[Fold]:
        """Folds stories that the entry shows to be one."""
        for rival in found[1:]:
            fold = kin(found[0], rival, story, self.memory, self.scorers.fold)
            if fold is not None:
                self.memory.fold(fold.story, fold.into)
                story = fold.into
                yield fold

    def _note(self, act: str, *args: Any) -> None:
        if self._acts is not None:
            self._acts.append(json.dumps([act, *args], separators=(",", ":")))

    def _note_place(
        self, member: Member, terms: Terms, verdict: Verdict, folds: list[tuple[int, int]]
    ) -> None:
        if self._acts is not None:
            done = (verdict.story, verdict.closed, verdict.hidden, folds)
            self._note("place", member.entry, member.at, *done, *terms[:REMEMBERED])

    def _place_again(
        self,
        entry: int,
        at: float,
        story: int | None,
        closed: bool,
        hidden: bool,
        folds: list[list[int]],
        *facts: Any,
    ) -> None:
        numbers, times, titles, length, text, marks, *rest = facts
        terms = Terms(tuple(numbers), tuple(times), titles, length, text, tuple(marks), *rest)
        vector = self.memory.arrive(terms, at)
        self.memory.repeats(terms.label, at)
        self.memory.repeats(terms.series, at)
        self.memory.settle(story, Member(entry, at, vector), terms, closed, hidden)
        for young, old in folds:
            self.memory.fold(young, old)
