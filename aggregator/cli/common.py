"""Options and helpers that several commands share.

Loads the configuration's readers where they are needed, which takes twice as long as `aggregator --version`.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from aggregator.config import Config

M_ARENA_MAX = -8  # in malloc.h


def before_or_here(context: click.Context, _: click.Parameter, file: str | None) -> str | None:
    """Accepts --config both before and after the command."""
    if file is not None:
        context.find_root().obj = file
    return file or context.find_root().obj


with_config: Callable[[Any], Any] = click.option(
    "--config",
    "config_file",
    metavar="FILE",
    callback=before_or_here,
    help="Configuration file. [env: AGGREGATOR_CONFIG; default: ./config/aggregator.toml, "
    "~/.config/aggregator/aggregator.toml]",
)

limited: Callable[[Any], Any] = click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1, 100_000),
    default=20,
    show_default=True,
    help="How many, newest first.",
)


def say(line: str, err: bool = False) -> None:
    """Prints progress; a full or closed log does not stop the work."""
    with suppress(OSError):
        click.echo(line, err=err)


def tell(fault: str) -> None:
    """Reports an error as one line; if stderr is full or closed, the exit code still does."""
    say(f"aggregator: {printable(fault)}", err=True)


def leave(code: int) -> None:
    """Ends the process immediately, without waiting for threads that wait for a slow source."""
    logging.shutdown()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def share_memory() -> None:
    """Lets all threads share one arena of glibc's malloc, unless the environment says otherwise.

    By default each worker gets its own, which a large document leaves full of holes: 12 MB of 80 in a first
    import of 60 feeds. Does nothing with another C library, and where a service may not load ctypes.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    with suppress(ImportError, MemoryError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def now() -> datetime:
    return datetime.now(UTC)


def located(config_file: str | None) -> Path:
    from aggregator.config import find

    return find(config_file, os.environ)


def loaded(config_file: str | None) -> Config:
    from aggregator.config import load

    return load(located(config_file), os.environ)


def printable(text: str) -> str:
    """One printable line, whatever a server, a file name or an old database contains."""
    from aggregator.config.values import UNPRINTABLE

    return UNPRINTABLE.sub("?", " ".join(text.split()))


def how_many(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


def listening(config: Config, host: str | None, port: int | None) -> Config:
    at = config.serve
    return replace(config, serve=replace(at, host=host or at.host, port=at.port if port is None else port))
