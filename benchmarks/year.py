"""A year of news in a database, in pretend time: how large it becomes, and whether it becomes slower.

    python benchmarks/year.py [--days 365] [--a-day 250] [--keep 60d] [--keep-size 4GB] [--sources 40]

Each day made-up entries arrive; they are kept, grouped, indexed and, with --keep or --keep-size, pruned,
as by the daemon. Prints a line on day 2 and on eleven further days: bytes in use and of the file; the CPU
time of a refresh of 25 entries with its publication, of a story's page and of a search for two words; how
many entries that day's pruning removed, and its CPU time. Then what a kept and a pruned entry take, and what
a year of 10,000 entries a day would with the same --keep. Texts have about 2 kB. What has a fixed size in
the program, a part of the search index and what the feeds show, is as small in proportion as the days are.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import accumulate, chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from aggregator.config import Config, load
from aggregator.group import group_unplaced
from aggregator.model import Entry, Source
from aggregator.publish.explain import explained_stories
from aggregator.publish.publish import publish
from aggregator.retention import FOREVER, Pruning
from aggregator.store import Store, index_parts
from aggregator.stories import fingerprint

START = datetime(2026, 1, 1, tzinfo=UTC)
REFRESH = 25  # entries
SHOWN = "[feed]\nitems = 20\narchives = 1\n"  # as small a part of the database as of a large one
EVENTS = 0.25  # share of entries that report what another one reports
A_DAY = 10_000  # entries of a large instance
YEAR = A_DAY * 365
LEAST_ROWS = 50
SYLLABLES = [
    one + two for one in "bdfgklmnprstvz" for two in ["a", "e", "i", "o", "u", "ar", "en", "is", "or"]
]
LENGTHS = (1, 2, 2, 3, 3, 4)  # syllables of a word


class Press:
    """Writes entries, always the same."""

    def __init__(self, sources: int) -> None:
        self.random = random.Random(1)
        self.sources = [f"Source {number}" for number in range(sources)]
        words = [self.word(self.random.choice(LENGTHS)) for _ in range(30_000)]
        self.words = ["the", "of", "to", "and", "in", "a", "that", "is", "for", "on", *words]
        self.shares = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.number = 0
        self.headline: list[str] = []

    def word(self, syllables: int) -> str:
        return "".join(self.random.choices(SYLLABLES, k=syllables))

    def some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.shares, k=count)

    def entry(self, source: str, when: datetime) -> Entry:
        self.number += 1
        if not self.headline or self.random.random() > EVENTS:
            self.headline = self.some(9)
        title = " ".join([*self.headline[:7], *self.some(2)]).capitalize()
        told = [*self.headline, *self.some(int(self.random.lognormvariate(5.4, 0.7)))]
        lede = " ".join(told[:100])
        address = f"https://{source.lower().replace(' ', '')}.example/{when:%Y/%m}/{'-'.join(title.split())}"
        return Entry(
            source=source,
            uid=address,
            title=title,
            url=address,
            summary=f"<p>{' '.join(told[:40])}</p>",
            body="".join(f"<p>{' '.join(told[at : at + 60])}.</p>" for at in range(0, len(told), 60)),
            lede=lede,
            published=when,
            updated=None,
            language="en",
            digest=blake2b(lede.encode(), digest_size=16).hexdigest(),
            page=address,
            fingerprint=fingerprint(title, lede),
        )


def timed(act: Callable[[], object]) -> float:
    before = process_time()
    act()
    return process_time() - before


def take(store: Store, config: Config, press: Press, now: datetime, count: int) -> None:
    news = [press.entry(source, now) for source in press.random.choices(press.sources, k=count)]
    for source in press.sources:
        with store.writing():
            store.entries.keep(source, [each for each in news if each.source == source], now)
    group_unplaced(store, config, now)


def index(store: Store) -> None:
    while store.search.waiting():
        with store.writing():
            store.search.catch_up()


def days(store: Store, config: Config, press: Press, last: int, a_day: int) -> Iterator[str]:
    pruning = Pruning()
    told = {2, *(last * part // 11 for part in range(1, 12))}
    for day in range(1, last + 1):
        now = START + timedelta(days=day)
        take(store, config, press, now, a_day)
        index(store)
        before = process_time()
        pruned = pruning(store, config, now + timedelta(hours=2), lambda: True, FOREVER)
        spent = process_time() - before
        if day in told:
            publish(store, config)
            yield f"day {day:3}: {measured(store, config, press, now)}; pruned {pruned:5} in {spent:5.2f} s"


def measured(store: Store, config: Config, press: Press, now: datetime) -> str:
    def refresh() -> None:
        take(store, config, press, now + timedelta(hours=1), REFRESH)
        publish(store, config)

    story = store.stories.next_number() - 20
    asked = [" ".join(press.some(2)) for _ in range(50)]
    seconds = (
        timed(refresh),
        timed(lambda: list(explained_stories(store, store.details.stories([story])))),
        timed(lambda: [store.search.stories(each) for each in asked]) / len(asked),
    )
    size = store.path.stat().st_size
    return (
        f"{store.entries.count():7} entries, {store.retention.size() / 1e6:7.1f} MB of {size / 1e6:7.1f};"
        " refresh {:5.0f} ms, page {:5.1f} ms, search {:5.1f} ms".format(*(1e3 * each for each in seconds))
    )


def sizes(store: Store) -> Iterator[str]:
    """What kept and pruned entries take, by the tables in which they are.

    Without the memory of grouping, which does not grow.
    """
    tables = store.db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    gone = sum(size for name, size in tables if "pruned" in name)
    kept = sum(size for name, size in tables if name != "window") - gone
    entries, pruned = store.entries.count(), store.db.table("pruned").count
    one, less = kept / entries, gone / pruned if pruned else 0
    yield f"a kept entry takes {one:.0f} bytes, a pruned one {less:.0f}"
    for name, size in sorted(tables, key=lambda each: -each[1])[:12]:
        yield f"  {name}: {size / 1e6:.1f} MB"
    share = entries / (entries + pruned)
    yield f"a year of 10,000 a day: {YEAR * (share * one + (1 - share) * less) / 1e9:.2f} GB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--a-day", type=int, default=250)
    parser.add_argument("--sources", type=int, default=40)
    parser.add_argument("--keep", default="")
    parser.add_argument("--keep-size", default="")
    given = parser.parse_args()
    index_parts.ROWS = max(LEAST_ROWS, index_parts.ROWS * given.a_day // A_DAY)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "aggregator.toml"
        limits = f'keep = "{given.keep}"\n' if given.keep else ""
        limits += f'keep_size = "{given.keep_size}"\n' if given.keep_size else ""
        file.write_text(f"[store]\n{limits}{SHOWN}", encoding="utf-8")
        config, press = load(file), Press(given.sources)
        with Store(config.store.path) as store:
            with store.writing():
                sources = [Source(name, "url", f"https://{name[7:]}.example/feed") for name in press.sources]
                store.sources.sync(sources, START)
            for line in chain(days(store, config, press, given.days, given.a_day), sizes(store)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
