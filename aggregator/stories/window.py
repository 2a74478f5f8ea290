"""The live stories, and the placing of entries among them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aggregator.model import Act, Fold, Placement, Reason, Sketch
from aggregator.stories import frozen, story_trees, trees
from aggregator.stories.candidates import candidates
from aggregator.stories.cluster import Member
from aggregator.stories.folds import kin
from aggregator.stories.guards import digest, veto
from aggregator.stories.habits import NONE, Habits
from aggregator.stories.marks import conflict
from aggregator.stories.memory import Memory
from aggregator.stories.reasons import of_entry, of_match
from aggregator.stories.score import Candidate, Kinship, Likeness, Probe, chance
from aggregator.stories.seal import sealed, unsealed
from aggregator.stories.settings import DEFAULT, Settings
from aggregator.stories.terms import REMEMBERED, Terms, read
from aggregator.stories.twins import Twin, twin_of
from aggregator.stories.within import Closeness, Match, matches, same_publisher

DIGEST = "it names several events"
SERIES = "its source repeats this title"
COPIES = "only copies of it were looked for"
PLAIN = "nothing is to be joined with it"
HIDDEN = (DIGEST, COPIES, PLAIN)
"""Such an entry takes no other one by likeness."""


@dataclass(frozen=True, slots=True)
class Scorers:
    """What is learned; training puts its own here."""

    join: Callable[[Likeness], float] = trees.join
    fold: Callable[[Kinship], float] = trees.fold
    story: Callable[[Closeness], float] = story_trees.story


LEARNED = Scorers()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`affair`: a live one, or None for a new one. `story`: None for a new story of it."""

    affair: int | None
    story: int | None
    reason: Reason
    rivals: Sequence[Candidate] = ()
    matches: Sequence[Match] = ()
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

    def place(
        self, sketch: Sketch, twins: Iterable[Twin] = (), habits: Habits = NONE
    ) -> tuple[Placement, tuple[Fold, ...]]:
        """Where the entry belongs, and which stories turned out to be one by it.

        `twins`: entries in all history with an equal item, page or text. The folds come after
        the placement: the placement's story may be the younger one of a fold.
        """
        terms = read(sketch, self.memory.frequencies.names, habits)
        at = sketch.published.timestamp()
        vector = self.memory.arrive(terms, at)
        label = terms.label if terms.dated and self.memory.repeats(terms.label, at) else 0
        facts = terms.labelled, terms.unspaced, terms.source, terms.publisher, terms.dated
        probe = Probe(vector, at, terms.marks, label, *facts)
        verdict = self._judge(sketch, terms, probe, twins)
        member = Member(sketch.entry, at, vector)
        story, affair = self.memory.settle(
            verdict.affair, verdict.story, member, terms, verdict.closed, verdict.hidden
        )
        folds = tuple(self._join_up(probe, story, affair, verdict))
        self._note_place(member, terms, verdict, folds)
        return Placement(sketch.entry, story, verdict.reason, affair or story), folds

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

    def recall(self, sketch: Sketch, story: int, affair: int, reason: Reason, habits: Habits = NONE) -> None:
        """Takes an entry as it was placed once, without judging: for building a window again."""
        terms = read(sketch, self.memory.frequencies.names, habits)
        at = sketch.published.timestamp()
        vector = self.memory.arrive(terms, at)
        if terms.dated:
            self.memory.repeats(terms.label, at)
            self.memory.repeats(terms.series, at)
        # Likeness joins only what is live, so a story it joined was, even if it began before the recalling.
        live = reason.level == "same event"
        self.memory.settle(
            *self.memory.recalled(story, affair, at, live),
            Member(sketch.entry, at, vector),
            terms,
            closed=reason.veto == SERIES,
            hidden=reason.veto in HIDDEN,
        )

    def redo(self, act: Act, one: int, two: int) -> None:
        """Does again what was done: `split` an entry from a story, `fold` or `part` two stories."""
        acts = {"fold": self.memory.fold, "unite": self.memory.unite, "part": self.memory.part}
        acts.get(act, self.memory.split)(one, two)

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
        repeated = terms.dated and self.memory.repeats(terms.series, probe.at)
        if sketch.join == "nothing":
            return Verdict(None, None, Reason("alone", veto=PLAIN), hidden=True)
        twin = twin_of(sketch, twins, self.settings, repeated)
        if twin is not None:
            gap = abs(sketch.published - twin.published)
            reason = Reason(twin.level, 1.0, chance(0.0), twin.entry, gap=gap)
            return Verdict(self.memory.home(twin.story), twin.story, reason)
        if sketch.join == "copies":
            return Verdict(None, None, Reason("alone", veto=COPIES), hidden=True)
        if repeated:
            return Verdict(None, None, Reason("alone", veto=SERIES), closed=True)
        found = self._near(probe)
        if not found:
            return Verdict(None, None, Reason("alone"))
        if digest(probe, found, self.settings.join):
            return Verdict(None, None, of_entry(terms, probe, found[0], self.settings, DIGEST), hidden=True)
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
                rivals = (best, *[each for each in found if each.affair.id != best.affair.id])
                return self._within(terms, probe, rivals)
            refused = refused or struck
        return Verdict(None, None, of_entry(terms, probe, found[0], self.settings, refused))

    def _within(self, terms: Terms, probe: Probe, rivals: Sequence[Candidate]) -> Verdict:
        """The story of the affair that the entry reports, or a new one."""
        affair = rivals[0].affair
        near = self._matches(probe, rivals[0])
        reason = of_match(terms, probe, near[0], self.settings)
        takes = [each for each in near if self._takes(each)]
        if not takes:
            return Verdict(affair.id, None, reason, rivals, near)
        return Verdict(
            affair.id, takes[0].story, of_match(terms, probe, takes[0], self.settings), rivals, takes
        )

    def _matches(self, probe: Probe, found: Candidate) -> list[Match]:
        return matches(probe, found, self.memory.frequencies, self.scorers.story)

    def _takes(self, match: Match) -> bool:
        return not match.veto and match.score >= self.settings.story

    def _join_up(self, probe: Probe, story: int, affair: int, verdict: Verdict) -> Iterable[Fold]:
        """Unites affairs, and folds stories, that the entry shows to be one."""
        takes = [each for each in verdict.matches if self._takes(each) and each.story != story]
        for rival in verdict.rivals[1:]:
            near = self._matches(probe, rival)
            union = kin(verdict.rivals[0], rival, affair, self.memory, self.scorers.fold)
            if union is None:
                continue
            self.memory.unite(union.story, union.into)
            affair = union.into
            takes += [each for each in near if self._takes(each)]
            yield union
        for match in takes:
            fold = self._fold(story, match)
            if fold is not None:
                self.memory.fold(fold.story, fold.into)
                story = fold.into
                yield fold

    def _fold(self, story: int, match: Match) -> Fold | None:
        """Two stories of one affair that both take the entry."""
        home = self.memory.home(story)
        parts = {each.id: each for each in self.memory.shelf.get(home).parts} if home is not None else {}
        one, two = parts.get(story), parts.get(match.story)
        if one is None or two is None or one is two or same_publisher(one, two):
            return None
        if two.id in self.memory.apart.get(one.id, ()) or conflict(tuple(one.marks), two.marks):
            return None
        old, young = sorted((one.id, two.id))
        return Fold(young, old, Reason("same event", chance(match.score), chance(self.settings.story)))

    def _note(self, act: str, *args: Any) -> None:
        if self._acts is not None:
            self._acts.append(json.dumps([act, *args], separators=(",", ":")))

    def _note_place(self, member: Member, terms: Terms, verdict: Verdict, folds: Iterable[Fold]) -> None:
        if self._acts is not None:
            pairs = [(fold.level == "affair", fold.story, fold.into) for fold in folds]
            done = (verdict.affair, verdict.story, verdict.closed, verdict.hidden, pairs)
            self._note("place", member.entry, member.at, *done, *terms[:REMEMBERED])

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
        vector = self.memory.arrive(terms, at)
        if terms.dated:
            self.memory.repeats(terms.label, at)
            self.memory.repeats(terms.series, at)
        self.memory.settle(affair, story, Member(entry, at, vector), terms, closed, hidden)
        for united, young, old in folds:
            (self.memory.unite if united else self.memory.fold)(young, old)
