"""`fetch --dry-run`: what would be new, and nothing that is written."""

import json
from pathlib import Path

import pytest
from bench import Bench
from pretend import item, rss
from shell import Shell

from aggregator.cli.dry_run import dry_run
from aggregator.runtime import Runtime
from aggregator.store import Store
from aggregator.store.columns import NEVER

ONE = "https://one.example/feed"


def contents(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_dry_run_lists_what_a_refresh_would_store_and_leaves_everything_as_it_is(shell: Shell) -> None:
    before = contents(shell.folder)
    assert shell.run("fetch", "--dry-run").out == (
        "+ Posts: Bridge reopens\n1 source visited, 0 failed; entries: 1 new, 0 edited; nothing was written\n"
    )
    assert contents(shell.folder) == before
    shell.run("fetch")
    before = contents(shell.folder)
    (shell.folder / "posts/one.md").write_text("---\ntitle: Bridge closes\n---\nAgain.\n", encoding="utf-8")
    (shell.folder / "posts/two.md").write_text("---\ntitle: Owls\n---\nMany.\n", encoding="utf-8")
    assert shell.run("fetch", "--dry-run").out.startswith("0 sources visited")
    (found,) = json.loads(shell.run("fetch", "--dry-run", "--all", "--json").out)
    assert [each["title"] for each in found["new"]] == ["Owls"]
    assert [each["title"] for each in found["edited"]] == ["Bridge closes"]
    after = contents(shell.folder)
    assert [path for path in before if after[path] != before[path]] == [shell.folder / "posts/one.md"]
    assert shell.run("fetch", "--all").out.partition("; stories")[0].endswith("entries: 1 new, 1 edited")


def test_a_dry_run_of_a_failing_source_is_1(shell: Shell) -> None:
    shell.config('[[source]]\nname = "No"\nfolder = "no"\n')
    said = shell.run("fetch", "--dry-run")
    assert (said.code, said.err.startswith("No: ")) == (1, True)
    assert shell.run("fetch", "--dry-run", "-q").out == ""
    assert "did you mean 'No'" in shell.run("fetch", "--dry-run", "Noo").err


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", item("urn:x:a", "A bridge opens")))
    bench.refresh()
    return bench


def found(bench: Bench, everything: bool = False) -> list[tuple[str, int]]:
    def act(store: Store, runtime: Runtime) -> None:
        results.extend(
            (each.visit.source, len(each.added)) for each in dry_run(store, runtime, (), everything)
        )

    results: list[tuple[str, int]] = []
    bench.run(act)  # type: ignore[arg-type]
    return results


def test_a_source_with_another_address_is_visited_as_if_new(bench: Bench) -> None:
    assert found(bench) == []
    bench.web.pages["https://else.example/feed"] = rss("One", item("urn:x:b", "Owls return"))
    bench.toml = bench.toml.replace(ONE, "https://else.example/feed")
    assert found(bench) == [("One", 1)]


def test_a_source_that_is_gone_permanently_is_not_visited(bench: Bench) -> None:
    with Store(bench.folder / "var/aggregator.db") as store:
        store.db.execute("UPDATE sources SET due = ?", [NEVER])
    gone = found(bench, everything=True)
    with Store(bench.folder / "var/aggregator.db") as store:
        store.db.execute("UPDATE sources SET due = '2026-01-01T00:00:00.000000Z'")
    assert (gone, found(bench)) == ([], [("One", 0)])
