"""What a refresh without news loads: reading its files is enough to know."""

import ast
from collections.abc import Iterator

from layers import TREES, spot

HEAVY = {
    *("babel", "feedgen", "feedparser", "jinja2", "listparser", "lxml", "markdown_it", "nh3", "rich"),
    *("sqlite_utils", "yaml", "apscheduler", "uvicorn", "starlette"),
}
MODULES = {spot(path): tree for path, tree in TREES.items()}


def imported(tree: ast.Module) -> Iterator[str]:
    """At once, not inside functions nor for types only."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def loaded(start: str) -> dict[str, set[str]]:
    """Module of ours -> all that it imports."""
    found: dict[str, set[str]] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name in MODULES and name not in found:
            found[name] = set(imported(MODULES[name]))
            ours = [
                each.removeprefix("aggregator.") for each in found[name] if each.startswith("aggregator.")
            ]
            for each in ours:
                parts = each.split(".")
                waiting += ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return found


def faults(found: dict[str, set[str]], heavy: set[str]) -> set[str]:
    return {
        f"{module} loads {name}"
        for module, names in found.items()
        for name in names
        if name.split(".")[0] in heavy
    }


def test_a_refresh_without_news_loads_nothing_that_reads_or_renders() -> None:
    found = loaded("cli/fetch") | loaded("visit/visit")
    assert {"refresh", "store/store", "fetch/client", "publish/publish"} <= found.keys()
    assert not faults(found, HEAVY)
    assert not {"group", "stories/window", "parse/formats", "render/pages"} & found.keys()


def test_a_refresh_in_which_nothing_is_due_loads_no_http_client() -> None:
    found = loaded("cli/fetch")
    assert {"refresh", "visit/worker", "websub/publisher"} <= found.keys()
    assert not faults(found, HEAVY | {"httpx", "httpcore"})


def test_the_command_alone_does_not_load_the_configuration() -> None:
    found = loaded("cli")
    assert {"errors", "cli/commands", "cli/common"} <= found.keys()
    assert not [module for module in found if module.startswith(("config", "model", "store"))]


def test_a_feed_is_read_without_the_readers_of_other_documents() -> None:
    found = loaded("visit/read")
    assert "parse/fast/document" in found
    assert not {"parse/feed", "parse/jekyll", "parse/markdown", "parse/bounded"} & found.keys()
