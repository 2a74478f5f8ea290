"""Trains the scorer that decides whether an entry reports a story of its affair, and writes it as a module.

    python tools/train_story.py --events FILE.jsonl... --affairs FILE.jsonl...
        --mixed STREAM.jsonl PAIRS.jsonl --pairs FILE.pairs.jsonl [--out aggregator/stories/story_trees.py]

`--events`: streams whose clusters are single events. `--affairs`: streams with broader clusters, which show
only what is *not* one event. `--mixed`: real subscriptions, {a, b, label} per pair. `--pairs`: {a, b, same}
per pair of entries. Needs the `train` extra. Deterministic: same files and versions, same module.

Each stream is grouped with the present scorers of affairs; within an affair every entry goes into its true
story. The streams of events are also read with titles only, and stretched over days; the real subscriptions
also with their sources moved in time, so that strangers meet.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from strangers import Truth, among_news, meeting
from streams import Row, load, stretched
from train_scorer import COMMON, Examples, expression, fit

from aggregator.stories.same_event import Closeness, Match
from aggregator.stories.score import Candidate, Probe
from aggregator.stories.settings import Settings
from aggregator.stories.stream import GroupedStream
from aggregator.stories.window import Scorers, Window

TREES = 80
PARAMETERS = {**COMMON, "learning_rate": 0.08, "num_leaves": 8, "min_data_in_leaf": 30}
OFFSET = 1.75
"""Added to the learned log-odds, which the weight of false joins has lowered."""
FALSE_JOIN = 3.0
"""A false join hides a report from its reader; a missed one shows it twice."""
WEIGHTS = {
    "events": 1.0,
    "titles": 0.3,
    "drawn out": 0.04,
    "affairs": 0.1,
    "pairs": 3.0,
    "mixed": 5.0,
    "strangers": 3.0,
    "news": 1.0,
}
"""Weight of an example by kind: real subscriptions yield few, and are what matters. Cross-validated by source
(benchmarks/story_quality.py), and so that two real reports 46 hours apart stay together."""
SHUFFLES = 6
"""Streams of strangers."""
CERTAIN = 9.0
STRANGERS = 0.7
"""Cosine below which two unlabelled entries of real subscriptions count as two events."""


class Lessons(NamedTuple):
    examples: Examples
    rows: list[list[Row]]
    """The rows that each example compares, the one being placed first."""

    def of(self, chosen: Callable[[Sequence[Row]], bool]) -> Examples:
        """The examples whose rows are chosen."""
        kept = [at for at, rows in enumerate(self.rows) if chosen(rows)]
        return Examples([self.examples.features[at] for at in kept], [self.examples.same[at] for at in kept])


class Pupil(Window):
    """Groups a stream whose truth is known, and records examples."""

    def __init__(self, truth: Truth, settings: Settings) -> None:
        super().__init__(settings, scorers=Scorers(story=lambda _: CERTAIN))
        self.truth = truth
        self.row: Row = {}
        self.told: dict[int, list[Row]] = {}
        self.examples = Examples()
        self.rows: list[list[Row]] = []
        """The rows that each example compares, the one being placed first."""

    def _matches(self, probe: Probe, found: Candidate) -> list[Match]:
        seen = [self._judged(each) for each in super()._matches(probe, found)]
        return sorted(seen, key=lambda each: (-each.score, each.story))

    def _judged(self, match: Match) -> Match:
        told = self.told.get(match.story, [])
        same = self.truth(self.row, told, match) if told else None
        if same is None:
            return match
        if not match.veto:
            self.examples.features.append(tuple(match.close))
            self.examples.same.append(same)
            self.rows.append([self.row, *told])
        return match._replace(score=CERTAIN if same else -CERTAIN)


def lessons(rows: list[Row], truth: Truth, settings: Settings | None = None) -> Lessons:
    pupil = Pupil(truth, settings or Settings())
    stream = GroupedStream(pupil)
    stream.expect(rows)
    for row in rows:
        pupil.row = row
        placement, folds = stream.place(row)
        pupil.told.setdefault(placement.story, []).append(row)
        for fold in folds:
            if fold.level == "story":
                pupil.told.setdefault(fold.into, []).extend(pupil.told.pop(fold.story, []))
    return Lessons(pupil.examples, pupil.rows)


def one_cluster(row: Row, told: Sequence[Row], _: Match) -> bool:
    return 2 * sum(each["cluster"] == row["cluster"] for each in told) >= len(told)


def strangers_only(row: Row, told: Sequence[Row], _: Match) -> bool | None:
    return None if any(each["cluster"] == row["cluster"] for each in told) else False


def labelled(pairs: list[dict[str, Any]]) -> Truth:
    labels = {frozenset((pair["a"], pair["b"])): pair["label"] for pair in pairs}

    def truth(row: Row, told: Sequence[Row], match: Match) -> bool | None:
        found = {labels.get(frozenset((row["id"], each["id"]))) for each in told} - {None}
        if found:
            return "same" in found
        return False if match.close.best < STRANGERS else None

    return truth


def of_pairs(pairs: list[dict[str, Any]]) -> Examples:
    """Examples from pairs, each alone in a window that puts both into one affair."""
    made = Examples()
    for pair in pairs:
        rows = [
            {**pair["a"], "id": 1, "source": "", "cluster": "a"},
            {**pair["b"], "id": 2, "source": "", "cluster": "a" if pair["same"] else "b"},
        ]
        rows.sort(key=lambda row: row["published"])
        made.add(lessons(rows, one_cluster, Settings(join=-99.0)).examples, 1.0)
    return made


def titles(rows: list[Row]) -> list[Row]:
    """Titles only, as in many feeds."""
    return [{**row, "text": ""} for row in rows if row["title"]]


def drawn_out(path: Path) -> list[Row]:
    """Stories stretched over days: otherwise a scorer learns that reports two days apart are two events."""
    return stretched(load(path), Random(path.stem))


Part = tuple[str, Examples]
"""A kind of WEIGHTS with its examples."""


def parts(args: argparse.Namespace) -> list[Part]:
    """Examples from everything but real subscriptions."""
    return [
        *[("events", lessons(load(path), one_cluster).examples) for path in args.events],
        *[("titles", lessons(titles(load(path)), one_cluster).examples) for path in args.events],
        *[("drawn out", lessons(drawn_out(path), one_cluster).examples) for path in args.events],
        *[("affairs", lessons(load(path), strangers_only).examples) for path in args.affairs],
        ("pairs", of_pairs(load(args.pairs))),
    ]


def mixed_lessons(args: argparse.Namespace) -> list[Lessons]:
    """Of real subscriptions: as they came, and shuffled among each stream of events in turn."""
    rows, truth = load(args.mixed[0]), labelled(load(args.mixed[1]))
    shuffles = (
        among_news(rows, load(args.events[turn % len(args.events)]), Random(turn)) for turn in range(SHUFFLES)
    )
    return [lessons(rows, truth), *(lessons(each, meeting(truth)) for each in shuffles)]


def mixed_parts(mixed: list[Lessons], chosen: Callable[[Sequence[Row]], bool] = all) -> list[Part]:
    """Examples from real subscriptions whose rows are chosen."""
    first, *shuffles = mixed
    return [
        ("mixed", first.of(chosen)),
        *[("strangers", each.of(lambda rows: "real" in rows[0] and chosen(rows))) for each in shuffles],
        *[("news", each.of(lambda rows: "real" not in rows[0] and chosen(rows))) for each in shuffles],
    ]


def together(parts: list[Part]) -> Examples:
    made = Examples()
    for kind, part in parts:
        made.add(part, WEIGHTS[kind])
    made.weights = [
        weight if same else FALSE_JOIN * weight for weight, same in zip(made.weights, made.same, strict=True)
    ]
    return made


HEAD = '''"""The learned scorer of stories within an affair: made by tools/train_story.py, not by hand.

{note}
"""

# ruff: noqa
# fmt: off

from __future__ import annotations


def story(close: tuple[float, ...]) -> float:
    """Log-odds that an entry reports a story, {offset:+} for the threshold 0."""
    {names} = close
    return (
        {offset}
        + {trees}
    )
'''


def arguments(text: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", nargs="+", type=Path, required=True)
    parser.add_argument("--affairs", nargs="+", type=Path, required=True)
    parser.add_argument("--mixed", nargs=2, type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("aggregator/stories/story_trees.py"))
    return parser.parse_args()


def main() -> None:
    args = arguments(__doc__)
    examples = together([*parts(args), *mixed_parts(mixed_lessons(args))])
    names = Closeness._fields
    trees = expression(fit(examples, names, PARAMETERS, TREES), names)
    files = [path.stem for path in (*args.events, *args.affairs, *args.mixed[:1], args.pairs)]
    note = f"Learned from {len(examples.same)} comparisons in {', '.join(files)}."
    text = HEAD.format(note=note, offset=OFFSET, names=", ".join(names), trees=trees)
    args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
