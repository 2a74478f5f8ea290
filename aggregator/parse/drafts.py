"""feedparser's vocabulary -> Parsed. Both feed readers produce it: feed.py and the package fast."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from aggregator.model import Document, Draft, Enclosure, Episode, Hub, Parsed, Rhythm, Transcript
from aggregator.text.dates import parse_date
from aggregator.text.html import one_line, title_text
from aggregator.text.urls import web_link

Tree = dict[str, Any]
# The base URL both readers start from. Not the document's URL: links and ids stay as written, so that ids
# survive a move of the feed. Not empty: feedparser would let an inner xml:base leak out of its element.
HERE = "."
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}  # hours
_VERSION = re.compile(r"([a-z]+)(\d)(\d*)(u|n)?")
_DURATION = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.\d*)?", re.ASCII)
_SKIP = re.compile(rb"<skip(Hours|Days)>(.{0,2000}?)</skip\1>", re.DOTALL)
_HEAD = 50_000  # bytes in which skipHours and skipDays are searched
_SKIPPED = re.compile(rb"<(?:hour|day)>\s*([0-9a-z]+)\s*<", re.IGNORECASE)
_DAYS = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")


def parsed_feed(
    document: Document, version: str, feed: Tree, entries: list[Tree], notes: tuple[str, ...]
) -> Parsed:
    language = one_line(_text(feed, "language"))
    return Parsed(
        format=_VERSION.sub(r"\1 \2.\3", version),
        drafts=tuple(_draft(entry, language) for entry in entries),
        title=title_text(_text(feed, "title"), _text(_map(feed, "title_detail"), "type")),
        url=web_link(_text(feed, "link"), document.url),
        language=language,
        rhythm=_rhythm(feed, document.body),
        notes=notes,
        hub=Hub(*(_linked(feed, rel, document.url) for rel in ("hub", "self"))),
    )


def _draft(entry: Tree, language: str) -> Draft:
    summary, details = _text(entry, "summary"), _map(entry, "summary_detail")
    content = next((part for part in _maps(entry, "content") if _text(part, "value")), {})
    body = _text(content, "value")
    base = _text(content, "base") or _text(details, "base") or _text(_map(entry, "title_detail"), "base")
    return Draft(
        uid=_text(entry, "id"),
        title=_text(entry, "title"),
        title_type=_text(_map(entry, "title_detail"), "type") or "text/html",
        url=_link(entry),
        summary="" if summary == body else summary,
        summary_type=_text(details, "type") or "text/html",
        body=body,
        body_type=_text(content, "type") or "text/html",
        base="" if base == HERE else base,
        authors=_authors(entry),
        tags=tuple(_text(tag, "term") or _text(tag, "label") for tag in _maps(entry, "tags")),
        published=parse_date(_text(entry, "published")) or parse_date(_text(entry, "created")),
        updated=parse_date(_text(entry, "updated")),
        image=_image(entry),
        enclosures=_enclosures(entry),
        episode=_episode(entry),
        language=_text(content, "language") or _text(details, "language") or language,
        comments=_text(entry, "comments"),
        via_title=_text(_map(entry, "source"), "title"),
        via_url=_text(_map(entry, "source"), "link") or _text(_map(entry, "source"), "href"),
    )


def _link(entry: Tree) -> str:
    if link := _text(entry, "link"):
        return link
    links = [link for link in _maps(entry, "links") if _text(link, "rel") in {"alternate", ""}]
    return next((href for link in links if (href := _text(link, "href"))), "")


def _linked(feed: Tree, rel: str, base: str) -> str:
    """Returns the first valid link with this `rel`, or ""."""
    links = (_text(link, "href") for link in _maps(feed, "links") if _text(link, "rel") == rel)
    return next((url for link in links if (url := web_link(link, base))), "")


def _authors(entry: Tree) -> tuple[str, ...]:
    names = [_text(author, "name") or _text(author, "email") for author in _maps(entry, "authors")]
    return tuple(name for name in names if name) or (
        (_text(entry, "author"),) if _text(entry, "author") else ()
    )


def _image(entry: Tree) -> str:
    thumbs = [_text(thumb, "url") for thumb in _maps(entry, "media_thumbnail")]
    media = [_text(part, "url") for part in _maps(entry, "media_content") if _is_picture(part)]
    files = [_text(part, "href") for part in _attached(entry) if _is_picture(part)]
    return next((url for url in [_text(_map(entry, "image"), "href"), *media, *thumbs, *files] if url), "")


def _is_picture(part: Tree) -> bool:
    return _text(part, "medium") == "image" or _text(part, "type").startswith("image/")


def _attached(entry: Tree) -> list[Tree]:
    return [link for link in _maps(entry, "links") if _text(link, "rel") == "enclosure"]


def _enclosures(entry: Tree) -> tuple[Enclosure, ...]:
    found = [(_text(link, "href"), link, "length") for link in _attached(entry)]
    found += [
        (_text(part, "url"), part, "filesize")
        for part in _maps(entry, "media_content")
        if not _is_picture(part)
    ]
    return tuple(
        Enclosure(url, _text(part, "type"), _number(_text(part, size))) for url, part, size in found if url
    )


def _episode(entry: Tree) -> Episode:
    files = [_number(_text(part, "duration")) for part in _maps(entry, "media_content")]
    chapters = (_text(each, "url") for each in _maps(entry, "podcast_chapters"))
    return Episode(
        seconds=seconds_of(_text(entry, "itunes_duration")) or next(filter(None, files), 0),
        number=_number(_text(entry, "itunes_episode")),
        season=_number(_text(entry, "itunes_season")),
        chapters=next(filter(None, chapters), ""),
        transcripts=tuple(
            Transcript(url, _text(each, "type"), _text(each, "language"))
            for each in _maps(entry, "podcast_transcript")
            if (url := _text(each, "url"))
        ),
    )


def seconds_of(duration: str) -> int:
    """Of "1:02:03", "62:03", "3723" or "3723.5", as podcasts write it; 0 for anything else."""
    found = _DURATION.fullmatch(duration)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _rhythm(feed: Tree, body: bytes) -> Rhythm:
    """Reads skipHours and skipDays from the bytes: feedparser keeps only the last one."""
    ttl = timedelta(minutes=_number(_text(feed, "ttl")))
    period = _PERIODS.get(_text(feed, "sy_updateperiod").lower(), 0)
    often = timedelta(hours=period) / max(1, _number(_text(feed, "sy_updatefrequency")))
    hours, days = set(), set()
    for skip in _SKIP.finditer(body[:_HEAD]):
        for word in _SKIPPED.findall(skip[2]):
            if word.isdigit() and int(word) <= 24:
                hours.add(int(word) % 24)
            elif word.lower() in _DAYS:
                days.add(_DAYS.index(word.lower()))
    return Rhythm(max(ttl, often) or None, tuple(sorted(hours)), tuple(sorted(days)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0


_GET = dict.get
_NOTHING: Tree = {}


def _text(holder: Tree, key: str) -> str:
    """Uses dict.get, because FeedParserDict.get substitutes "published" for a missing "updated"."""
    value = _GET(holder, key)
    if value is None:  # asked for twenty times per entry, and mostly missing
        return ""
    return value.strip() if isinstance(value, str) else ""


def _map(holder: Tree, key: str) -> Tree:
    """Checks the type: a document can put an element of its own where feedparser expects a structure."""
    value = _GET(holder, key)
    return value if isinstance(value, dict) else _NOTHING


def _maps(holder: Tree, key: str) -> list[Tree]:
    value = _GET(holder, key)
    if value is None:
        return []
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
