"""Adds and removes [[source]] tables of aggregator.toml as text: every other byte stays unchanged.

Edits lines instead of using tomlkit, which removes the comment above the next table together with a table
and leaves the comment above the removed one (0.15.2).
Reads each edit back with tomllib and checks that it changed exactly what was intended.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from aggregator.errors import ConfigError
from aggregator.model import Source
from aggregator.text.nearest import nearest_sources

HEADER = re.compile(r"\s*\[(?!\s*source\s*\.)")  # [source.headers] belongs to the [[source]] above it
SOURCE = re.compile(r"\s*\[\[\s*(source|\"source\"|'source')\s*\]\]\s*(#.*)?")
UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def add_sources(toml: str, sources: Sequence[Source], every: timedelta) -> str:
    """`every`: the file's default for all sources; written only where a source differs.

    Raises ConfigError: a name or an address already exists, or the file cannot be edited.
    """
    before = parsed_toml(toml)
    listed = before.get("source", [])
    for source in sources:
        refuse_twice(source, listed)
    added = "\n".join(source_table(source, every) for source in sources)
    gap = "" if not toml.strip() else "\n" if toml.endswith("\n") else "\n\n"
    wanted = listed + tomllib.loads(added).get("source", [])
    return checked(toml + gap + added, before | {"source": wanted})


def refuse_twice(source: Source, listed: list[dict[str, Any]]) -> None:
    for each in listed:
        if each.get("name") == source.name:
            raise ConfigError(f"there is already a source named {source.name!r}")
        if each.get(source.kind) == source.address:
            raise ConfigError(f"{source.address}: already subscribed as {each.get('name')!r}")


def source_table(source: Source, every: timedelta) -> str:
    lines = [
        "[[source]]",
        f"name = {toml_string(source.name)}",
        f"{source.kind} = {toml_string(source.address)}",
    ]
    if source.pattern != "*":
        lines.append(f"pattern = {toml_string(source.pattern)}")
    if source.tags:
        lines.append(f"tags = [{', '.join(map(toml_string, source.tags))}]")
    if source.every != every:
        lines.append(f"every = {toml_string(written_duration(source.every))}")
    return "\n".join(lines) + "\n"


def remove_source(toml: str, name: str) -> str:
    """Also removes comments inside its table, not those above the next. Raises ConfigError: no such name."""
    before = parsed_toml(toml)
    listed = before.get("source", [])
    number = next((n for n, each in enumerate(listed) if each.get("name") == name), None)
    if number is None:
        known = [str(each.get("name")) for each in listed]
        raise ConfigError(f"there is no source named {name!r}{nearest_sources(known, name)}")
    lines = toml.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if SOURCE.fullmatch(line.rstrip("\r\n"))]
    if len(starts) != len(listed):
        raise cannot_edit()
    start = starts[number]
    headers = (n for n in range(start + 1, len(lines)) if HEADER.match(lines[n]) and reads(lines[:n]))
    end = next(headers, len(lines))
    while end < len(lines) and end > start + 1 and comment(lines[end - 1]):
        end -= 1  # a comment above the next table belongs to that table
    left = [each for n, each in enumerate(listed) if n != number]
    after = before | {"source": left} if left else {k: v for k, v in before.items() if k != "source"}
    return checked("".join(lines[:start] + lines[end:]), after)


def comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def reads(lines: list[str]) -> bool:
    """Whether the file could end here: a bracket inside an array or a long string is not a header."""
    try:
        tomllib.loads("".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True


def parsed_toml(toml: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError as e:
        raise ConfigError(f"this is not TOML: {e}") from e


def checked(toml: str, wanted: dict[str, Any]) -> str:
    try:
        if tomllib.loads(toml) == wanted:
            return toml
    except tomllib.TOMLDecodeError as e:
        raise cannot_edit() from e
    raise cannot_edit()


def cannot_edit() -> ConfigError:
    return ConfigError("its sources are written in a way that we cannot edit: edit the file by hand")


def toml_string(value: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's, but for the DEL character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def written_duration(time: timedelta) -> str:
    seconds = int(time.total_seconds())
    unit, size = next((unit, size) for unit, size in UNITS if seconds % size == 0)
    return f"{seconds // size}{unit}"
