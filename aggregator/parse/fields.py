"""Reads the fields of front matter, however their names and their null values are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from aggregator.text.dates import parse_date

_NOTHING = {"", "~", "null", "Null", "NULL"}  # null in YAML 1.2; TOML has none, so people quote it
NO = {"false", "no", "off", "0"}
YES = {"true", "yes", "on", "1"}
_INSIDE = ("name", "title", "path", "url", "src")  # keys to use when an author, tag or picture is a map
_JOINTS = re.compile(r"[\s_.:-]+")
_ZONE_NAME = re.compile(r"(?<=\d)\s*(?:\([^()]*\)|\[[^\[\]]*\])\Z")  # after the offset: JavaScript, RFC 9557
_WRAPPED = "[]\"' "  # Obsidian links its dates: [[2026-11-03]]


class Fields:
    """`pubDate`, `pub_date`, "Pub date" and `pub-date` are the same name: pubdate."""

    def __init__(self, front: Mapping[str, Any]) -> None:
        self.values: dict[str, Any] = {}
        for key, value in front.items():
            if not is_nothing(value):
                self.values.setdefault(_JOINTS.sub("", str(key)).lower(), value)

    def text(self, *names: str) -> str:
        """The first non-empty text among these fields, else ""."""
        return next((text for name in names if (text := _text(self.values.get(name)))), "")

    def list(self, name: str, between: str) -> tuple[str, ...]:
        """A list, or one text split at the regular expression `between`."""
        value = self.values.get(name)
        if isinstance(value, list):
            return tuple(text for item in value if (text := _text(item)))
        parts = (part.strip() for part in re.split(between, _text(value)))
        return tuple(part for part in parts if part not in _NOTHING)

    def words(self, name: str) -> tuple[str, ...]:
        """Jekyll reads `tags: a b` as two. If there are commas, only they separate. Obsidian writes #tag."""
        between = r"," if "," in _text(self.values.get(name)) else r"\s+"
        return tuple(word for part in self.list(name, between) if (word := part.removeprefix("#")))

    def date(self, names: Iterable[str]) -> datetime | None:
        """The first date among these fields that we understand."""
        return next((stamp for name in names if (stamp := _date(self.values.get(name)))), None)

    def no_date(self, names: Iterable[str]) -> str:
        """The first of these fields whose text is neither a date nor yes or no, else ""."""
        said = (_stamp(self.values.get(name)) for name in names)
        return next(
            (text for text in said if text and text.lower() not in NO | YES and not parse_date(text)), ""
        )

    def says(self, name: str, words: set[str]) -> bool:
        return str(self.values.get(name, "")).strip().lower() in words


def is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip() in _NOTHING)


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return next((text for name in _INSIDE if (text := _text(value.get(name)))), "")
    if isinstance(value, bool) or not isinstance(value, (str, int, float, date)) or is_nothing(value):
        return ""
    return str(value).strip()


def _stamp(value: Any) -> str:
    """A date as written: text, a TOML time, or a [[link]] to a day, which YAML reads as nested lists."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    text = value.isoformat() if isinstance(value, date) else _text(value)
    return _ZONE_NAME.sub("", text).strip(_WRAPPED)


def _date(value: Any) -> datetime | None:
    return parse_date(_stamp(value))
