"""What the README and the pages of reference say is what the code does."""

import json
import re
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

import aggregator
from aggregator.cli.commands import HOMES
from aggregator.config import load
from aggregator.config.keys import OUTPUT, SOURCE
from aggregator.config.read import SECTIONS
from aggregator.config.values import duration, size
from aggregator.store import Store

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| (?:`(?P<key>\w+)`.*?|\*\*\[+(?P<section>\w+)\]+\*\*) \| (?P<default>.*?) \|", re.MULTILINE
)


def documented() -> dict[str, dict[str, str]]:
    """Section -> key -> default, as the page has them."""
    found: dict[str, dict[str, str]] = {}
    section = ""
    for row in ROW.finditer(CONFIGURATION):
        section = row["section"] or section
        found.setdefault(section, {})
        if row["key"]:
            found[section][row["key"]] = row["default"].strip("`")
    return found


@pytest.mark.parametrize("name", SECTIONS)
def test_every_key_is_documented_with_its_default(name: str) -> None:
    rows = documented()[name]
    assert list(rows) == [field.name for field in fields(SECTIONS[name])]
    for field in fields(SECTIONS[name]):
        said = rows[field.name].strip('"')
        if isinstance(field.default, timedelta):
            assert duration(said) == field.default
        elif isinstance(field.default, bool):
            assert said == str(field.default).lower()
        elif isinstance(field.default, tuple):
            assert tuple(json.loads(said)) == field.default
        elif said.endswith("MB"):
            assert size(said) == field.default
        else:
            assert said == ("" if field.default is None else str(field.default))


@pytest.mark.parametrize(("name", "keys"), [("source", SOURCE), ("output", OUTPUT)])
def test_every_key_of_a_list_is_documented(name: str, keys: dict[str, object]) -> None:
    section = CONFIGURATION[CONFIGURATION.index(f"**[[{name}]]**") :]
    assert set(keys) <= set(re.findall(r"`(\w+)`", section))


def test_the_example_shows_every_key(tmp_path: Path) -> None:
    text = (ROOT / "config/aggregator.toml").read_text(encoding="utf-8")
    shown = set(re.findall(r"^#? ?(\w+) = ", text, re.MULTILINE))
    keys = {field.name for section in SECTIONS.values() for field in fields(section)}
    assert keys <= shown


def test_the_example_is_read_without_a_fault_as_it_is_and_with_everything_switched_on(tmp_path: Path) -> None:
    example = ROOT / "config/aggregator.toml"
    assert any(source.kind == "folder" for source in load(example).sources)
    text = re.sub(r"^# (\w+ = )", r"\1", example.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (tmp_path / "all.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path / "all.toml").fetch.allow_ports == (8888,)


def test_what_the_example_has_commented_out_is_the_default_where_there_is_one(tmp_path: Path) -> None:
    example = tmp_path / "config/aggregator.toml"
    example.parent.mkdir()
    text = (ROOT / "config/aggregator.toml").read_text(encoding="utf-8")
    example.write_text(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    shown = load(example)
    commented = re.findall(r"^# (\w+) = ", text, re.MULTILINE)
    for name, section in SECTIONS.items():
        for field in fields(section):
            if field.name in commented and field.default:
                assert getattr(getattr(shown, name), field.name) == field.default, field.name


def test_all_that_the_example_keeps_lies_in_one_folder() -> None:
    example = load(ROOT / "config/aggregator.toml")
    paths = (example.store.path, example.publish.folder, example.publish.private)
    assert {path.resolve().parent for path in paths} == {ROOT / "var"}


def test_every_command_is_listed() -> None:
    assert HOMES
    assert [name for name in HOMES if f"    aggregator {name}" not in COMMANDS] == []


@pytest.mark.parametrize(
    "page", ["README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]
)
def test_every_link_of_a_page_leads_to_a_file(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    files = [target for target in targets if target and "://" not in target]
    assert [target for target in files if not (ROOT / page).parent.joinpath(target).exists()] == []


def test_the_readme_leads_to_every_page_of_reference() -> None:
    pages = {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")}
    assert pages <= set(re.findall(r"\]\(([^)\s]+)\)", README))


def test_the_two_commands_come_first() -> None:
    assert README.index("make run") < README.index("make test") < README.index("## ")


def test_the_samples_are_one_story_of_two_publishers(tmp_path: Path) -> None:
    example = load(ROOT / "config/aggregator.toml")
    local = replace(
        example,
        sources=tuple(source for source in example.sources if source.kind == "folder"),
        store=replace(example.store, path=tmp_path / "a.db"),
        publish=replace(example.publish, folder=tmp_path / "public", private=tmp_path / "private"),
    )
    aggregator.refresh_sources(local)
    with Store.reading(local.store.path) as store:
        first = store.stories.newest(1)[0]
    assert {each.source_title for each in (first.lead, *first.others)} == {
        each.name for each in local.sources
    }
