"""Two real documents on one event, 53 hours apart, among other news: exactly they become one story."""

from pathlib import Path

import pytest
from pretend import item, rss
from test_refresh import Bench

SEEDS = Path(__file__).parent.parent.parent / "shared/seeds"

OTHERS = (
    (
        "Mayor opens the new tram line in Torvik",
        "The tram line joins the university to the harbour in Torvik.",
    ),
    (
        "Dairy prices rise for a third month",
        "Milk and butter cost more as feed grew dearer for farms in the north.",
    ),
    ("Goalkeeper leaves the field with a broken hand", "The home side lost two to one after the change."),
    ("Museum finds a lost map of the coast", "A curator found the map between two ledgers in a cellar."),
    (
        "Talks on ferry wages end without agreement",
        "Crews and owners of the ferries will meet again on Monday.",
    ),
    ("President of the chess union steps down", "The chess union elects a new president in the spring."),
)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here: measuring data, not part of us")
def test_the_two_real_documents_end_in_one_story_of_two(bench: Bench) -> None:
    dates = (
        "Thu, 04 Dec 2025 09:00:00 GMT",
        "Fri, 05 Dec 2025 15:00:00 GMT",
        "Sat, 06 Dec 2025 06:00:00 GMT",
    )
    items = [
        item(str(number), title, text, date=dates[number % 3]) for number, (title, text) in enumerate(OTHERS)
    ]
    bench.source("Local", rss("Local", *items))
    bench.texts("Seeds", **{path.name: path.read_text(encoding="utf-8") for path in SEEDS.iterdir()})
    bench.refresh()
    entries = bench.feed().entries
    joined = [entry for entry in entries if "<li>" in entry.content[0].value]
    assert len(entries) == len(OTHERS) + 1
    assert len(joined) == 1
    assert joined[0].content[0].value.count("<li>") == 1
    assert "Ukraine" in joined[0].title
