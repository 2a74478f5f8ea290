"""Trains the two scorers of affairs on labelled streams and writes them as a module.

    python tools/train_scorer.py FILE.jsonl... [--out aggregator/stories/trees.py]

Lines: {id, title, text, published, source, url, cluster}, in the order of `published`. Needs the `train`
extra (LightGBM, numpy). Deterministic: the same files and versions yield the same module.

A scorer's features depend on the existing affairs, and these on the scorer. So the first pass puts every
entry into its true affair, and each later pass lets the previous scorer decide; the examples of the later
passes are used together.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy
from streams import Row, copies, load

from aggregator.stories import folds
from aggregator.stories import stream as lines
from aggregator.stories.score import Candidate, Kinship, Likeness, Probe
from aggregator.stories.settings import Settings
from aggregator.stories.window import Scorers, Window

ROUNDS = 2
LABELLED_MEMBERS = 40
"""The first entries of an affair, whose labels decide what it is about."""
CERTAIN = 9.0
COPY_WEIGHT = 0.3
"""Weight of an altered copy: it covers cases that the original lacks, but nobody published it."""
OFFSET = {"join": 0.5, "fold": 0.9}
"""Added to the learned log-odds: joining pays off below even odds, on seen and on unseen clusters."""
COMMON = {
    "objective": "binary",
    "learning_rate": 0.15,
    "lambda_l2": 10.0,
    "verbose": -1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
    "monotone_constraints_method": "advanced",
}
JOIN = {**COMMON, "num_leaves": 8, "min_data_in_leaf": 60}
FOLD = {**COMMON, "num_leaves": 6, "min_data_in_leaf": 40}
PRIOR = {
    "join": "6.0 * (0.5 * centroid + 0.5 * best - 0.05 * gap - 0.2) +",
    "fold": "4.0 * (cosine - 0.3) +",
}
"""A plain rule added to the trees: without it, kinds of news that no stream covers are judged by the habits
of others. It costs a little on kinds that a stream covers."""
TREES = {"join": 40, "fold": 16}
RISING = {
    *("centroid", "best", "title", "mean", "covered", "cosine", "better", "worse"),
    *("telling", "shorter", "known"),
}
FALLING = {"gap"}


@dataclass(slots=True)
class Examples:
    features: list[tuple[float, ...]] = field(default_factory=list)
    same: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, other: Examples, weight: float) -> None:
        self.features += other.features
        self.same += other.same
        self.weights += [weight] * len(other.same)


WIDE = Settings(join=0.0, fold=0.0, fold_cosine=0.15, large_cosine=0.0)
"""A pupil decides by its scorers alone, so that it also learns from what guards would refuse."""


class Pupil(Window):
    """Groups a stream whose clusters are known, and records examples."""

    def __init__(self, scorers: Scorers | None) -> None:
        super().__init__(WIDE, scorers=scorers or Scorers(lambda _: 0.0, self._true_fold))
        self.forced = scorers is None
        self.cluster = ""
        self.clusters: dict[int, list[str]] = {}
        self.joins = Examples()
        self.folds = Examples()

    def about(self, affair: int) -> float:
        """Share of the affair's entries in the same cluster as the one being placed."""
        seen = self.clusters[affair][:LABELLED_MEMBERS]
        return seen.count(self.cluster) / len(seen)

    def _near(self, probe: Probe) -> list[Candidate]:
        found = super()._near(probe)
        for each in found:
            self.joins.features.append(tuple(each.likeness))
            self.joins.same.append(self.about(each.cluster.id) >= 0.5)
        if self.forced:
            found = [
                each._replace(score=CERTAIN if self.about(each.cluster.id) >= 0.5 else -CERTAIN)
                for each in found
            ]
            found.sort(key=lambda each: -each.score)
        return found

    def note_fold(self, one: int, two: int, kin: Kinship) -> None:
        a, b = self.clusters[one][:LABELLED_MEMBERS], self.clusters[two][:LABELLED_MEMBERS]
        top = max(sorted(set(a)), key=a.count)
        same = b.count(top) >= 0.5 * len(b) and a.count(top) >= 0.5 * len(a)
        self.folds.features.append(tuple(kin))
        self.folds.same.append(same)

    def _true_fold(self, _kin: Kinship) -> float:
        return CERTAIN if self.folds.same[-1] else -CERTAIN


def run(rows: list[Row], scorers: Scorers | None) -> Pupil:
    pupil = Pupil(scorers)
    real = folds.kinship

    def noted(one: Candidate, two: Candidate, cosine: float) -> Kinship:
        kin = real(one, two, cosine)
        pupil.note_fold(one.cluster.id, two.cluster.id, kin)
        return kin

    folds.kinship = noted
    try:
        feed(pupil, rows)
    finally:
        folds.kinship = real
    return pupil


def feed(pupil: Pupil, rows: list[Row]) -> None:
    stream = lines.GroupedStream(pupil)
    stream.expect(rows)
    for row in rows:
        pupil.cluster = row["cluster"]
        placement, folded = stream.place(row)
        pupil.clusters.setdefault(placement.affair, []).append(row["cluster"])
        for fold in folded:
            if fold.level == "affair":
                pupil.clusters[fold.into] += pupil.clusters.pop(fold.story)


def learn(files: dict[str, list[Row]], rounds: int = ROUNDS) -> tuple[Scorers, str]:
    """The scorers, and the text of their module without its head."""
    streams = list(lessons(files))
    scorers = None
    source = ""
    joins, fold_examples = Examples(), Examples()
    for turn in range(rounds + 1):
        if turn <= 1:  # examples from the true affairs are of no more use
            joins, fold_examples = Examples(), Examples()
        for rows, weight in streams:
            pupil = run(rows, scorers)
            for total, part in ((joins, pupil.joins), (fold_examples, pupil.folds)):
                total.add(part, weight * len(rows) ** 0.5 / max(1, sum(part.same)))
        source = module(
            expression(fit(joins, Likeness._fields, JOIN, TREES["join"]), Likeness._fields),
            expression(fit(fold_examples, Kinship._fields, FOLD, TREES["fold"]), Kinship._fields),
        )
        scorers = compiled(source)
    return scorers, source


def lessons(files: dict[str, list[Row]]) -> Iterator[tuple[list[Row], float]]:
    """Every stream and its copies, each with its weight."""
    for name, rows in files.items():
        for place, copy in enumerate(copies(rows, random.Random(name))):
            yield copy, COPY_WEIGHT if place else 1.0


def fit(examples: Examples, names: tuple[str, ...], params: dict[str, Any], trees: int) -> list[Any]:
    weights = numpy.array(examples.weights)
    data = lightgbm.Dataset(
        numpy.array(examples.features),
        label=numpy.array(examples.same, dtype=float),
        weight=weights / weights.mean(),
        free_raw_data=False,
    )
    rising = [1 if name in RISING else -1 if name in FALLING else 0 for name in names]
    model = lightgbm.train({**params, "monotone_constraints": rising}, data, num_boost_round=trees)
    return [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]


def expression(trees: list[Any], names: tuple[str, ...]) -> str:
    return "\n        + ".join(branch(tree, names) for tree in trees)


def branch(node: Any, names: tuple[str, ...]) -> str:
    if "leaf_value" in node:
        return f"{node['leaf_value']:.4f}"
    low, high = branch(node["left_child"], names), branch(node["right_child"], names)
    return f"({low} if {names[node['split_feature']]} <= {node['threshold']:.5g} else {high})"


HEAD = '''"""The learned scorers: made by tools/train_scorer.py, not by hand.

{note}
"""

# ruff: noqa
# fmt: off

from __future__ import annotations


'''
FUNCTION = '''def {name}(like: tuple[float, ...]) -> float:
    """Log-odds that the two are about one event, {offset:+} for the threshold 0."""
    {names} = like
    return (
        {prior} {offset}
        + {trees}
    )
'''


def module(join: str, fold: str) -> str:
    parts = (("join", join, Likeness), ("fold", fold, Kinship))
    return "\n\n".join(
        FUNCTION.format(
            name=name, offset=OFFSET[name], prior=PRIOR[name], names=", ".join(kind._fields), trees=trees
        )
        for name, trees, kind in parts
    )


def compiled(source: str) -> Scorers:
    space: dict[str, Callable[..., float]] = {}
    exec(compile(source, "trees", "exec"), space)
    return Scorers(space["join"], space["fold"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("aggregator/stories/trees.py"))
    args = parser.parse_args()
    files = {path.stem: load(path) for path in args.files}
    _, source = learn(files)
    read = sum(map(len, files.values()))
    note = f"Learned from {read} entries in {len(files)} streams, and copies of them: {', '.join(files)}."
    args.out.write_text(HEAD.format(note=note) + source, encoding="utf-8")


if __name__ == "__main__":
    main()
