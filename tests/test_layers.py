"""The shape of the program, enforced: who may import whom, and through which door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "aggregator"

ROWS = [
    {"model", "errors"},
    {"text", "urls", "times", "dateline", "patterns", "domains"},
    {"clean", "leads", "revisions", "versions"},
    {"websub", "siblings"},
    {
        *{"config", "plan", "fetch", "parse", "normalise", "known", "heirs", "builds"},
        *{"stories", "store", "subscriptions", "compose", "select", "render", "describe"},
    },
    {"telling", "owners", "notes"},
    {"work", "gather", "deliver", "divide", "place", "preview", "verify", "publish", "serve", "problems"},
    {"outputs"},
    {"edition"},
    {"refresh"},
    {"hubs"},
    {"daemon"},
    {"cli"},
]
LEVEL = {name: level for level, row in enumerate(ROWS) for name in row}

DOORS = {
    "apscheduler": {"daemon"},
    "click": {"cli"},
    "feedgen": {"render"},
    "feedparser": {"parse/feed"},
    "httpcore": {"fetch/line", "fetch/wire"},
    "httpx": {"fetch"},
    "jinja2": {"render/page"},
    "listparser": {"subscriptions/opml"},
    "lxml": {"parse/fast/document", "render/extension", "subscriptions/discover"},
    "markdown_it": {"parse/markdown"},
    "nh3": {"clean"},
    "publicsuffixlist": {"domains"},
    "re2": {"patterns"},
    "rich": {"cli"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "starlette": {"serve"},
    "uvicorn": {"daemon", "serve/heads"},
    "yaml": {"parse/front"},
}
CLOCK = {"daemon", "cli"}

FILES = sorted(ROOT.rglob("*.py"))
IDS = [str(path.relative_to(ROOT)) for path in FILES]


def place(path: Path) -> str:
    """ "store/entries" for aggregator/store/entries.py; "store" for its __init__."""
    return path.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module == "aggregator":
                yield from (f"aggregator.{alias.name}" for alias in node.names)
            yield module


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_imports_come_from_rows_above(path: Path) -> None:
    here = place(path).split("/")[0]
    if here in {"__init__", "__main__", "."}:
        return
    own = {f"aggregator.{here}"}
    for name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if not name.startswith("aggregator.") or ".".join(name.split(".")[:2]) in own:
            continue
        other = name.split(".")[1]
        if other in LEVEL:
            same_row_allowed = LEVEL[here] == 0
            assert LEVEL[other] < LEVEL[here] or same_row_allowed, f"{here} must not import {other}"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_each_library_has_one_door(path: Path) -> None:
    for name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        library = name.split(".")[0]
        doors = DOORS.get(library)
        if doors:
            spot = place(path)
            assert spot in doors or spot.split("/")[0] in doors, f"{spot} is no door of {library}"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_sql_only_in_store(path: Path) -> None:
    if place(path).startswith("store"):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            head = node.value.lstrip().split(" ")[0]
            assert head not in {"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "PRAGMA"}, node.value


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_the_clock_is_read_only_at_the_top(path: Path) -> None:
    if place(path).split("/")[0] in CLOCK:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            spot = (node.value.id, node.attr)
            assert spot not in {("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}, place(path)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_module_has_a_row(path: Path) -> None:
    top = place(path).split("/")[0]
    assert top in LEVEL or top in {"__init__", "__main__", "."}, f"{top} has no row in ROWS"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_files_are_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 250, f"{lines} lines: split by noun"
