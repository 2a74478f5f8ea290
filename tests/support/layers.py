"""The shape of the program: its rows, and its modules as syntax trees."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2] / "aggregator"

ROWS = [
    {"model", "errors", "text"},
    {"plan", "render"},
    {"config", "fetch", "parse", "stories", "subscriptions"},
    {"visit", "store"},
    {"group", "publish", "runtime"},
    {"doctor", "refresh", "retention", "rulings", "serve"},
    {"websub"},
    {"daemon"},
    {"api"},
    {"cli"},
]
LEVEL = {name: level for level, row in enumerate(ROWS) for name in row}

TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}


def spot(path: Path) -> str:
    """ "store/entries" for aggregator/store/entries.py; "store" for its __init__."""
    return path.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__")


def top(path: Path) -> str:
    return spot(path).split("/")[0]
