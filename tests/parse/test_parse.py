"""Every document in cases/ parses as its expectation says, or raises the error that it names."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aggregator.errors import SourceError
from aggregator.model import Document, Entry, Limits
from aggregator.parse import parse
from aggregator.visit.normalise import normalise

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name.removesuffix(".expect.json") for path in CASES.glob("*.expect.json"))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILE_TIME = datetime(2024, 5, 20, 12, tzinfo=UTC)


def expected(name: str) -> dict[str, Any]:
    expectation: dict[str, Any] = json.loads((CASES / f"{name}.expect.json").read_text(encoding="utf-8"))
    return expectation


def document(name: str) -> Document:
    body = (CASES / name).read_bytes()
    if expected(name).get("local"):
        return Document(body, url="", name=name, modified=FILE_TIME)
    return Document(body, url="https://feeds.example/feed.xml")


def shown(entry: Entry, field: str) -> Any:
    value = getattr(entry, field)
    if isinstance(value, datetime):
        return value.isoformat()
    if field == "enclosures":
        return [[part.url, part.type, part.length] for part in value]
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("name", [name for name in NAMES if "fault" not in expected(name)])
def test_a_document_gives_what_it_says(name: str) -> None:
    want = expected(name)

    parsed = parse(document(name), Limits())
    base, language = document(name).url, parsed.language
    entries = [normalise(draft, source="s", base=base, language=language, now=NOW) for draft in parsed.drafts]

    assert parsed.format == want["format"]
    assert len(entries) == len(want["entries"])
    assert want.get("note", "") in " ".join(parsed.notes)
    assert parsed.title == want.get("title", parsed.title)
    if "every_minutes" in want:
        assert parsed.rhythm.every == timedelta(minutes=want["every_minutes"])
    for entry, fields in zip(entries, want["entries"], strict=True):
        assert {field: shown(entry, field) for field in fields} == fields


@pytest.mark.parametrize("name", [name for name in NAMES if "fault" in expected(name)])
def test_what_is_not_a_document_is_refused_in_plain_words(name: str) -> None:
    with pytest.raises(SourceError) as raised:
        parse(document(name), Limits())

    assert (raised.value.fault, raised.value.note) == (expected(name)["fault"], expected(name)["message"])


def test_bytes_that_name_a_file_are_not_opened() -> None:
    with pytest.raises(SourceError, match="not a feed"):
        parse(Document(str(CASES / "rss-common.xml").encode(), url="https://feeds.example/"), Limits())


@pytest.mark.parametrize("name", ["post-common.txt", "dated-common.txt", "text-common.md"])
def test_renaming_or_touching_a_file_keeps_its_id(name: str) -> None:
    first = document(name)
    later = replace(first, name="renamed.txt", modified=FILE_TIME + timedelta(days=3))

    assert parse(first, Limits()).drafts[0].uid == parse(later, Limits()).drafts[0].uid


def test_a_remembered_file_keeps_its_id_when_all_its_text_changes() -> None:
    changed = Document(b"Another title\nAnother text", url="", name="a.txt", uid="text:remembered")

    assert parse(changed, Limits()).drafts[0].uid == "text:remembered"


def test_two_files_of_one_title_and_day_are_two_entries() -> None:
    first = Document(b" date 2024-05-18 Minutes\n\nThe board met.", url="", name="a.txt")
    second = Document(b" date 2024-05-18 Minutes\n\nThe club met.", url="", name="b.txt")

    assert parse(first, Limits()).drafts[0].uid != parse(second, Limits()).drafts[0].uid


def test_a_document_over_the_size_limit_is_refused() -> None:
    with pytest.raises(SourceError, match="more than 10 bytes"):
        parse(Document(b"x" * 11, url="", name="big.txt"), Limits(size=10))


def test_entries_over_the_limit_are_left_out_and_noted() -> None:
    parsed = parse(document("rss-common.xml"), Limits(entries=1))

    assert len(parsed.drafts) == 1
    assert "only the first 1" in parsed.notes[-1]
