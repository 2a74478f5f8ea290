"""Writes configuration files and returns their faults."""

from pathlib import Path

import pytest

from aggregator.config import load
from aggregator.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    path = folder / "aggregator.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(written(folder, text))
    assert all(fault.isprintable() and len(fault) < 1000 for fault in caught.value.faults)
    return [fault.split(".toml: ", 1)[1] for fault in caught.value.faults]
