"""Jekyll and Hugo posts: front matter, then Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aggregator.clean import one_line
from aggregator.model import Document, Draft, Limits, Parsed
from aggregator.parse.front import front_of
from aggregator.parse.markdown import markdown_html
from aggregator.parse.plain import decode, text_uid
from aggregator.times import parse_date

_FILE_DATE = re.compile(r"(?:.*/)?(\d{4}-\d\d-\d\d)-")
MAX_MARKDOWN = 500_000  # characters


def read_post(document: Document, _limits: Limits) -> Parsed:
    """Of a document that begins with front matter."""
    text = decode(document)
    front = front_of(text)
    if front is None:
        return Parsed("jekyll")
    body, notes, fields = text[front.end :], [*front.notes], front.fields
    if len(body) > MAX_MARKDOWN:
        notes.append(f"only the first {MAX_MARKDOWN} characters are taken")
        body = body[:MAX_MARKDOWN]
    if _flag(fields, "draft", False) or not _flag(fields, "published", True):
        return Parsed("jekyll", notes=(*notes, "not published: it is a draft"))
    if _text(fields, "date") and _date(fields, "date") is None:
        notes.append(f"the date is not understood: {_text(fields, 'date')[:60]}")
    title = one_line(_text(fields, "title"))
    return Parsed("jekyll", (_draft(document, fields, body),), title=title, notes=tuple(notes))


def _draft(document: Document, front: Mapping[str, Any], body: str) -> Draft:
    title = _text(front, "title") or _first_heading(body)
    stamp = _date(front, "date")
    named = _FILE_DATE.match(document.name)
    link = next(
        (link for key in ("link", "url", "permalink", "canonical_url") if (link := _text(front, key))), ""
    )
    mark = _text(front, "id") or _text(front, "guid") or (link if "://" in link else "")
    fallback = parse_date(named[1]) if named else document.modified
    return Draft(
        uid=document.uid or mark or text_uid(title, stamp, body),
        title=title,
        title_type="text/plain",
        url=link,
        summary=_text(front, "excerpt") or _text(front, "description") or _text(front, "summary"),
        body=markdown_html(body),
        authors=_list(front, "author") or _list(front, "authors"),
        tags=_list(front, "categories") + _list(front, "category") + _list(front, "tags"),
        published=stamp or (fallback.astimezone(UTC) if fallback else None),
        updated=_date(front, "last_modified_at") or _date(front, "lastmod") or _date(front, "updated"),
        image=_text(front, "image"),
        language=_text(front, "lang") or _text(front, "language"),
    )


def _first_heading(body: str) -> str:
    line = next((line for line in body.splitlines() if line.strip()), "")
    return line.strip().lstrip("#").strip()


def _text(front: Mapping[str, Any], key: str) -> str:
    value = front.get(key)
    if isinstance(value, dict):
        value = next((value[name] for name in ("name", "path", "url", "src") if name in value), "")
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _list(front: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = front.get(key)
    if isinstance(value, list):
        return tuple(text for item in value if (text := _text({key: item}, key)))
    text = _text(front, key)
    return tuple(part.strip() for part in text.split(",")) if text else ()


def _date(front: Mapping[str, Any], key: str) -> datetime | None:
    value = front.get(key)
    return parse_date(value.isoformat() if hasattr(value, "isoformat") else str(value)) if value else None


def _flag(front: Mapping[str, Any], key: str, default: bool) -> bool:
    value = str(front.get(key, default)).lower()
    return value in {"true", "yes", "on", "1"}
