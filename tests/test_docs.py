"""The pages for developers, held to the code."""

import json
import re
from pathlib import Path

import pytest
from layers import LEVEL, ROWS

from aggregator.cli.commands import HOMES

ROOT = Path(__file__).parent.parent
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
PAGES = ["CONTRIBUTING.md", "docs/architecture.md", "docs/decisions.md"]
PATH = re.compile(r"`((?:aggregator|tests|docs|config|benchmarks|tools)/[\w./-]*)`")
SHORT = re.compile(r"`([a-z]+(?:/[\w/]+)?\.py|[a-z]+/[\w/]*)`")
TOP = ("aggregator/", "tests/", "docs/", "config/", "benchmarks/", "tools/")
CHOICES = (
    *(
        "levels",
        "trees",
        "pure Python",
        "reserve",
        "Strangers",
        "Formulas",
        "Archives",
        "Ids",
        "journal",
        "feedparser",
    ),
    *(
        "child process",
        "transport",
        "bundle",
        "RE2",
        "FTS5",
        "text",
        "Files",
        "APScheduler",
        "tomlkit",
        "hub",
    ),
    *("Pages", "pruned", "zlib", "Imports", "documents at a time", "shelf", "cluster"),
)


def test_the_map_names_every_package() -> None:
    table = ARCHITECTURE.split("## The map")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(LEVEL)


def test_the_rows_are_those_that_the_layers_are_tested_by() -> None:
    rows = ARCHITECTURE.split("<!-- rows -->")[1].split("<!-- end of rows -->")[0]
    named = [set(line.partition(". ")[2].split(", ")) for line in rows.strip().splitlines()]
    assert named == ROWS


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    """From the root, or in short below the package."""
    text = (ROOT / page).read_text(encoding="utf-8")
    short = [name for name in SHORT.findall(text) if not name.startswith(TOP)]
    named = [*PATH.findall(text), *(f"aggregator/{name}" for name in short)]
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_choice_has_its_reasons() -> None:
    decisions = (ROOT / "docs/decisions.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", decisions, re.MULTILINE)
    assert len(headings) == len(CHOICES)
    assert [choice for choice in CHOICES if not any(choice in heading for heading in headings)] == []


def metrics_in(text: str) -> set[str]:
    """Without the endings that the library adds."""
    return {
        name.removesuffix("_timestamp_seconds").removesuffix("_total")
        for name in re.findall(r"\baggregator_\w+", text)
    }


def test_operations_name_only_commands_and_metrics_that_there_are() -> None:
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    rules = (ROOT / "docs/prometheus-alerts.yml").read_text(encoding="utf-8")
    code = (ROOT / "aggregator/serve/metrics.py").read_text(encoding="utf-8")
    board = json.loads((ROOT / "docs/grafana-dashboard.json").read_text(encoding="utf-8"))
    drawn = " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
    given = set(re.findall(r'"(aggregator_\w+)"', code))
    assert metrics_in(page) == metrics_in(drawn) == given
    assert set() < metrics_in(rules) <= given
    commands = set(re.findall(r"(?:^    |`)aggregator (\w+)", page, re.MULTILINE))
    assert commands
    assert commands <= set(HOMES)


def test_steps_of_the_path_name_files_of_the_package() -> None:
    table = ARCHITECTURE.split("## The map")[0]
    named = [name for name in re.findall(r"`(\w+/?[\w.]*)`", table) if "/" in name or name.endswith(".py")]
    assert len(named) > 8
    assert [name for name in named if not (ROOT / "aggregator" / name).exists()] == []
