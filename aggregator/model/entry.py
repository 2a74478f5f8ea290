"""What we keep of a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aggregator.model.draft import Enclosure


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of one source, complete, safe and plain."""

    source: str
    uid: str
    """The id its source gives it, or one we made that survives editing and renaming."""
    title: str
    """Plain text."""
    url: str
    """Absolute http(s), or ""."""
    summary: str
    """Safe HTML."""
    body: str
    """Safe HTML, "" when there is no more than the summary."""
    lede: str
    """Plain text: the first words, for grouping and for lists."""
    published: datetime | None
    """None when the document gives no usable date: the store then takes the time of the first visit."""
    updated: datetime | None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    language: str = ""
    comments: str = ""
    via_title: str = ""
    via_url: str = ""
    dateline: str = ""
    digest: str = ""
    """Of all fields above: equal digest, equal entry."""
    page: str = ""
    """The url without what does not tell pages apart; equal page, same report."""
    fingerprint: str = ""
    """Of title and text; "" where there is too little text to tell."""
    dated: bool = True
    """Whether `published` says when it was written: not so when a build gave every entry of the document
    one date. It then orders, but proves nothing."""
