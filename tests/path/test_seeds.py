"""Two real documents on one event, 53 hours apart, among other news: exactly they become one story."""

from pathlib import Path

import pytest
from bench import Bench
from pretend import item, rss

from aggregator.store import Store

SEEDS = Path(__file__).parents[3] / "shared/seeds"
DATES = ("Thu, 04 Dec 2025 09:00:00 GMT", "Fri, 05 Dec 2025 15:00:00 GMT", "Sat, 06 Dec 2025 06:00:00 GMT")
OTHERS = (
    ("Mayor opens the new tram line in Torvik", "The tram line joins the university to the harbour."),
    ("Dairy prices rise for a third month", "Milk and butter cost more as feed grew dearer in the north."),
    ("Goalkeeper leaves the field with a broken hand", "The home side lost two to one after the change."),
    ("Museum finds a lost map of the coast", "A curator found the map between two ledgers in a cellar."),
    ("President of the chess union steps down", "The chess union elects a new president in the spring."),
)
NEAR = ("Talks on ferry wages end without agreement", "Crews and owners of the ferries will meet on Monday.")

here = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here: measuring data, not ours")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def joined(bench: Bench, others: tuple[tuple[str, str], ...]) -> list[list[str]]:
    """The sources of each story of more than one report, the two documents having come among the others."""
    items = [item(str(number), *each, date=DATES[number % 3]) for number, each in enumerate(others)]
    bench.source("Local", rss("Local", *items))
    bench.texts("Seeds", **{path.name: path.read_text(encoding="utf-8") for path in SEEDS.iterdir()})
    bench.refresh()
    with Store(bench.folder / "var/aggregator.db") as store:
        found = store.stories.newest(100)
    assert sum(1 + len(story.others) for story in found) == len(others) + 2
    return [[each.entry.source for each in (story.lead, *story.others)] for story in found if story.others]


@here
def test_the_two_real_documents_end_in_one_story_of_two(bench: Bench) -> None:
    assert joined(bench, OTHERS) == [["Seeds", "Seeds"]]


@here
def test_other_talks_do_not_join_them_in_a_nearly_empty_window(bench: Bench) -> None:
    assert joined(bench, (*OTHERS[:4], NEAR, *OTHERS[4:])) == [["Seeds", "Seeds"]]
