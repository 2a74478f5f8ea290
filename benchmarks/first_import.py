"""Measures how much a first import depends on which source answers first.

    python benchmarks/first_import.py FILE.jsonl... [--runs 3] [--within HOURS]

Lines: {id, title, text, published, source, url}. All times are shifted so that the newest entry is from now;
--within compresses them so that all are recent: otherwise most of a stream is an archive, where only copies
are joined. Each run fills a fresh database source by source, in its own order and batches, and places the
entries after each batch, as a refresh does when the network is slow. Finally the largest source is added
after all others, and we report how many pairs of the others this separates.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from aggregator.config import Config, load
from aggregator.group import group_unplaced
from aggregator.model import Entry
from aggregator.store import Store
from aggregator.stories import fingerprint
from aggregator.text.urls import canonical

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def entries(path: Path, within: timedelta | None) -> dict[str, list[Entry]]:
    """Entries by source. Skips rows without a source."""
    found = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    rows = [row for row in found if row["source"]]
    times = [datetime.fromisoformat(row["published"]) for row in rows]
    scale = within / (max(times) - min(times)) if within else 1.0
    made: defaultdict[str, list[Entry]] = defaultdict(list)
    for row, when in zip(rows, times, strict=True):
        url = row.get("url") or ""
        made[row["source"]].append(
            Entry(
                source=row["source"],
                uid=row["id"],
                title=row["title"],
                url=url,
                summary="",
                body="",
                lede=row["text"][:600],
                published=NOW - (max(times) - when) * scale,
                updated=None,
                language=row.get("lang") or "",
                page=canonical(url),
                fingerprint=fingerprint(row["title"], row["text"][:600]),
                digest=row["id"],
            )
        )
    return made


def imported(made: dict[str, list[Entry]], batches: list[list[str]]) -> dict[str, int]:
    """Entry id -> story."""
    with TemporaryDirectory() as folder:
        config = configured(Path(folder), list(made))
        with Store(config.store.path) as store:
            with store.writing():
                store.sources.sync(config.sources, NOW)
            for batch in batches:
                with store.writing():
                    for source in batch:
                        store.entries.keep(source, made[source], NOW)
                group_unplaced(store, config, NOW)
            found = store.db.execute("SELECT uid, story FROM members JOIN entries ON id = entry")
            return dict(found.fetchall())


def configured(folder: Path, sources: list[str]) -> Config:
    path = folder / "aggregator.toml"
    lines = (
        f'[[source]]\nname = {json.dumps(name)}\nurl = "https://s{number}.example/"\n'
        for number, name in enumerate(sources)
    )
    path.write_text("\n".join(lines), encoding="utf-8")
    return load(path)


def pairs(story: dict[str, int]) -> set[tuple[str, str]]:
    members: defaultdict[int, list[str]] = defaultdict(list)
    for uid in sorted(story):
        members[story[uid]].append(uid)
    return {(a, b) for each in members.values() for at, a in enumerate(each) for b in each[at + 1 :]}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--within", type=float, metavar="HOURS")
    args = parser.parse_args()
    within = timedelta(hours=args.within) if args.within else None
    for path in args.files:
        made = entries(path, within)
        runs = [imported(made, [list(made)])]
        for seed in range(args.runs):
            random = Random(seed)
            order = random.sample(sorted(made), len(made))
            size = random.choice([1, 5, 20])
            runs.append(imported(made, [order[at : at + size] for at in range(0, len(order), size)]))
        counts = [len(set(run.values())) for run in runs]
        spread = 100 * (max(counts) - min(counts)) / min(counts)
        always, ever = len(set.intersection(*map(pairs, runs))), len(set.union(*map(pairs, runs)))
        print(f"{path.stem}: {counts} stories, spread {spread:.2f} %; {always} of {ever} pairs in all runs")
        largest = max(made, key=lambda source: (len(made[source]), source))
        rest = [source for source in made if source != largest]
        before = imported({name: made[name] for name in rest}, [rest])
        after = imported(made, [rest, [largest]])
        stay = {pair for pair in pairs(after) if pair[0] in before and pair[1] in before}
        print(f"  a source added later: {len(pairs(before) - stay)} of {len(pairs(before))} pairs separated")


if __name__ == "__main__":
    main()
