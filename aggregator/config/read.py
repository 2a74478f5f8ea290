"""aggregator.toml -> Config. Reports all faults together, each with its key and the nearest known name.

We use our own reader, because the validation library we tried costs 20 MB of memory for one small file.
"""

import difflib
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

from aggregator.config.check import doubts
from aggregator.config.environment import NO_VARIABLES, as_in_the_file, unknown_variables, variable
from aggregator.config.file import read_config_text, tables
from aggregator.config.joins import beyond, least
from aggregator.config.keys import (
    OUTPUT,
    SOURCE,
    Config,
    Feed,
    Fetch,
    Publish,
    Serve,
    StoreSection,
    Stories,
    Work,
)
from aggregator.config.outputs import doubtful, exposed, misplaced, output
from aggregator.config.values import Reader, shown
from aggregator.errors import ConfigError
from aggregator.model import Join, Kind, Output, RequestSettings, Source

SECTIONS: dict[str, Any] = {
    "feed": Feed,
    "store": StoreSection,
    "publish": Publish,
    "fetch": Fetch,
    "stories": Stories,
    "serve": Serve,
    "work": Work,
}
KINDS: tuple[Kind, ...] = ("url", "file", "folder")
REQUEST = tuple(field.name for field in fields(RequestSettings))
WEB_ONLY = (*REQUEST, "full_text")
LOCAL_ONLY = ("site",)
NAMELESS = "name: every source needs one; it is the permanent identity of the source"


def load(path: Path, environ: Mapping[str, str] = NO_VARIABLES) -> Config:
    """Raises ConfigError with all faults, of the file and of variables."""
    return load_text(read_config_text(path), path, environ)


def load_text(toml: str, path: Path, environ: Mapping[str, str] = NO_VARIABLES) -> Config:
    """Like load() if `path` contained this text. Raises ConfigError with all faults."""
    reading = ConfigReading(path.resolve().parent, environ)
    return or_raise(reading.config(tables(toml, path)), reading.faults, reading.outside, path)


def examine(path: Path, environ: Mapping[str, str] = NO_VARIABLES) -> Config:
    """Like load(), but also reports sources that cannot work. Raises ConfigError with all faults."""
    reading = ConfigReading(path.resolve().parent, environ)
    config = reading.config(tables(read_config_text(path), path))
    return or_raise(config, [*reading.faults, *doubts(config)], reading.outside, path)


def or_raise(config: Config, faults: list[str], outside: list[str], path: Path) -> Config:
    if faults or outside:
        raise ConfigError(*(f"{path}: {fault}" for fault in faults), *outside)
    return config


def as_folder(address: str) -> str:
    """Relative links below an address need its last slash."""
    return address and f"{address.rstrip('/')}/"


class ConfigReading:
    """Reads one file and the variables that override it: returns values, collects faults."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self.folder = folder
        self.environ = environ
        self.faults: list[str] = []
        self.outside = list(unknown_variables(environ, SECTIONS))
        """Faults of variables."""
        self.names: list[str] = []

    def config(self, table: dict[str, Any]) -> Config:
        self.known(table, [*SECTIONS, "source", "output"], "")
        sections = {name: self.section(name, kind, table.get(name, {})) for name, kind in SECTIONS.items()}
        every = sections["fetch"].every
        given = [self.source(number, each, every) for number, each in self.listed(table, "source")]
        sources = [source for source in given if source]
        self.unique()
        self.addressed(sections)
        written = [
            self.output(number, each, sections["feed"], sections["stories"].join)
            for number, each in self.listed(table, "output")
        ]
        outputs = [output for output in written if output]
        self.faults += doubtful(outputs, self.names)
        self.faults += exposed(sections["publish"], sections["store"], outputs, sources)
        return Config(
            **sections,
            sources=tuple(sources),
            outputs=tuple(outputs),
        )

    def listed(self, table: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
        found = table.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.faults.append(f"{name}: write each {name} as a [[{name}]] of its own")
            return []
        return list(enumerate(found, 1))

    def output(self, number: int, given: dict[str, Any], feed: Feed, join: Join) -> Output | None:
        name = given.get("name")
        where = f"output {shown(name)}: " if isinstance(name, str) else f"output {number}: "
        values = self.values(given, OUTPUT, where)
        if name is None:
            self.faults.append(f"{where}name: every output needs one; readers subscribe to it")
        self.faults += [f"{where}{key}: has no effect on a feed of problems" for key in misplaced(values)]
        if "join" in values and least(values["join"], join) != values["join"]:
            self.faults.append(f"{where}join: {beyond(values['join'], join)}")
        if "token_file" in values:
            values["token_file"] = self.folder / values["token_file"]
        return output(values, feed) if "name" in values else None

    def section(self, name: str, kind: Any, given: Any) -> Any:
        if not isinstance(given, dict):
            self.faults.append(f"{name}: write it as a section [{name}]")
            return kind()
        hints = get_type_hints(kind, include_extras=True)
        readers = {field.name: hints[field.name].__metadata__[0] for field in fields(kind)}
        values = {field.name: field.default for field in fields(kind)}
        values |= self.values(given, readers, f"[{name}] ") | self.overriding(name, kind, readers)
        paths = {key: self.folder / value for key, value in values.items() if isinstance(value, Path)}
        return kind(**values | paths)

    def overriding(self, section: str, kind: Any, readers: Mapping[str, Reader]) -> dict[str, Any]:
        """The values that variables give. Paths are relative to the file, as in it."""
        values, kinds = {}, get_type_hints(kind)
        for key, read in readers.items():
            name = variable(section, key)
            if name in self.environ:
                try:
                    values[key] = read(as_in_the_file(self.environ[name], kinds[key]))
                except ValueError as e:
                    self.outside.append(f"{name}: {e}")
        return values

    def source(self, number: int, given: dict[str, Any], every: timedelta) -> Source | None:
        name = given.get("name")
        where = f"source {shown(name)}: " if isinstance(name, str) else f"source {number}: "
        if name is None or (isinstance(name, str) and not name.strip()):
            self.faults.append(where + NAMELESS)
            given = {key: value for key, value in given.items() if key != "name"}
        values = self.values(given, SOURCE, where)
        self.names += [values["name"]] if "name" in values else []
        kinds = [kind for kind in KINDS if kind in given]
        if len(kinds) != 1:
            self.faults.append(f"{where}needs exactly one of {', '.join(KINDS)}")
        if len(kinds) != 1 or "name" not in values or kinds[0] not in values:
            return None
        idle = LOCAL_ONLY if kinds[0] == "url" else WEB_ONLY
        self.faults += [f"{where}{key}: has no effect on a {kinds[0]}" for key in idle if key in given]
        address = values[kinds[0]]
        return Source(
            name=values["name"],
            kind=kinds[0],
            address=str(self.folder / address) if isinstance(address, Path) else address,
            pattern=values.get("pattern", "*"),
            tags=values.get("tags", ()),
            every=values.get("every", every),
            priority=values.get("priority", 0),
            join=values.get("join", "events"),
            request=self.request(values),
            full_text=values.get("full_text", False),
            site=as_folder(values.get("site", "")),
        )

    def request(self, values: dict[str, Any]) -> RequestSettings:
        given = {key: values[key] for key in REQUEST if key in values}
        if "header_file" in given:
            given["header_file"] = str(self.folder / given["header_file"])
        return RequestSettings(**given)

    def addressed(self, sections: dict[str, Any]) -> None:
        """WebSub needs our public address: hubs call it, and it identifies our feeds."""
        public = {"[publish] hubs": sections["publish"].hubs, "[fetch] websub": sections["fetch"].websub}
        for key, given in public.items():
            if given and not sections["feed"].link:
                self.faults.append(f"{key}: needs [feed] link, our public address")

    def unique(self) -> None:
        """Reports duplicate names; names that differ only in blanks are equal."""
        counts = Counter(" ".join(name.split()) for name in self.names)
        for name in sorted(name for name, count in counts.items() if count > 1):
            self.faults.append(f"source {shown(name)}: the name is used twice")

    def values(self, given: dict[str, Any], readers: Mapping[str, Reader], where: str) -> dict[str, Any]:
        """The known keys with valid values; the others become faults."""
        values = {}
        for key in self.known(given, list(readers), where):
            try:
                values[key] = readers[key](given[key])
            except ValueError as e:
                self.faults.append(f"{where}{key}: {e}")
        return values

    def known(self, given: dict[str, Any], names: list[str], where: str) -> list[str]:
        for key in given:
            if key not in names:
                near = difflib.get_close_matches(key[:100], names, 1, 0.5)
                hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
                bare = key if key.isidentifier() and len(key) <= 100 else shown(key)
                self.faults.append(f"{where}{bare}: unknown key; {hint}")
        return [key for key in given if key in names]
