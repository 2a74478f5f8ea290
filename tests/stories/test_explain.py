"""Why entries are together, or apart, as a person reads it."""

import re
from pathlib import Path

import pytest
from desk import Desk, opened
from make import NOON
from week import week

from aggregator import rulings
from aggregator.cli.explain import story_lines, story_reasons

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
        first, second = store.stories.of(one), store.stories.of(two)

    assert said.startswith(
        f"They are in stories {first} and {second}. A person keeps them apart. Compared by themselves:"
    )


def test_a_merged_story_says_who_merged_it_and_nothing_that_kept_its_reports_out(filled: Desk) -> None:
    alone = (
        "SELECT story FROM members WHERE level = 'alone' AND threshold > 0"
        " AND story NOT IN (SELECT into_story FROM aliases) ORDER BY story LIMIT 2"
    )
    with filled.store() as store:
        one, two = (row[0] for row in store.db.execute(alone))
        rulings.merge_stories(store, filled.config, one, two, NOON)
        said = list(story_lines(story_reasons(store, two)))

    assert said[0] == f"story {two} was merged into it: a person merged them"
    assert f"    It began story {two}, which was merged into this one: a person merged them." in said


def test_a_report_that_moved_away_is_named_with_its_new_story(filled: Desk) -> None:
    with filled.store() as store:
        member, other = store.db.execute(
            "SELECT a.entry, a.other FROM members AS a JOIN members AS b ON b.entry = a.other"
            " WHERE a.level = 'same event' AND a.story = b.story LIMIT 1"
        ).fetchone()
        story = store.stories.of(member)
        before = list(story_lines(story_reasons(store, story)))
        new = rulings.split_entry(store, filled.config, other, NOON)
        after = list(story_lines(story_reasons(store, story)))

    assert any(f"Compared with {other}: " in line for line in before)
    assert any(f"Compared with {other}, now in story {new}: " in line for line in after)
    assert not any(f"Compared with {other}: " in line for line in after)
