"""All that grouping remembers, and the few acts that change it."""

from __future__ import annotations

from dataclasses import dataclass, field

from aggregator.stories.postings import Postings
from aggregator.stories.settings import Settings
from aggregator.stories.shelf import Shelf
from aggregator.stories.story import Member, Story
from aggregator.stories.terms import Terms
from aggregator.stories.weights import Frequencies, Vector

DAY = 86400.0


@dataclass(slots=True)
class Memory:
    """Every act is exact: done again on an equal memory it gives an equal memory."""

    settings: Settings
    next_story: int = 1
    clock: float = 0.0
    """The latest time seen."""
    frequencies: Frequencies = field(default_factory=Frequencies)
    shelf: Shelf = field(default_factory=Shelf)
    postings: Postings = field(default_factory=Postings)
    latest: int = 0
    """The entry settled last."""
    series: dict[int, float] = field(default_factory=dict)
    """Source and title -> since when they are known."""
    apart: dict[int, set[int]] = field(default_factory=dict)
    """Story -> stories that a person keeps from it."""

    def arrive(self, terms: Terms, at: float) -> Vector:
        """What every entry changes, wherever it goes; gives its weights."""
        if at // DAY > self.clock // DAY:
            least = at - self.settings.series_memory.total_seconds()
            self.series = {key: since for key, since in self.series.items() if since >= least}
        self.clock = max(self.clock, at)
        for story in self.shelf.expired(self.clock - self.settings.window.total_seconds()):
            self._forget(story)
        return self.frequencies.weigh(terms)

    def repeats(self, key: int, at: float) -> bool:
        """The source has used this title or label for some time; remembers that it came again."""
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

    def series_known(self, key: int) -> bool:
        return self.clock - self.series.get(key, self.clock) >= self.settings.series_age.total_seconds()

    def settle(self, id_: int | None, member: Member, terms: Terms, closed: bool, hidden: bool) -> int:
        """Puts an entry into a story, a new one if None; gives the story's id.

        A story that is no longer live, and a hidden one, takes entries without being remembered.
        """
        self.latest = member.entry
        if id_ is None:
            id_ = self.next_story
            self.next_story += 1
            story = Story(id_, member.at, member.at, closed=closed)
        elif id_ in self.shelf:
            story = self.shelf.get(id_)
        else:
            return id_
        if not hidden:
            self.postings.add(id_, story.take(member, terms.marks, terms.source, terms.label))
            self.shelf.put(story)
        return id_

    def recalled(self, id_: int, at: float, live: bool) -> int | None:
        """For settle(): None for a story not heard of. `live`: it was, when an entry of that time came."""
        if id_ >= self.next_story:
            self.next_story = id_
            return None
        if live and id_ not in self.shelf:
            self.shelf.put(Story(id_, at, at))
        return id_

    def fold(self, young: int, old: int) -> None:
        """`young` is no more; what it was, `old` is now, even if `old` was no longer live."""
        if young not in self.shelf:
            return
        gone = self.shelf.remove(young)
        kept = self.shelf.get(old) if old in self.shelf else Story(old, gone.first, gone.last)
        self.postings.drop(young, gone.total, self.shelf)
        self.postings.add(old, kept.absorb(gone))
        self.shelf.put(kept)
        for other in self.apart.pop(young, set()):
            self.apart[other].discard(young)
            if other != old:
                self.part(old, other)

    def part(self, one: int, two: int) -> None:
        """Nothing but a person folds these two into one."""
        self.apart.setdefault(one, set()).add(two)
        self.apart.setdefault(two, set()).add(one)

    def split(self, entry: int, id_: int) -> int:
        """Takes the entry out into a story of its own; gives its id. Later entries may follow it there."""
        alone = self.next_story
        self.next_story += 1
        story = self.shelf.get(id_) if id_ in self.shelf else None
        member = story and next((each for each in story.members if each.entry == entry), None)
        if story and member and story.size > 1:
            self.postings.drop(id_, story.release(member), self.shelf)
            made = Story(alone, member.at, member.at)
            self.postings.add(alone, made.take(member, ()))
            self.shelf.put(made)
        self.part(id_, alone)
        return alone

    def _forget(self, story: Story) -> None:
        self.postings.drop(story.id, story.total, self.shelf)
        for other in self.apart.pop(story.id, set()):
            self.apart[other].discard(story.id)
