"""What commands print on standard output: lines for people, JSON for programs."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from aggregator.config.values import UNPRINTABLE

QUIET = "aggregator.quiet"
STEERING = re.compile(rf"(?!\n){UNPRINTABLE.pattern}")


def hush(context: click.Context, _: click.Parameter, quiet: bool) -> bool:
    context.meta[QUIET] = quiet
    return quiet


as_json: Callable[[Any], Any] = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
quietly: Callable[[Any], Any] = click.option(
    "-q", "--quiet", is_flag=True, expose_value=False, callback=hush, help="Print only errors."
)


def answer(as_json: bool, value: Any, *lines: str) -> None:
    """Says what a command did: `value` as JSON, or `lines`, of which --quiet prints none."""
    if as_json:
        print_json(value)
    elif not is_quiet():
        for line in lines:
            click.echo(line)


def is_quiet() -> bool:
    return bool(click.get_current_context().meta.get(QUIET))


def print_json(value: Any, indent: int | None = None) -> None:
    """On one line unless `indent` is given; letters as they are, but no character that steers a terminal."""
    written = json.dumps(json_value(value), ensure_ascii=False, indent=indent)
    click.echo(STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written))


def json_value(value: Any) -> Any:
    """Objects for dataclasses; RFC 3339 in UTC with Z for times; seconds for spans; text for paths."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: json_value(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {key: json_value(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(part) for part in value]
    if isinstance(value, datetime):
        return written_moment(value)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return str(value) if isinstance(value, Path) else value


def written_moment(moment: datetime, precision: str = "seconds") -> str:
    """RFC 3339, such as 2026-03-01T12:00:00Z."""
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")
