"""A report as we keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from aggregator.model.draft import NO_EPISODE, Enclosure, Episode


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of one source, normalised and safe."""

    source: str
    uid: str
    """The id from its source, or one that we derived and that survives editing and renaming."""
    title: str
    """Plain text."""
    url: str
    """Absolute http(s), or ""."""
    summary: str
    """Safe HTML."""
    body: str
    """Safe HTML; "" when there is nothing beyond the summary."""
    lede: str
    """Plain text: the first words, for grouping and for lists."""
    published: datetime | None
    """None when the document has no usable date: the store then uses the time of the first visit."""
    updated: datetime | None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    episode: Episode = NO_EPISODE
    language: str = ""
    comments: str = ""
    via_title: str = ""
    via_url: str = ""
    dateline: str = ""
    upstream: str = ""
    """Id of the story in which another aggregator lists it; "" otherwise."""
    digest: str = ""
    """Digest of all fields above: equal digest, equal entry."""
    page: str = ""
    """The canonical url, without trackers and the like; equal page, same report."""
    fingerprint: str = ""
    """Fingerprint of title and text; "" when there is too little text."""
    article: Literal["", "text", "none"] = ""
    """What its page gave: `body`, or nothing to use; "" if it was not asked. Not part of the digest."""
    dated: bool = True
    """Whether `published` says when it was written; False when a build gave all entries of the document one
    date. Such a date still orders entries, but is no evidence."""
