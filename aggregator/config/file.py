"""Where aggregator.toml is, and its tables."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError


def find(named: str | None, environ: Mapping[str, str]) -> Path:
    """The configuration file: as named, else $AGGREGATOR_CONFIG, else ./config/, else the XDG folder."""
    chosen = named or environ.get("AGGREGATOR_CONFIG")
    places = [Path(chosen)] if chosen else [Path("config/aggregator.toml"), *at_home(environ)]
    for place in places:
        if exists(place):
            return place
    looked = " or ".join(map(str, places))
    raise ConfigError(f"no configuration file at {looked}: name one with --config FILE")


def exists(path: Path) -> bool:
    """Raises ConfigError for a folder and for an unreadable path."""
    try:
        if path.is_dir():
            raise ConfigError(f"{path}: is a folder: name the file in it")
        return path.is_file()
    except OSError as e:
        raise ConfigError(f"{path}: {os.strerror(e.errno or 0)}") from e


def default_path(named: str | None, environ: Mapping[str, str]) -> Path:
    """Path of a new configuration: as named, else $AGGREGATOR_CONFIG, else in the XDG folder."""
    chosen = named or environ.get("AGGREGATOR_CONFIG")
    return Path(chosen) if chosen else [*at_home(environ), Path("config/aggregator.toml")][0]


def at_home(environ: Mapping[str, str]) -> list[Path]:
    """The path in the XDG folder; none if there is no home folder, as for some services."""
    xdg, home = environ.get("XDG_CONFIG_HOME"), environ.get("HOME")
    if not xdg and not home:
        return []
    return [Path(xdg or f"{home}/.config") / "aggregator" / "aggregator.toml"]


def read_config_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as e:
        raise ConfigError(f"{path}: {os.strerror(e.errno or 0)}") from e
    except UnicodeDecodeError as e:
        raise ConfigError(f"{path}: this is not TOML: {e}") from e


def tables(toml: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError as e:
        raise ConfigError(f"{path}: this is not TOML: {e}") from e
    except ValueError as e:  # Python's own limit on the digits of a number
        raise ConfigError(f"{path}: a number in it is too large") from e
    except RecursionError as e:
        raise ConfigError(f"{path}: its brackets are nested too deeply") from e
