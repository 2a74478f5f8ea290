"""Why entries are together, or apart, as a person reads it."""

import re
from pathlib import Path

import pytest
from desk import Desk, opened
from make import NOON
from week import week

from aggregator import rulings
from aggregator.cli.stories import explain_story

HALF = week()[:6]


@pytest.fixture
def filled(tmp_path: Path) -> Desk:
    made = opened(tmp_path, "week")
    for batch in HALF:
        made.take(batch)
    return made


def test_a_stored_reason_gives_the_decision_again(filled: Desk) -> None:
    with filled.store() as store:
        rows = store.db.execute("SELECT level, score, threshold, other, veto FROM members").fetchall()
    scored = [row for row in rows if row[0] == "same event" or (row[0] == "alone" and row[3] is not None)]

    for level, score, threshold, _, veto in scored:
        assert ("same event" if score >= threshold and not veto else "alone") == level
    assert {row[0] for row in scored} == {"same event", "alone"}
    assert any(row[4] for row in scored)


def test_the_same_entries_placed_anew_get_the_same_reasons(filled: Desk, tmp_path: Path) -> None:
    again = opened(tmp_path, "again")
    for batch in HALF:
        again.take(batch)

    rows = []
    for each in (filled, again):
        with each.store() as store:
            rows.append(store.db.execute("SELECT * FROM members ORDER BY turn").fetchall())

    assert rows[0] == rows[1]


def test_the_reason_names_whole_words(filled: Desk) -> None:
    with filled.store() as store:
        one, two = store.db.execute(
            "SELECT entry, other FROM members WHERE level = 'same event' AND other IS NOT NULL LIMIT 1"
        ).fetchone()
        said = rulings.explain_pair(store, filled.config, two, one)
        texts = f"{store.entries.sketch(one)} {store.entries.sketch(two)}".lower()

    shared = said.split("common words: ")[1].split(";")[0].split(", ")
    assert any(len(word) > 6 for word in shared), "no word was cut"
    assert set(shared) <= set(re.findall(r"\w+", texts))


def test_a_person_who_kept_two_apart_is_named(filled: Desk) -> None:
    with filled.store() as store:
        one, two = store.db.execute(
            "SELECT entry, other FROM members WHERE level = 'same event' LIMIT 1"
        ).fetchone()
        rulings.rule_never(store, filled.config, one, two, NOON)
        said = rulings.explain_pair(store, filled.config, one, two)

    assert said.startswith(
        "They are in different stories. A person keeps them apart. Compared by themselves:"
    )


def test_a_story_names_those_that_went_into_it(filled: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    with filled.store() as store:
        one, two = (row[0] for row in store.db.execute("SELECT DISTINCT story FROM members LIMIT 2"))
        rulings.merge_stories(store, filled.config, one, two, NOON)
        explain_story(store, max(one, two))

    assert f"story {max(one, two)} was merged into it: ruling" in capsys.readouterr().out
