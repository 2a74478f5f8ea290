"""Jekyll and Hugo posts: front matter in YAML, TOML or JSON, then Markdown. The door of PyYAML."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import yaml

from aggregator.model import Document, Draft, Limits, Parsed
from aggregator.parse.markdown import markdown_html
from aggregator.parse.plain import decode, text_uid
from aggregator.times import parse_date

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"([A-Za-z_][\w-]*):[ \t]+(\S.*)")
_FILE_DATE = re.compile(r"(?:.*/)?(\d{4}-\d\d-\d\d)-")
MAX_FRONT = 64_000  # characters of front matter
_WINDOW = MAX_FRONT + 10
MAX_DOTS = 2_000  # in front matter: tomllib takes time of the square of the parts of a dotted key
MAX_MARKDOWN = 500_000  # characters


class _Plain(yaml.SafeLoader):
    """Every scalar stays text, and there are no aliases: a few lines of them can unfold to gigabytes."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def starts_post(text: str) -> bool:
    return bool(_YAML.match(text[:_WINDOW]) or _TOML.match(text[:_WINDOW])) or _json(text) is not None


def read_post(document: Document, _limits: Limits) -> Parsed:
    """Of a document that starts_post."""
    front, body, notes = _split(decode(document)) or ({}, "", [])
    if len(body) > MAX_MARKDOWN:
        notes = [*notes, f"only the first {MAX_MARKDOWN} characters are taken"]
        body = body[:MAX_MARKDOWN]
    if _flag(front, "draft", False) or not _flag(front, "published", True):
        return Parsed("jekyll", notes=(*notes, f"{document.name}: not published: it is a draft"))
    return Parsed("jekyll", (_draft(document, front, body),), title=_text(front, "title"), notes=tuple(notes))


def _split(text: str) -> tuple[Mapping[str, Any], str, list[str]] | None:
    """(front matter, body, repairs), or None when the text begins otherwise."""
    if match := _YAML.match(text[:_WINDOW]):
        front, notes = _yaml(match[1])
        return front, text[match.end() :], notes
    if match := _TOML.match(text[:_WINDOW]):
        try:
            if match[1].count(".") > MAX_DOTS:
                raise tomllib.TOMLDecodeError("too many dots")
            return tomllib.loads(match[1]), text[match.end() :], []
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            return (
                _by_line(match[1].replace(" = ", ": ")),
                text[match.end() :],
                [f"front matter is no TOML: {fault}"],
            )
    found = _json(text)
    return (*found, []) if found else None


def _json(text: str) -> tuple[Mapping[str, Any], str] | None:
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] != "{":
        return None
    try:
        front, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return (front, text[end:]) if isinstance(front, dict) else None


def _yaml(text: str) -> tuple[Mapping[str, Any], list[str]]:
    loader = _Plain(text)
    try:
        front = loader.get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        reason = " ".join(str(fault).split())[:120]
        return _by_line(text), [f"front matter is no YAML, read line by line: {reason}"]
    finally:
        loader.dispose()
    return (
        (front, [])
        if isinstance(front, dict)
        else ({}, ["front matter holds no fields"] if text.strip() else [])
    )


def _by_line(text: str) -> Mapping[str, Any]:
    """What can be saved of broken YAML, such as an unquoted colon in a title."""
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return {match[1]: match[2].strip().strip("\"'") for match in found if match}


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
