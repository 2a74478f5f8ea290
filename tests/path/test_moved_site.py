"""A site that gives all its items new ids and addresses publishes nothing again."""

from pathlib import Path

import pytest
from bench import Bench
from pretend import rss

SUBJECTS = (
    *("Harbour bridge closed", "Snowy owls counted", "Tram line opens", "Ferry timetable changes"),
    *("Chess champion crowned", "Bakery chain insolvent", "Water law passed", "Volcano villages evacuated"),
)
LONG = (
    "{} in Varnmouth, as our reporters learned on the spot. What led to it, what it means for the town and "
    "its neighbours, what the mayor and the council have to say about it and what comes next is told here at "
    "length, with voices from the harbour, the market and both schools, and with a look at the year before."
)
TEXTS = {"long": LONG, "short": "{} this week, we hear.", "none": ""}


def items(site: str, text: str) -> list[str]:
    return [
        f"<item><guid isPermaLink='false'>{site}-{number}</guid><title>{subject}</title>"
        f"<link>https://{site}.example/{number}</link>"
        f"<pubDate>Sun, {number + 1:02} Feb 2026 10:00:00 GMT</pubDate>"
        f"<description>{text.format(subject)}</description></item>"
        for number, subject in enumerate(SUBJECTS)
    ]


@pytest.mark.parametrize("kind", TEXTS)
def test_new_ids_and_addresses_publish_nothing(tmp_path: Path, kind: str) -> None:
    bench = Bench(tmp_path)
    bench.source("One", rss("One", *items("old", TEXTS[kind])))
    bench.refresh()
    before = {each.id for each in bench.feed().entries}
    bench.later(days=2)
    bench.web.pages["https://one.example/feed"] = rss("One", *items("new", TEXTS[kind]))

    summary = bench.refresh()

    assert (summary.added, summary.new) == (len(SUBJECTS), 0)
    assert {each.id for each in bench.feed().entries} == before
    assert len(before) == len(SUBJECTS)
