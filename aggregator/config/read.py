"""aggregator.toml -> Config. One reading finds every fault, each with its key and the nearest known name.

Our own reader, because the validation library we tried costs 20 MB of memory to read one small file.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

from aggregator.config.keys import Config, Feed, Fetch, Publish, Serve, StoreAt, Stories
from aggregator.config.values import READERS
from aggregator.errors import ConfigError
from aggregator.model import Kind, Source

SECTIONS: dict[str, Any] = {
    "feed": Feed,
    "store": StoreAt,
    "publish": Publish,
    "fetch": Fetch,
    "stories": Stories,
    "serve": Serve,
}
SOURCE_KEYS: dict[str, Any] = {
    "name": str,
    "url": str,
    "file": str,
    "folder": str,
    "pattern": str,
    "tags": tuple[str, ...],
    "every": timedelta,
}
KINDS: tuple[Kind, ...] = ("url", "file", "folder")
RANGES = {
    ("feed", "items"): (1, 10_000),
    ("fetch", "workers"): (1, 500),
    ("fetch", "every"): (timedelta(minutes=1), timedelta(days=31)),
    ("fetch", "timeout"): (timedelta(seconds=1), timedelta(minutes=10)),
    ("stories", "window"): (timedelta(hours=1), timedelta(days=31)),
    ("serve", "port"): (0, 65535),
}


def find(named: str | None, environ: Mapping[str, str]) -> Path:
    """The configuration file: as named, else $AGGREGATOR_CONFIG, else ./config/, else the XDG place."""
    home = Path(environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME", "~")) / ".config")
    places = [Path("config/aggregator.toml"), home / "aggregator" / "aggregator.toml"]
    chosen = named or environ.get("AGGREGATOR_CONFIG")
    if chosen:
        places = [Path(chosen)]
    for place in places:
        if place.is_file():
            return place
    looked = " or ".join(map(str, places))
    raise ConfigError(f"no configuration at {looked}: name one with --config FILE")


def load(path: Path) -> Config:
    """Raises ConfigError with all faults."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as e:
        raise ConfigError(f"{path}: {os.strerror(e.errno or 0)}") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigError(f"{path}: this is not TOML: {e}") from e
    reader = Reader(path.resolve().parent)
    config = reader.config(table)
    if reader.faults:
        raise ConfigError(*(f"{path}: {fault}" for fault in reader.faults))
    return config


class Reader:
    """One reading of one file: values by type, faults on a list."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []

    def config(self, table: dict[str, Any]) -> Config:
        self.known(table, [*SECTIONS, "source"], "")
        sections = {name: self.section(name, kind, table.get(name, {})) for name, kind in SECTIONS.items()}
        listed = table.get("source", [])
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            self.faults.append("source: write each source as a [[source]] of its own")
            listed = []
        every = sections["fetch"].every
        sources = [self.source(number, each, every) for number, each in enumerate(listed, 1)]
        self.unique([source.name for source in sources if source])
        return Config(**sections, sources=tuple(source for source in sources if source))

    def section(self, name: str, kind: Any, given: Any) -> Any:
        if not isinstance(given, dict):
            self.faults.append(f"{name}: write it as a section [{name}]")
            return kind()
        types = get_type_hints(kind)
        values: dict[str, Any] = {f.name: f.default for f in fields(kind)}
        values |= self.values(given, {key: types[key] for key in values}, f"[{name}] ")
        for key, value in values.items():
            low, high = RANGES.get((name, key), (value, value))
            if not low <= value <= high:
                self.faults.append(f"[{name}] {key}: {value} is not between {low} and {high}")
        paths = {key: self.folder / value for key, value in values.items() if isinstance(value, Path)}
        return kind(**values | paths)

    def source(self, number: int, given: dict[str, Any], every: timedelta) -> Source | None:
        name = given.get("name")
        where = f"source {name!r}: " if isinstance(name, str) else f"source {number}: "
        values = self.values(given, SOURCE_KEYS, where)
        kinds = [kind for kind in KINDS if kind in given]
        if not str(name or "").strip():
            self.faults.append(f"{where}name: every source needs one; it is its identity for ever")
        if len(kinds) != 1:
            self.faults.append(f"{where}needs exactly one of {', '.join(KINDS)}")
        if len(kinds) != 1 or "name" not in values or kinds[0] not in values:
            return None
        return Source(
            name=values["name"],
            kind=kinds[0],
            address=self.address(where, kinds[0], values[kinds[0]]),
            pattern=values.get("pattern", "*"),
            tags=values.get("tags", ()),
            every=values.get("every", every),
        )

    def address(self, where: str, kind: Kind, given: str) -> str:
        if kind != "url":
            return str(self.folder / given)
        if not re.match(r"https?://[^/\s]+", given, re.IGNORECASE):
            self.faults.append(f"{where}url: {given!r} does not start with http:// or https://")
        return given

    def unique(self, names: list[str]) -> None:
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.faults.append(f"source {name!r}: the name is used twice")

    def values(self, given: dict[str, Any], types: dict[str, Any], where: str) -> dict[str, Any]:
        """The keys that are known and well-formed; the others become faults."""
        values = {}
        for key in self.known(given, list(types), where):
            try:
                values[key] = READERS[types[key]](given[key])
            except ValueError as e:
                self.faults.append(f"{where}{key}: {e}")
        return values

    def known(self, given: dict[str, Any], names: list[str], where: str) -> list[str]:
        for key in given:
            if key not in names:
                near = difflib.get_close_matches(key, names, 1, 0.5)
                hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
                self.faults.append(f"{where}{key}: unknown key; {hint}")
        return [key for key in given if key in names]
