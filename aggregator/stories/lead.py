"""Decides which report leads a story and who published each (pure)."""

from dataclasses import dataclass

from aggregator.text.domains import publisher_name_of

STEP, FULL = 1000, 3000  # characters: texts within one step, and all from FULL on, count as equally full


@dataclass(frozen=True, slots=True)
class LeadCandidate:
    """The facts by which a story's reports are ranked."""

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
    """The addresses of the source's feed and web page; none for a local source."""
    priority: int = 0

    @property
    def houses(self) -> set[str]:
        return {publisher_name_of(address) for address in self.addresses} - {""}

    @property
    def copy(self) -> bool:
        """Whether its source relays another's report: it says so, or the page is on another site."""
        if not self.addresses:
            return False
        if self.via_url:
            return publisher_name_of(self.via_url) not in self.houses
        return bool(self.via_title) or publisher_name_of(self.page) not in {"", *self.houses}

    @property
    def publisher(self) -> str:
        return publisher(self.source, self.addresses, self.page, self.via_url)


def publisher(source: str, addresses: tuple[str, ...], page: str, via_url: str) -> str:
    """The site that published it; for a copy, that of the original; for local files, the source."""
    links = (via_url, page, *addresses) if addresses else ()
    return next(filter(None, map(publisher_name_of, links)), f"source {source}")


def lead(candidates: list[LeadCandidate]) -> LeadCandidate:
    """Prefers originals to copies, then the source's priority, then the fullest text, then the earliest."""

    def rank(each: LeadCandidate) -> tuple[object, ...]:
        fullness = min(each.length, FULL) // STEP
        # A report without any text, as another aggregator lists it, leads only where none has one.
        return each.copy, -each.priority, not each.length, -fullness, each.published, each.source, each.uid

    return min(candidates, key=rank)
