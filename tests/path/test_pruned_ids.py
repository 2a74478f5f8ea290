"""An id of which only a pruned entry is known: another article under it is new, an edit is not."""

from dataclasses import replace
from pathlib import Path

import pytest
from bench import BRIDGE, OWLS, Bench
from posts import Post, items, kept, shows
from test_pruned import KEEP, forget_all, prune

from aggregator.store import retention as limits

OLD = Post("Harbour bridge closed in Lindmark", BRIDGE, "https://one.example/1", "latest")


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Its source had one entry, which is pruned."""
    monkeypatch.setattr(limits, "LEAST", 1)
    bench = Bench(tmp_path)
    bench.toml += KEEP
    shows(bench, OLD)
    forget_all(bench)
    assert prune(bench) == 1
    return bench


def test_another_article_is_kept_and_the_pruned_one_stays_away(bench: Bench) -> None:
    new = Post("Snowy owls counted on the islands", OWLS, "https://one.example/2", "latest")
    shows(bench, new, days=1)
    shows(bench, new, days=1)
    assert [each["title"] for each in items(bench)].count(new.title) == 1
    shows(bench, OLD, new, days=1)
    assert OLD.title not in {row["title"] for row in kept(bench)}


def test_an_edit_stays_away(bench: Bench) -> None:
    shows(bench, replace(OLD, title="Bridge at the harbour of Lindmark closed", text=OWLS), days=1)
    shows(bench, replace(OLD, link="https://one.example/bridge", text=f"Update: {BRIDGE}"), days=1)
    assert all(row["url"].startswith("https://one.example/fresh/") for row in kept(bench))
