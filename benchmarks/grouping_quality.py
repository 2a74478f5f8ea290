"""Measures grouping: BCubed F1 (pairwise F1) on labelled streams.

    python benchmarks/grouping_quality.py FILE.jsonl... [--unseen]

Fitted: the scorers of the package. With --unseen (needs the `train` extra) scorers are trained again, once
without half of each file's clusters, once without each family of files; a family is the part of the name
before the first "_" or digit.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

from streams import Row, load

from aggregator.stories.stream import GroupedStream
from aggregator.stories.window import LEARNED, Scorers, Window

Score = tuple[float, float]


def stories(rows: list[Row], scorers: Scorers, level: int = 1) -> list[int]:
    stream = GroupedStream(Window(scorers=scorers))
    stream.expect(rows)
    placed = [stream.place(row)[0].story for row in rows]
    return [stream.now(story)[level] for story in placed]


def measure(rows: list[Row], scorers: Scorers) -> Score:
    """BCubed F1 and pairwise F1."""
    pairs = list(zip(stories(rows, scorers), [row["cluster"] for row in rows], strict=True))
    both = Counter(pairs)
    found, true = Counter(story for story, _ in pairs), Counter(cluster for _, cluster in pairs)
    precision = sum(n * n / found[story] for (story, _), n in both.items()) / len(pairs)
    recall = sum(n * n / true[cluster] for (_, cluster), n in both.items()) / len(pairs)
    together, said, really = (sum(n * (n - 1) for n in counter.values()) for counter in (both, found, true))
    return harmonic(precision, recall), harmonic(together / (said or 1), together / (really or 1))


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def half(rows: list[Row], which: int) -> list[Row]:
    return [row for row in rows if crc32(row["cluster"].encode()) % 2 == which]


def learned(files: dict[str, list[Row]]) -> Scorers:
    from train_scorer import learn

    return learn(files)[0]


def half_unseen(files: dict[str, list[Row]]) -> dict[str, Score]:
    found: dict[str, list[Score]] = defaultdict(list)
    for which in (0, 1):
        scorers = learned({name: half(rows, which) for name, rows in files.items()})
        for name, rows in files.items():
            found[name].append(measure(half(rows, 1 - which), scorers))
    return {name: mean(scores) for name, scores in found.items()}


def family_unseen(files: dict[str, list[Row]]) -> dict[str, Score]:
    found: dict[str, Score] = {}
    for family in sorted({family_of(name) for name in files}):
        scorers = learned({name: rows for name, rows in files.items() if family_of(name) != family})
        for name, rows in files.items():
            if family_of(name) == family:
                found[name] = measure(rows, scorers)
    return {name: found[name] for name in files}


def family_of(name: str) -> str:
    return re.split(r"[_\d]", name)[0]


def mean(scores: list[Score]) -> Score:
    return sum(a for a, _ in scores) / len(scores), sum(b for _, b in scores) / len(scores)


def show(title: str, scores: dict[str, Score]) -> None:
    cells = {**scores, "mean": mean(list(scores.values()))}
    print(
        f"{title:15}" + "  ".join(f"{name} {a:.3f} ({b:.3f})" for name, (a, b) in cells.items()), flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--unseen", action="store_true")
    args = parser.parse_args()
    files = {path.stem: load(path) for path in args.files}
    show("fitted", {name: measure(rows, LEARNED) for name, rows in files.items()})
    if args.unseen:
        kinds: list[tuple[str, Callable[[dict[str, list[Row]]], dict[str, Score]]]] = [
            ("half unseen", half_unseen),
            ("family unseen", family_unseen),
        ]
        for title, run in kinds:
            show(title, run(files))


if __name__ == "__main__":
    main()
