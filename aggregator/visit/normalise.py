"""Draft -> Entry: gaps filled, links absolute, text safe, dates sane. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from aggregator.model import NO_EPISODE, Draft, Enclosure, Entry, Episode, Transcript
from aggregator.text.dateline import split_dateline
from aggregator.text.html import first_words, one_line, safe_html, safe_text, title_text
from aggregator.text.urls import web_link

SKEW = timedelta(hours=24)  # a publisher's clock or zone may be off by a day; dates beyond are invalid
FIRST_YEAR = 1900  # earlier dates are placeholders, such as 0001-01-01
LEDE_WORDS = 100
LEDE_HTML = 3_000  # characters of markup in which we look for them
MAX_UID, MAX_TITLE, MAX_BODY, MAX_WORD = 1000, 500, 500_000, 200  # characters
KEY = re.compile("[0-9a-f]{24}")  # a fingerprint of stories/terms.py
MAX_TAGS, MAX_AUTHORS, MAX_ENCLOSURES = 30, 20, 20


def normalise(draft: Draft, *, source: str, base: str = "", language: str = "", now: datetime) -> Entry:
    """`base` and `language`: defaults for what the draft does not say."""
    base = web_link(draft.base, base) or web_link(base)
    summary = _html(draft.summary, draft.summary_type, base)
    body = _html(draft.body, draft.body_type, base)
    summary, body = (summary or body), (body if summary and body != summary else "")
    text = first_words((body or summary)[:LEDE_HTML], LEDE_WORDS + 12)
    dateline, lede = split_dateline(text[: LEDE_WORDS * 15])
    published = publication(draft, now)
    title = _cut(title_text(draft.title[: 4 * MAX_TITLE], draft.title_type), MAX_TITLE)
    url = web_link(draft.url, base)
    values: dict[str, Any] = {
        "source": source,
        "uid": _short(one_line(draft.uid)) or url or made_uid(title, draft.published, lede),
        "title": title or _cut(lede, 80),
        "url": url,
        "summary": summary,
        "body": body,
        "lede": lede,
        "published": published,
        "updated": sane(draft.updated, now),
        "authors": _lines(draft.authors, MAX_AUTHORS),
        "tags": _lines(draft.tags, MAX_TAGS),
        "image": web_link(draft.image, base),
        "enclosures": _enclosures(draft.enclosures, base),
        "language": one_line((draft.language or language)[:MAX_WORD])[:35],
        "comments": web_link(draft.comments, base),
        "via_title": _cut(title_text(draft.via_title[: 4 * MAX_TITLE]), MAX_TITLE),
        "via_url": web_link(draft.via_url, base),
        "dateline": one_line(draft.dateline[:MAX_TITLE]) or dateline,
    }
    # Hash the dates as published: a date in the future becomes `now`, but must not be an edit at every visit.
    told = {**values, "published": draft.published, "updated": draft.updated}
    if draft.episode != NO_EPISODE:  # whatever else is without it keeps the digest that it had
        values["episode"] = told["episode"] = _episode(draft.episode, base)
    if upstream := _short(one_line(draft.upstream)):
        values["upstream"] = told["upstream"] = upstream
    key = draft.text_key if KEY.fullmatch(draft.text_key) else ""
    digest = _hash(*map(_written, told.values()))
    return Entry(**values, dated=draft.dated, digest=digest, fingerprint=key)


def publication(draft: Draft, now: datetime) -> datetime | None:
    return sane(draft.published, now) or sane(draft.updated, now)


def made_uid(title: str, published: datetime | None, text: str) -> str:
    """An id for an entry that has neither id nor link."""
    stamp = published.isoformat() if published else ""
    return f"hash:{_hash(title, stamp, ' '.join(text.split()[:12]))}"


def _short(uid: str) -> str:
    return uid if len(uid) <= MAX_UID else f"hash:{_hash(uid)}"


def _written(value: object) -> str:
    """A text that is the same in every process and on every machine."""
    return value if isinstance(value, str) else repr(value)


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _html(text: str, kind: str, base: str) -> str:
    if not text:
        return ""
    return safe_text(text[:MAX_BODY]) if kind == "text/plain" else safe_html(text[:MAX_BODY], base)


def sane(stamp: datetime | None, now: datetime) -> datetime | None:
    """A date up to a day ahead becomes `now`; later ones, and those before FIRST_YEAR, become None."""
    if stamp is None or stamp.year < FIRST_YEAR or stamp > now + SKEW:
        return None
    return min(stamp, now)


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return (
        text[: length - 1].rpartition(" ")[0].rstrip(" ,.;:-") + "…"
        if " " in text[: length - 1]
        else text[:length]
    )


def _lines(texts: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Plain texts without repeats, in the order of the document; reads only the beginning of long lists."""
    kept = dict.fromkeys(one_line(text[: 4 * MAX_WORD])[:MAX_WORD] for text in texts[: 10 * most])
    kept.pop("", None)
    return tuple(kept)[:most]


def _episode(episode: Episode, base: str) -> Episode:
    read = (
        Transcript(web_link(each.url, base), one_line(each.type[:MAX_WORD]), one_line(each.language)[:35])
        for each in episode.transcripts[:MAX_ENCLOSURES]
    )
    return replace(
        episode,
        chapters=web_link(episode.chapters, base),
        transcripts=tuple(each for each in read if each.url),
    )


def _enclosures(enclosures: tuple[Enclosure, ...], base: str) -> tuple[Enclosure, ...]:
    kept = {}
    for enclosure in enclosures[: 10 * MAX_ENCLOSURES]:
        url = web_link(enclosure.url, base)
        if url and url not in kept:
            kept[url] = Enclosure(url, one_line(enclosure.type[:MAX_WORD]), enclosure.length)
    return tuple(kept.values())[:MAX_ENCLOSURES]
