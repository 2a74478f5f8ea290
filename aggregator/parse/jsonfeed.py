"""JSON Feed 1.0 and 1.1, https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from aggregator.model import Document, Draft, Enclosure, Episode, Hub, Limits, Parsed, Transcript
from aggregator.text.dates import parse_date
from aggregator.text.html import one_line
from aggregator.text.urls import web_link

_WEBSUB = ("websub", "pubsubhubbub")
_OWN = {"content_html", "content_text", "date_published"}  # names that only items of JSON Feeds have
_MARKS = b"\xef\xbb\xbf\xff\xfe\xfe\xff\x00 \t\r\n"


def starts_json(body: bytes) -> bool:
    return body[:100].lstrip(_MARKS)[:1] == b"{"


def read_json_feed(document: Document, limits: Limits) -> Parsed | None:
    """None when it is another kind of JSON, or not JSON."""
    try:
        feed = json.loads(document.body.lstrip(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict):
        return None
    version = _text(feed, "version")
    items = feed.get("items")
    if "jsonfeed.org" not in version and not _has_items(feed):
        return None
    notes = () if "jsonfeed.org" in version else ("JSON without the version of JSON Feed",)
    language = one_line(_text(feed, "language"))
    authors = tuple(_authors(feed))
    drafts = (draft for item in _dicts(items) for draft in _drafts(item, authors, document.url, language))
    return Parsed(
        format=f"json feed {'1.1' if version.endswith('1.1') else '1.0'}",
        drafts=tuple(islice(drafts, limits.entries + 1)),
        title=one_line(_text(feed, "title")),
        url=web_link(_text(feed, "home_page_url"), document.url),
        language=language,
        notes=notes,
        hub=_hub(feed, document.url),
    )


def _has_items(feed: dict[str, Any]) -> bool:
    """Of a feed that breaks off, title and version may be lost: they may follow the items."""
    items = feed.get("items")
    return isinstance(items, list) and (
        "title" in feed or any(_OWN & item.keys() for item in _dicts(items)[:1])
    )


def _hub(feed: dict[str, Any], base: str) -> Hub:
    """JSON Feed does not fix the names of protocols; WebSub used to be called PubSubHubbub."""
    hubs = [hub for hub in _dicts(feed.get("hubs")) if _text(hub, "type").lower() in _WEBSUB]
    urls = (web_link(_text(hub, "url"), base) for hub in hubs)
    return Hub(next(filter(None, urls), ""), web_link(_text(feed, "feed_url"), base))


def _drafts(item: dict[str, Any], authors: tuple[str, ...], base: str, language: str) -> Iterator[Draft]:
    """The item itself, and the other reports that a feed made by this program lists in it.

    JSON Feed has no field for an item's origin; these feeds use the extension `_story`.
    """
    given = item.get("_story")
    story = given if isinstance(given, dict) else {}
    reports = _dicts(story.get("reports"))
    whole = _draft(item, reports[0] if reports else {}, authors, base, language)
    if not reports:
        yield whole
        return
    length = story.get("text_length")
    own = whole.body[:length] if isinstance(length, int) and length >= 0 else whole.body
    listed = {id: each for each in reversed(reports[1:]) if (id := _text(each, "id"))}
    # A story may have the id of a report that does not lead it: then the lead goes by its own.
    uid = (_text(reports[0], "id") if whole.uid in listed else "") or whole.uid
    yield replace(whole, uid=uid, body=own, upstream=whole.uid)
    for id, report in reversed(listed.items()):
        if id != uid:
            yield _listed(report, whole.uid, base)


def _listed(report: dict[str, Any], story: str, base: str) -> Draft:
    """A report without its text."""
    return Draft(
        uid=_text(report, "id"),
        title=_text(report, "title"),
        title_type="text/plain",
        url=_text(report, "url"),
        base=base,
        published=parse_date(_text(report, "date_published")),
        language=_text(report, "language"),
        via_title=_text(report, "source"),
        via_url=_text(report, "source_url"),
        upstream=story,
        text_key=_text(report, "text_key"),
    )


def _draft(
    item: dict[str, Any], lead: dict[str, Any], authors: tuple[str, ...], base: str, language: str
) -> Draft:
    """`lead`: the report in `_story`. The item's `url` may be a page about it."""
    html, text = _text(item, "content_html"), _text(item, "content_text")
    summary = _text(item, "summary")
    return Draft(
        uid=_text(item, "id"),
        title=_text(item, "title"),
        title_type="text/plain",
        url=_text(lead, "url") or _text(item, "url") or _text(item, "external_url"),
        summary=summary,
        summary_type="text/plain",
        body=html or text,
        body_type="text/html" if html else "text/plain",
        base=base,
        authors=tuple(_authors(item)) or authors,
        tags=tuple(tag for tag in _list(item.get("tags")) if isinstance(tag, str)),
        published=parse_date(_text(item, "date_published")),
        updated=parse_date(_text(item, "date_modified")),
        image=_text(item, "image") or _text(item, "banner_image"),
        enclosures=tuple(_enclosures(item)),
        episode=_episode(item),
        language=_text(item, "language") or language,
        via_title=_text(lead, "source"),
        via_url=_text(lead, "source_url"),
    )


def _authors(holder: dict[str, Any]) -> list[str]:
    """Version 1.1 has a list of authors, 1.0 one author."""
    authors = [*_dicts(holder.get("authors")), *_dicts([holder.get("author")])]
    return [name for author in authors if (name := _text(author, "name") or _text(author, "url"))]


def _enclosures(item: dict[str, Any]) -> Iterator[Enclosure]:
    for attachment in _dicts(item.get("attachments")):
        length = _number(attachment, "size_in_bytes")
        yield Enclosure(_text(attachment, "url"), _text(attachment, "mime_type"), length)


def _episode(item: dict[str, Any]) -> Episode:
    """JSON Feed has the duration of a file; the rest is our own extension."""
    files = [_number(each, "duration_in_seconds") for each in _dicts(item.get("attachments"))]
    story = item.get("_story")
    said = story.get("episode") if isinstance(story, dict) else None
    said = said if isinstance(said, dict) else {}
    return Episode(
        seconds=next(filter(None, files), 0),
        number=_number(said, "number"),
        season=_number(said, "season"),
        chapters=_text(said, "chapters"),
        transcripts=tuple(
            Transcript(_text(each, "url"), _text(each, "mime_type"), _text(each, "language"))
            for each in _dicts(said.get("transcripts"))
        ),
    )


def _number(holder: dict[str, Any], key: str) -> int:
    value = holder.get(key)
    return int(value) if isinstance(value, (int, float)) and 0 <= value < 1e15 else 0


def _text(holder: dict[str, Any], key: str) -> str:
    """Accepts numbers, because ids often are; any other value that is not text counts as ""."""
    value = holder.get(key)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]
