"""The shape of the program, enforced: who may import whom, and through which door.

docs/architecture.md shows the same rows; each test lists all faults at once.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from layers import LEVEL, TREES, spot, top

DOORS = {
    "apscheduler": {"daemon"},
    "babel": {"render/language"},
    "click": {"cli"},
    "dask": {"visit/cluster/engine"},
    "distributed": {"visit/cluster/engine"},
    "feedgen": {"render"},
    "feedparser": {"parse/feed"},
    "httpcore": {"fetch/connection", "fetch/proxy", "fetch/transport"},
    "httpx": {"fetch"},
    "jinja2": {"render/pages"},
    "listparser": {"subscriptions/opml"},
    "lxml": {"parse/fast/document", "render/extension", "subscriptions/page"},
    "markdown_it": {"parse/markdown"},
    "nh3": {"text/html"},
    "prometheus_client": {"serve/metrics"},
    "publicsuffixlist": {"text/domains"},
    "re2": {"text/patterns"},
    "rich": {"cli"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "starlette": {"serve", "websub/callbacks", "websub/service", "daemon"},
    "trafilatura": {"parse/article"},
    "uvicorn": {"daemon"},
    "yaml": {"parse/front_matter"},
}
CLOCK = {"daemon", "api", "cli"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("time", "time")}
SQL = {"SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "PRAGMA"}
LINES = 250


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module == "aggregator":
                yield from (f"aggregator.{alias.name}" for alias in node.names)
            yield module


def own_imports() -> Iterator[tuple[Path, str]]:
    """(file, package or module of ours that it imports from)"""
    for path, tree in TREES.items():
        for name in imports(tree):
            if name.startswith("aggregator."):
                yield path, name.split(".")[1]


def nodes(kind: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    for path, tree in TREES.items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, kind))


def test_imports_come_from_rows_above() -> None:
    faults = {
        f"{spot(path)} must not import {other}"
        for path, other in own_imports()
        if top(path) in LEVEL and other in LEVEL and other != top(path)
        if LEVEL[other] >= LEVEL[top(path)] > 0
    }
    assert not faults


def test_text_imports_nothing_of_ours() -> None:
    assert {other for path, other in own_imports() if top(path) == "text"} <= {"text"}


def test_a_worker_needs_neither_store_nor_configuration() -> None:
    """So that a visit can be made on another machine."""
    reached = {other for path, other in own_imports() if top(path) in {"visit", "fetch", "parse"}}
    assert not reached & {"store", "config"}


def test_each_library_has_one_door() -> None:
    faults = {
        f"{spot(path)} is no door of {name.split('.')[0]}"
        for path, tree in TREES.items()
        for name in imports(tree)
        if not {spot(path), top(path)} & DOORS.get(name.split(".")[0], {top(path)})
    }
    assert not faults


def test_sql_only_in_store() -> None:
    faults = {
        f"{spot(path)}: {node.value}"
        for path, node in nodes(ast.Constant)
        if top(path) != "store" and isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.lstrip().split(" ")[0] in SQL
    }
    assert not faults


def test_the_clock_is_read_only_at_the_top() -> None:
    faults = {
        f"{spot(path)}: {node.value.id}.{node.attr}"
        for path, node in nodes(ast.Attribute)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if top(path) not in CLOCK and (node.value.id, node.attr) in CLOCKS
    }
    assert not faults


def test_every_module_has_a_row() -> None:
    assert {top(path) for path in TREES} - LEVEL.keys() <= {"__init__", "__main__", "."}


def test_files_are_small() -> None:
    """Split by noun."""
    long = {spot(path): path.read_text(encoding="utf-8").count("\n") for path in TREES}
    assert not {name: lines for name, lines in long.items() if lines > LINES}
