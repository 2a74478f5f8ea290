"""Measures stories on real subscriptions: joins that a reader called false or right, fitted and unseen.

    python benchmarks/story_quality.py --events FILE.jsonl... --affairs FILE.jsonl...
        --mixed STREAM.jsonl PAIRS.jsonl --pairs FILE.pairs.jsonl

Takes the same files as tools/train_story.py. Unseen: each entry of the mixed stream is judged by a scorer
trained without the entries of its source. A join is right when an earlier entry of its story is labelled
"same", false when none is and one has another label; joins without a label count as neither. Strangers:
entries joined although they were published weeks apart, when each source's entries are moved to other times;
these need no labels. Needs the `train` extra.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

import train_story
from strangers import shuffled, strangers
from streams import Row, load
from train_scorer import Examples, expression, fit

from aggregator.stories import story_trees
from aggregator.stories.same_event import Closeness
from aggregator.stories.stream import GroupedStream
from aggregator.stories.window import Scorers, Window

FOLDS = 4
Scorer = Callable[[Any], float]


class Judge:
    """Chooses the scorer for the row that is being placed."""

    def __init__(self, scorers: list[Scorer]) -> None:
        self.scorers = scorers
        self.row: Row = {}

    def __call__(self, close: Closeness) -> float:
        return self.scorers[fold_of(self.row) % len(self.scorers)](close)


def fold_of(row: Row) -> int:
    return crc32(row["source"].encode()) % FOLDS


def stories(rows: list[Row], judge: Judge) -> dict[str, int]:
    stream = GroupedStream(Window(scorers=Scorers(story=judge)))
    stream.expect(rows)
    placed = {}
    for row in rows:
        judge.row = row
        placed[row["id"]] = stream.place(row)[0].story
    return {id_: stream.now(story)[0] for id_, story in placed.items()}


def measured(rows: list[Row], pairs: list[dict[str, Any]], story: dict[str, int]) -> str:
    labels = {frozenset((pair["a"], pair["b"])): pair["label"] for pair in pairs}
    told: dict[int, list[str]] = {}
    counts = {"right": 0, "false": 0, "unknown": 0}
    for row in rows:
        before = told.setdefault(story[row["id"]], [])
        if before:
            found = {labels.get(frozenset((row["id"], each))) for each in before} - {None}
            counts["right" if "same" in found else "false" if found else "unknown"] += 1
        before.append(row["id"])
    same = [(pair["a"], pair["b"]) for pair in pairs if pair["label"] == "same"]
    recall = sum(story[a] == story[b] for a, b in same) / len(same)
    precision = counts["right"] / max(1, counts["right"] + counts["false"])
    per_thousand = 1000 * counts["false"] / len(rows)
    return f"{per_thousand:.1f} false in 1,000; precision {precision:.2f}; recall {recall:.2f}; {counts}"


def met(rows: list[Row], story: dict[str, int]) -> str:
    """Joins of strangers in a shuffled stream."""
    told: dict[int, list[Row]] = {}
    wrong = 0
    for row in rows:
        before = told.setdefault(story[row["id"]], [])
        others = [each for each in before if each["source"] != row["source"]]
        wrong += bool(others) and all(strangers(row, each) for each in others)
        before.append(row)
    return f"{1000 * wrong / len(rows):.1f} strangers joined in 1,000"


def without(fold: int) -> Callable[[Sequence[Row]], bool]:
    return lambda rows: all(fold_of(row) != fold for row in rows)


def learned(examples: Examples) -> Scorer:
    names = Closeness._fields
    trees = expression(fit(examples, names, train_story.PARAMETERS, train_story.TREES), names)
    text = train_story.HEAD.format(note="", offset=train_story.OFFSET, names=", ".join(names), trees=trees)
    space: dict[str, Scorer] = {}
    exec(compile(text, "trees", "exec"), space)
    return space["story"]


def main() -> None:
    args = train_story.arguments(__doc__)
    rows, pairs = load(args.mixed[0]), load(args.mixed[1])
    others, mixed = train_story.parts(args), train_story.mixed_lessons(args)
    unseen = [
        learned(train_story.together([*others, *train_story.mixed_parts(mixed, without(fold))]))
        for fold in range(FOLDS)
    ]
    other_times = shuffled(rows, Random("other times"))
    for name, scorers in (("fitted", [story_trees.story]), ("unseen", unseen)):
        judge = Judge(scorers)
        print(
            name, measured(rows, pairs, stories(rows, judge)), met(other_times, stories(other_times, judge))
        )


if __name__ == "__main__":
    main()
