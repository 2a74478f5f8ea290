"""Streams of strangers: real subscriptions, each source moved in time, so that entries meet other events.

Labels by reading are few. But two entries published weeks apart are not one event, although they may share a
trade, its words, or boilerplate; here they meet within hours, among clusters of news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from streams import Row, at, in_order, time

from aggregator.stories.same_event import Match

Truth = Callable[[Row, Sequence[Row], Match], bool | None]
"""Takes an entry, a story's entries and their comparison; whether it is the same event, None: unknown."""

SPAN = timedelta(days=15)
START = datetime(2026, 1, 1, tzinfo=UTC)
APART = timedelta(days=10)
"""Entries published further apart are not one event."""
CLUSTERS = 150
"""Clusters of news in a stream, half of them reduced to one entry: most entries have no other report."""


def shuffled(rows: Sequence[Row], random: Random) -> list[Row]:
    """Each source's entries, in their order, at random times within SPAN."""
    sources: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        sources[row["source"]].append(row)
    made = []
    for _, entries in sorted(sources.items()):
        times = sorted(START + SPAN * random.random() for _ in entries)
        moved = map(at, entries, times)
        made += [{**row, "real": old["published"]} for row, old in zip(moved, entries, strict=True)]
    return in_order(made)


def among_news(rows: Sequence[Row], news: Sequence[Row], random: Random) -> list[Row]:
    """Subscriptions shuffled, with CLUSTERS of the news at random times."""
    clusters: dict[str, list[Row]] = defaultdict(list)
    for row in news:
        clusters[row["cluster"]].append(row)
    made = shuffled(rows, random)
    for name in random.sample(sorted(clusters), min(CLUSTERS, len(clusters))):
        reports = clusters[name]
        moved = START + SPAN * random.random() - time(reports[0])
        left = [random.choice(reports)] if random.random() < 0.5 else reports
        made += [at(row, time(row) + moved) for row in left]
    return in_order(made)


def strangers(one: Row, two: Row) -> bool:
    """Whether two entries of subscriptions were published too far apart to report one event."""
    return abs(datetime.fromisoformat(one["real"]) - datetime.fromisoformat(two["real"])) > APART


def meeting(labelled: Truth) -> Truth:
    """The truth of `among_news`, where `labelled` judges entries that were published at about one time."""

    def truth(row: Row, told: Sequence[Row], match: Match) -> bool | None:
        if "real" not in row:
            return any(each.get("cluster") == row["cluster"] for each in told)
        near = [each for each in told if "real" in each and not strangers(row, each)]
        return labelled(row, near, match) if near else False

    return truth
