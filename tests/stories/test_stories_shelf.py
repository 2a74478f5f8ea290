"""Stories not lately asked for lie packed: it saves memory and changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from week import week

from aggregator.model import Sketch
from aggregator.stories import Settings, Window, shelf

NEWS = [each for batch in week() for each in batch]


def read(window: Window) -> list[int]:
    found = []
    for number, each in enumerate(NEWS, start=1):
        assert each.published
        sketch = Sketch(number, each.source, each.title, each.summary, "", each.published)
        found.append(window.place(sketch)[0].story)
    return found


def test_how_many_stories_lie_packed_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    roomy, narrow = Window(), Window()

    placed = read(roomy)
    monkeypatch.setattr(shelf, "OPEN", 4)

    assert read(narrow) == placed
    assert len(set(placed)) < len(placed), "nothing was joined"
    assert narrow.freeze() == roomy.freeze()


def test_of_many_stories_only_so_many_lie_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "OPEN", 4)
    window = Window()

    read(window)

    assert len(window.memory.shelf) > 10
    assert len(window.memory.shelf._open) <= 4


def test_a_cap_above_the_length_of_short_lists_finds_only_what_is_live() -> None:
    window = Window(Settings(posting_cap=500, join=99.0))  # nothing joins: each is an affair of its own
    start = datetime(2026, 3, 2, tzinfo=UTC)

    for number in range(1, 400):  # half of them have been forgotten when the last one comes
        title = f"Harbour bridge number{number} of Varnmouth closed"
        window.place(Sketch(number, "", title, "", "", start + timedelta(minutes=30 * number)))

    assert len(window.memory.shelf) == 193
