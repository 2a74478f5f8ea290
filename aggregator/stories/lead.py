"""Which of a story's reports leads it, and how many publishers tell it (pure)."""

from dataclasses import dataclass

from aggregator.text.domains import house

STEP, FULL = 1000, 3000  # characters: texts count as equally full within a step, and from there on


@dataclass(frozen=True, slots=True)
class LeadCandidate:
    """What is asked of a report."""

    entry: int
    source: str
    uid: str
    published: str
    length: int
    """Characters of its text."""
    page: str
    via_title: str
    via_url: str
    addresses: tuple[str, ...]
    """Of the source: its feed and its page for people; none of a local one."""
    priority: int = 0

    @property
    def houses(self) -> set[str]:
        return {house(address) for address in self.addresses} - {""}

    @property
    def copy(self) -> bool:
        """Whether its source tells what another one wrote: it says so, or the page is on another's site."""
        if not self.addresses:
            return False
        if self.via_url:
            return house(self.via_url) not in self.houses
        return bool(self.via_title) or house(self.page) not in {"", *self.houses}

    @property
    def publisher(self) -> str:
        return publisher(self.source, self.addresses, self.page, self.via_url)


def publisher(source: str, addresses: tuple[str, ...], page: str, via_url: str) -> str:
    """Who wrote it: of a copy the original's publisher, whose page it links to; a folder is nobody else's."""
    told = (via_url, page, *addresses) if addresses else ()
    return next(filter(None, map(house, told)), f"source {source}")


def lead(candidates: list[LeadCandidate]) -> LeadCandidate:
    """Originals before copies, then by the source's priority, then the fullest; of equals the earliest."""

    def rank(each: LeadCandidate) -> tuple[object, ...]:
        fullness = min(each.length, FULL) // STEP
        return each.copy, -each.priority, -fullness, each.published, each.source, each.uid

    return min(candidates, key=rank)
