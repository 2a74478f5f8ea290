"""The settings in force, as `check --show` prints them: TOML, with origins and without secrets."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from aggregator.config import Config, read_config_text
from aggregator.config.environment import variable
from aggregator.config.file import tables
from aggregator.config.read import SECTIONS
from aggregator.subscriptions.edit import toml_string, written_duration
from aggregator.text.urls import shareable

HIDDEN = "(hidden)"
COLUMN = 44  # where origins begin, if the value is not longer


def settings_lines(config: Config, file: Path, environ: Mapping[str, str]) -> Iterator[str]:
    table = tables(read_config_text(file), file)
    for section, kind in SECTIONS.items():
        yield f"[{section}]"
        for field in fields(kind):
            value = getattr(getattr(config, section), field.name)
            line = f"{field.name} = {toml_value(secretless_value(field.name, value))}"
            yield f"{line:<{COLUMN}} # {where_from(section, field.name, table, environ)}"
        yield ""
    for name in ("source", "output"):
        for each in table.get(name, []):
            yield f"[[{name}]]"
            yield from (f"{key} = {toml_value(secretless_value(key, value))}" for key, value in each.items())
            yield ""


def where_from(section: str, key: str, table: Mapping[str, Any], environ: Mapping[str, str]) -> str:
    if variable(section, key) in environ:
        return variable(section, key)
    return "the file" if key in table.get(section, {}) else "default"


def secretless_value(key: str, value: Any) -> Any:
    if key == "headers":
        return dict.fromkeys(value, HIDDEN)
    if key == "url":
        return shareable(value)
    if key == "proxy":
        return re.sub("//.*@", f"//{HIDDEN}@", value)
    return value


def toml_value(value: Any) -> str:
    match value:
        case None:
            return '""'
        case bool():
            return str(value).lower()
        case timedelta():
            return toml_string(written_duration(value))
        case dict():
            pairs = (f"{toml_string(name)} = {toml_value(each)}" for name, each in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case list() | tuple():
            return f"[{', '.join(map(toml_value, value))}]"
        case str() | Path():
            return toml_string(str(value))
        case _:
            return str(value)
