"""Places entries among the live affairs and stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aggregator.model import Duplicate, Fold, Placement, Reason, Sketch
from aggregator.stories.candidates import candidates
from aggregator.stories.cluster import Member
from aggregator.stories.duplicates import deciding_duplicate
from aggregator.stories.folds import union_of
from aggregator.stories.guards import names_several_events, veto
from aggregator.stories.habits import NONE, Habits
from aggregator.stories.kept import COPIES, DIGEST, LEARNED, PLAIN, SERIES, Journalled, Scorers, Verdict
from aggregator.stories.reasons import of_entry, of_match
from aggregator.stories.same_event import Match, matches, same_publisher, same_text
from aggregator.stories.score import Candidate, Probe, chance
from aggregator.stories.terms import Terms, read_terms
from aggregator.stories.title_numbers import conflict

__all__ = ["LEARNED", "Scorers", "Window"]


class Window(Journalled):
    """The grouping state with its decisions. An entry is placed once, on arrival; the order matters."""

    def place(
        self, sketch: Sketch, duplicates: Sequence[Duplicate] = (), habits: Habits = NONE
    ) -> tuple[Placement, tuple[Fold, ...]]:
        """Decides where the entry belongs, and which stories it shows to be one.

        `duplicates`: entries of all time with an equal item, page or text. Apply the folds after
        the placement: its story may be the younger one of a fold.
        """
        terms = read_terms(sketch, self.memory.frequencies.names, habits)
        at = sketch.published.timestamp()
        vector = self.memory.arrive(terms, at)
        label = terms.label if terms.dated and self.memory.repeats(terms.label, at) else 0
        facts = terms.labelled, terms.unspaced, terms.source, terms.publisher, terms.dated
        probe = Probe(vector, at, terms.marks, label, *facts)
        verdict = self._judge(sketch, terms, probe, duplicates)
        member = Member(sketch.entry, at, vector)
        story, affair = self.memory.settle(
            verdict.affair, verdict.story, member, terms, verdict.closed, verdict.hidden
        )
        folds = tuple(self._join_up(probe, story, affair, verdict))
        self._note_place(member, terms, verdict, folds)
        return Placement(sketch.entry, story, verdict.reason, affair or story), folds

    def repeats_pruned(self, sketch: Sketch, duplicates: Sequence[Duplicate], habits: Habits = NONE) -> bool:
        """Whether the entry would join a story that was pruned. Changes nothing."""
        if sketch.join == "nothing":
            return False
        terms = read_terms(sketch, self.memory.frequencies.names, habits)
        repeated = terms.dated and self.memory.has_repeated(terms.series, sketch.published.timestamp())
        found = deciding_duplicate(sketch, duplicates, self.settings, repeated)
        return found is not None and found.pruned

    def _judge(self, sketch: Sketch, terms: Terms, probe: Probe, duplicates: Sequence[Duplicate]) -> Verdict:
        repeated = terms.dated and self.memory.repeats(terms.series, probe.at)
        if sketch.join == "nothing":
            return Verdict(None, None, Reason("alone", veto=PLAIN), hidden=True)
        duplicate = deciding_duplicate(sketch, duplicates, self.settings, repeated)
        if duplicate is not None:
            gap = abs(sketch.published - duplicate.published)
            reason = Reason(duplicate.level, 1.0, chance(0.0), duplicate.entry, gap=gap)
            return Verdict(self.memory.home(duplicate.story), duplicate.story, reason)
        if sketch.join == "copies":
            return Verdict(None, None, Reason("alone", veto=COPIES), hidden=True)
        if repeated:
            return self._issue(terms, probe)
        found = self._near(probe)
        if not found:
            return Verdict(None, None, Reason("alone"))
        if names_several_events(probe, found, self.settings.join):
            return Verdict(None, None, of_entry(terms, probe, found[0], self.settings, DIGEST), hidden=True)
        return self._best(terms, probe, found)

    def _issue(self, terms: Terms, probe: Probe) -> Verdict:
        """An issue of a series stands alone, unless another publisher has printed its text."""
        found = [each for each in self._near(probe) if same_text(probe, each.nearest)]
        verdict = self._best(terms, probe, found) if found else None
        if verdict and any(
            each.story == verdict.story and same_text(probe, each.nearest) for each in verdict.matches
        ):
            return verdict
        return Verdict(None, None, Reason("alone", veto=SERIES), closed=True)

    def _near(self, probe: Probe) -> list[Candidate]:
        return candidates(probe, self.memory.shelf, self.memory.postings, self.settings, self.scorers.join)

    def _best(self, terms: Terms, probe: Probe, found: list[Candidate]) -> Verdict:
        refused = ""
        for best in found:
            if best.score < self.settings.join:
                break
            struck = veto(probe, best, self.settings, self.memory.frequencies)
            if not struck:
                rivals = (best, *[each for each in found if each.cluster.id != best.cluster.id])
                return self._within(terms, probe, rivals)
            refused = refused or struck
        return Verdict(None, None, of_entry(terms, probe, found[0], self.settings, refused))

    def _within(self, terms: Terms, probe: Probe, rivals: Sequence[Candidate]) -> Verdict:
        """The story of the affair that the entry reports, or a new one."""
        near = self._matches(probe, rivals[0])
        best = next((each for each in near if self._takes(each)), None)
        reason = of_match(terms, probe, best or near[0], self.settings)
        return Verdict(rivals[0].cluster.id, best.story if best else None, reason, rivals, near)

    def _matches(self, probe: Probe, found: Candidate) -> list[Match]:
        return matches(probe, found, self.memory.frequencies, self.scorers.story)

    def _takes(self, match: Match) -> bool:
        return not match.veto and match.score >= self.settings.story

    def _join_up(self, probe: Probe, story: int, affair: int, verdict: Verdict) -> Iterable[Fold]:
        """Unites affairs and folds stories that the entry shows to be one."""
        takes = [each for each in verdict.matches if self._takes(each) and each.story != story]
        for rival in verdict.rivals[1:]:
            union = union_of(verdict.rivals[0], rival, affair, self.memory, self.scorers.fold)
            if union is None:
                continue
            near = self._matches(probe, rival)
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
