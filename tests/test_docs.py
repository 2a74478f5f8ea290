"""The pages for developers, held to the code."""

import re
from pathlib import Path

import pytest
from layers import LEVEL, ROWS

ROOT = Path(__file__).parent.parent
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
PAGES = ["CONTRIBUTING.md", "docs/architecture.md", "docs/decisions.md"]
PATH = re.compile(r"`((?:aggregator|tests|docs|config|benchmarks|tools)/[\w./-]+)`")


def test_the_map_names_every_package() -> None:
    table = ARCHITECTURE.split("## The map")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(LEVEL)


def test_the_rows_are_those_that_the_layers_are_tested_by() -> None:
    rows = ARCHITECTURE.split("<!-- rows -->")[1].split("<!-- end of rows -->")[0]
    named = [set(line.partition(". ")[2].split(", ")) for line in rows.strip().splitlines()]
    assert named == ROWS


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    named = PATH.findall((ROOT / page).read_text(encoding="utf-8"))
    assert named or page == "docs/decisions.md"
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_steps_of_the_path_name_files_of_the_package() -> None:
    table = ARCHITECTURE.split("## The map")[0]
    named = [name for name in re.findall(r"`(\w+/?[\w.]*)`", table) if "/" in name or name.endswith(".py")]
    assert len(named) > 8
    assert [name for name in named if not (ROOT / "aggregator" / name).exists()] == []
