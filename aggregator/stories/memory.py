"""The grouping state, and the few acts that change it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from aggregator.stories.cluster import PARTS, Cluster, Member
from aggregator.stories.postings import Postings
from aggregator.stories.settings import Settings
from aggregator.stories.shelf import LiveClusters
from aggregator.stories.terms import Terms
from aggregator.stories.weights import Frequencies, Vector

DAY = 86400.0


@dataclass(slots=True)
class GroupingState:
    """Every act is exact: repeated on an equal state it yields an equal state."""

    settings: Settings
    next_story: int = 1
    clock: float = 0.0
    """The latest time seen."""
    frequencies: Frequencies = field(default_factory=Frequencies)
    shelf: LiveClusters = field(default_factory=LiveClusters)
    """The live affairs."""
    postings: Postings = field(default_factory=Postings)
    latest: int = 0
    """The entry settled last."""
    series: dict[int, float] = field(default_factory=dict)
    """Source and title -> the time since which they are known."""
    apart: dict[int, set[int]] = field(default_factory=dict)
    """Story -> stories that a person keeps from it."""
    homes: dict[int, int] = field(default_factory=dict)
    """Live story -> its affair, where their numbers differ."""

    def arrive(self, terms: Terms, at: float) -> Vector:
        """Counts an entry, wherever it will be placed; returns its weighted vector."""
        if at // DAY > self.clock // DAY:
            least = at - self.settings.series_memory.total_seconds()
            self.series = {key: since for key, since in self.series.items() if since >= least}
        self.clock = max(self.clock, at)
        # By the entry's own time, not the latest: a late entry meets the stories alive at its time.
        for affair in self.shelf.expired(at - self.settings.window.total_seconds()):
            self._forget(affair)
        return self.frequencies.weigh(terms)

    def repeats(self, key: int, at: float) -> bool:
        """Whether the source has used this title or label for some time; records that it occurred again."""
        if not key:
            return False
        age = self.settings.series_age.total_seconds()
        since = self.series.get(key)
        if since is None:
            self.series[key] = at
            return False
        if abs(at - since) < age:
            self.series[key] = since - age / 2
            return False
        self.series[key] = max(since, at - age)
        return True

    def has_repeated(self, key: int, at: float) -> bool:
        """As repeats(), without recording anything."""
        since = self.series.get(key) if key else None
        return since is not None and abs(at - since) >= self.settings.series_age.total_seconds()

    def series_known(self, key: int) -> bool:
        return self.clock - self.series.get(key, self.clock) >= self.settings.series_age.total_seconds()

    def home(self, story: int) -> int | None:
        """The live affair that holds the story."""
        affair = self.homes.get(story, story)
        return affair if affair in self.shelf else None

    def settle(
        self,
        affair: int | None,
        story: int | None,
        member: Member,
        terms: Terms,
        closed: bool = False,
        hidden: bool = False,
    ) -> tuple[int, int]:
        """Puts an entry into a story of a live affair; None founds one. Returns both numbers.

        Entries of a story that is no longer live, and hidden entries, leave the clusters unchanged.
        """
        self.latest = member.entry
        if affair is None and story is not None:
            return story, 0
        if affair is None:
            affair = story = self._number()
            found = Cluster(affair, member.at, member.at, closed=closed)
        else:
            found = self.shelf.get(affair)
            if story is None:
                story = self._open(found, member)
        if not hidden:
            facts = terms.marks, (terms.source, terms.label), terms.publisher, terms.dated
            for part in found.parts:
                if part.id == story:
                    part.take(member, *facts)
            self.postings.add(affair, found.take(member, *facts))
            self.shelf.put(found)
        return story, affair

    def _number(self) -> int:
        self.next_story += 1
        return self.next_story - 1

    def _open(self, affair: Cluster, member: Member) -> int:
        """Adds a story without entries to the affair."""
        story = self._number()
        self._divide(affair, [*affair.stories(), Cluster(story, member.at, member.at)])
        return story

    def _divide(self, affair: Cluster, stories: list[Cluster]) -> None:
        """Divides the affair into these stories; beyond PARTS, the oldest take no more entries."""
        for gone in affair.parts:
            self.homes.pop(gone.id, None)
        left = sorted(stories, key=lambda each: (each.last, each.id))[-PARTS:]
        affair.parts = [] if [each.id for each in left] == [affair.id] else left
        self.homes.update((each.id, affair.id) for each in affair.parts if each.id != affair.id)

    def recalled(self, story: int, affair: int, at: float, live: bool) -> tuple[int | None, int | None]:
        """Affair and story for settle() to repeat a placement. `live`: the story was live then."""
        founds = story >= self.next_story
        self.next_story = max(self.next_story, story)
        home = self.home(story)
        if founds and affair == story:
            return None, None
        if home is None and (founds or live):
            home = affair
            if affair not in self.shelf:  # it began before the replayed entries
                self.shelf.put(Cluster(affair, at, at))
            if not founds and affair != story:
                found = self.shelf.get(affair)
                self._divide(found, [*found.stories(), Cluster(story, at, at)])
        return home, None if founds else story

    def fold(self, young: int, old: int) -> None:
        """Merges the story `young` into `old`, even if `old` was no longer live."""
        here, there = self.home(young), self.home(old)
        if here is None:
            return
        if there is None:
            there = old
        if here != there:
            here, there = max(here, there), min(here, there)
            self.unite(here, there)
        affair = self.shelf.get(there)
        parts = {part.id: part for part in affair.stories()}
        gone = parts.pop(young, None)
        if gone is not None:
            kept = parts.setdefault(old, Cluster(old, gone.first, gone.last))
            kept.absorb(gone)
            self._divide(affair, list(parts.values()))
        for other in self.apart.pop(young, set()):
            self.apart[other].discard(young)
            if other != old:
                self.part(old, other)

    def unite(self, young: int, old: int) -> None:
        """Moves the stories of the affair `young` into `old`, even if that was no longer live."""
        if young not in self.shelf or young == old:
            return
        gone = self.shelf.remove(young)
        kept = self.shelf.get(old) if old in self.shelf else Cluster(old, gone.first, gone.last)
        stories = [*kept.stories(), *gone.stories()]
        for part in gone.parts:
            self.homes.pop(part.id, None)
        self.postings.drop(young, gone.total, self.shelf)
        self.postings.add(old, kept.absorb(gone))
        self._divide(kept, stories)
        self.shelf.put(kept)

    def live_stories(self) -> set[int]:
        """Their numbers, and those of all live affairs."""
        return {*self.shelf.last, *self.homes}

    def lose(self, gone: Collection[int]) -> None:
        """Forgets stories that are not there any more: no entry may join them."""
        affairs = {self.homes.get(story, story) for story in gone}
        for number in sorted(each for each in affairs if each in self.shelf):
            affair = self.shelf.get(number)
            stories = affair.stories()
            left = [story for story in stories if story.id not in gone]
            if not left:
                self._forget(self.shelf.remove(number))
            elif len(left) < len(stories):
                self._divide(affair, left)

    def part(self, one: int, two: int) -> None:
        """From now on, only a person can merge these two stories."""
        self.apart.setdefault(one, set()).add(two)
        self.apart.setdefault(two, set()).add(one)

    def split(self, entry: int, story: int) -> int:
        """Moves the entry into a story of its own, which later entries may join; returns its number."""
        alone = self._number()
        home = self.home(story)
        affair = self.shelf.get(home) if home is not None else None
        part = affair and next((each for each in affair.stories() if each.id == story), None)
        member = part and next((each for each in part.members if each.entry == entry), None)
        if affair and part and member and part.size > 1:
            if affair.parts:
                part.release(member)
            self.postings.drop(affair.id, affair.release(member), self.shelf)
            made = Cluster(alone, member.at, member.at)
            self.postings.add(alone, made.take(member, ()))
            self.shelf.put(made)
        self.part(story, alone)
        return alone

    def _forget(self, affair: Cluster) -> None:
        self.postings.drop(affair.id, affair.total, self.shelf)
        for story in (affair.id, *(part.id for part in affair.parts)):
            self.homes.pop(story, None)
            for other in self.apart.pop(story, set()):
                self.apart[other].discard(story)
