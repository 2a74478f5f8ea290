"""Measures publishing: a feed of 1,000 items in every format, and a check when nothing is new.

Prints CPU seconds, because the machine may be busy. Every story has one to three reports of 2 kB.

    python benchmarks/publish_speed.py [--stories 1000]
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from aggregator.config import all_outputs, load
from aggregator.model import Entry, Placement, Reason, Source
from aggregator.publish.feeds import edition_of
from aggregator.publish.publish import publish
from aggregator.render import RENDERERS
from aggregator.store import Store

START = datetime(2026, 3, 1, tzinfo=UTC)
SOURCES = [f"Source {number}" for number in range(30)]


def entry(random: Random, number: int, source: str) -> Entry:
    text = " ".join(f"word{random.randrange(4000)}" for _ in range(250))
    return Entry(
        source=source,
        uid=f"urn:uuid:{number:08}-{SOURCES.index(source):04}",
        title=f"Story {number} in the words of {source}",
        url=f"https://{source.lower().replace(' ', '')}.example/{number}",
        summary=f"<p>{text[:200]}</p>",
        body=f"<p>{text}</p>",
        lede=text[:300],
        published=START + timedelta(minutes=number),
        updated=None,
        authors=("A. Writer",),
        tags=("world", "news"),
        digest=f"{number} {source}",
        page=f"https://{source.lower().replace(' ', '')}.example/{number}",
    )


def fill(store: Store, count: int) -> None:
    random = Random(3)
    sources = [
        Source(name, "url", f"https://{name.lower().replace(' ', '')}.example/feed") for name in SOURCES
    ]
    reports = [
        (number, entry(random, number, source))
        for number in range(1, count + 1)
        for source in random.sample(SOURCES, random.randint(1, 3))
    ]
    with store.writing():
        store.sources.sync(sources, START)
        for source in SOURCES:
            store.entries.keep(source, [each for _, each in reports if each.source == source], START)
        story_of = {each.uid: number for number, each in reports}
        uids = dict(store.db.execute("SELECT id, uid FROM entries").fetchall())
        placed = sorted((story_of[uid], id) for id, uid in uids.items())
        store.stories.add([Placement(id, story, Reason("alone")) for story, id in placed], START)
        store.stories.settle({story for story, _ in placed}, 1, START)


def spent(what: Callable[[], object]) -> float:
    start = time.process_time()
    what()
    return time.process_time() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stories", type=int, default=1000)
    count = options.parse_args().stories
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "aggregator.toml"
        path.write_text(f"[feed]\nitems = {count}\narchives = 0\n")
        config = load(path)
        with Store(config.store.path) as store:
            fill(store, count)
            (output,) = all_outputs(config)
            print(f"read and compose  {spent(lambda: edition_of(store, config, output)):.3f} s")
            composed = edition_of(store, config, output)
            for format, render in RENDERERS.items():
                took = spent(lambda render=render: render(composed))  # type: ignore[misc]
                print(f"{format:4}              {took:.3f} s  {len(render(composed)):,} bytes")
            print(f"publish all       {spent(lambda: publish(store, config)):.3f} s")
            fewest = min(spent(lambda: publish(store, config)) for _ in range(20))
            print(f"nothing new       {fewest * 1000:.2f} ms")
            loud = replace(config, feed=replace(config.feed, title="Another"))
            print(f"other title       {spent(lambda: publish(store, loud)):.3f} s")


if __name__ == "__main__":
    main()
