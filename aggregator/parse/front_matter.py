"""Front matter: fields before a post, in YAML, TOML or JSON, even broken. Only this file imports PyYAML."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

_YAML = re.compile(r"\s*---(?:ya?ml)?[ \t]*\n(?:(.*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(?:(.*?)\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_NAMED = re.compile(r"\s*---(toml|json)[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
# As Pelican, MultiMarkdown and Hexo have it: fields without an opening line, up to an empty one or a rule.
_HEADER = re.compile(
    r"\s*((?:[A-Za-z][\w-]*[ \t]*:[^\n]*(?:\n|\Z)(?:[ \t]+\S[^\n]*(?:\n|\Z))*)+)(?:---[ \t]*(?:\n|\Z)|\n|\Z)"
)
# Without a closing line: as long as the lines look like fields, and one of them is the title.
_FIELD = r"[A-Za-z_][\w-]*[ \t]*[:=][^\n]*(?:\n|\Z)(?:(?:[ \t]+|- )\S[^\n]*(?:\n|\Z))*"
_ENDLESS = re.compile(rf"\s*(?:---|\+\+\+)[ \t]*\n((?:(?!title){_FIELD})*(?=title){_FIELD}(?:{_FIELD})*)")
_OBJECT = re.compile(r"\s*(\{\s*\"[\w-]+\"\s*:.*?\})[ \t]*+(?:\n[ \t]*\n|\s*\Z)", re.DOTALL)
_PAIR = re.compile(r'"([\w-]+)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_LINE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(\S.*)")
_SYNTAX = ("!", "&", "*", "{", "|", ">", "%")  # values in broken YAML that begin so are not text
MAX_FRONT = 64_000  # characters of front matter
_WINDOW = MAX_FRONT + 10
MAX_DOTS = 2_000  # in front matter: tomllib takes quadratic time for the parts of a dotted key


@dataclass(frozen=True, slots=True)
class Front:
    fields: Mapping[str, Any]
    end: int
    """Index where the text begins."""
    notes: tuple[str, ...] = ()
    """Descriptions of what was broken, for people."""


class _Plain(yaml.SafeLoader):
    """Keeps every scalar as text and rejects aliases: a few lines of them can expand to gigabytes."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not supported")
        return super().compose_node(parent, index)


def has_front(text: str) -> bool:
    """Cheap: does not parse the fields, except in JSON."""
    head = text[:_WINDOW]
    starts = (_YAML, _TOML, _NAMED, _ENDLESS)
    return any(start.match(head) for start in starts) or (_header(head) or _json(text)) is not None


def front_of(text: str) -> Front | None:
    """None when the text begins with something else."""
    head = text[:_WINDOW]
    if match := _YAML.match(head):
        return _yaml(match[1] or "", match.end())
    if match := _TOML.match(head):
        return _toml(match[1] or "", match.end())
    if match := _NAMED.match(head):
        return (_toml if match[1] == "toml" else _object)(match[2], match.end())
    if match := _ENDLESS.match(head):
        return Front(_by_line(match[1]), match.end(), ("front matter is not closed; read line by line",))
    return _header(head) or _json(text)


def _header(head: str) -> Front | None:
    """Only with a title and a date: any text may begin with a colon in its first line."""
    match = _HEADER.match(head)
    fields = _by_line(match[1]) if match else {}
    return Front(fields, match.end()) if match and {"title", "date"} <= {*map(str.lower, fields)} else None


def _yaml(text: str, end: int) -> Front:
    loader = _Plain(text)
    try:
        fields = loader.get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        return Front(_by_line(text), end, (_broken("YAML", _yaml_fault(fault)),))
    finally:
        loader.dispose()
    if isinstance(fields, dict):
        return Front(fields, end)
    return Front({}, end, ("front matter has no fields",) if text.strip() else ())


def _yaml_fault(fault: Exception) -> object:
    """Without the name that PyYAML gives to a text, and the line once more."""
    mark = getattr(fault, "problem_mark", None)
    if mark is None:
        return fault
    return f"line {mark.line + 2}: {getattr(fault, 'problem', '')}"  # the first one is "---"


def _toml(text: str, end: int) -> Front:
    try:
        if text.count(".") > MAX_DOTS:
            raise tomllib.TOMLDecodeError("too many dots")
        return Front(tomllib.loads(text), end)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        return Front(_by_line(text), end, (_broken("TOML", fault),))


def _object(text: str, end: int) -> Front:
    try:
        fields = json.loads(text)
        return Front(fields if isinstance(fields, dict) else {}, end)
    except (ValueError, RecursionError) as fault:
        return Front(dict(_PAIR.findall(text)), end, (_broken("JSON", fault),))


def _json(text: str) -> Front | None:
    """Accepts an object followed by text or with a title, not every JSON document."""
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] != "{":
        return None
    try:
        fields, end = json.JSONDecoder().raw_decode(text, start)
        return Front(fields, end) if text[end:].strip() or "title" in fields else None
    except (ValueError, RecursionError) as fault:
        match = _OBJECT.match(text[:_WINDOW])
        return Front(dict(_PAIR.findall(match[1])), match.end(), (_broken("JSON", fault),)) if match else None


def _broken(kind: str, fault: object) -> str:
    return f"front matter is not valid {kind}; read line by line: {' '.join(str(fault).split())[:120]}"


def _by_line(text: str) -> Mapping[str, Any]:
    """Recovers what it can from broken front matter, such as a title with an unquoted colon."""
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    pairs = ((match[1], match[2].strip().strip("\"'")) for match in found if match)
    return {key: value for key, value in pairs if not value.startswith(_SYNTAX)}
