"""The command `explain`: why entries are together or apart, in words and as JSON."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import click

from aggregator import rulings
from aggregator.cli.answers import answer, as_json
from aggregator.cli.common import loaded, printable, with_config
from aggregator.cli.names import story_numbers
from aggregator.cli.usage import Number
from aggregator.model import Reason, Related, Sketch
from aggregator.store import Store
from aggregator.stories import explain_reason, spelled
from aggregator.stories.kept import COPIES

WORDS = {
    COPIES: "No earlier copy of it was found; it was not compared by its words, because it was older than"
    ' [stories] window when it came, or because `join` is "copies" or "nothing".'
}
"""Of guards that say too little by themselves."""
STORED = re.compile(r"(?P<level>\D+?) (?P<score>[01]\.\d+)\b.*")


@dataclass(frozen=True, slots=True)
class EntryReason:
    """An entry of a story, and why it is there."""

    entry: int
    title: str
    source: str
    published: datetime
    why: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class MergeReason:
    """Another story that was merged into it."""

    story: int
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class StoryReasons:
    story: int
    entries: tuple[EntryReason, ...]
    merged: tuple[MergeReason, ...]
    related: tuple[Related, ...]


@click.command()
@with_config
@click.argument("number", metavar="STORY|ENTRY", type=Number(), shell_complete=story_numbers)
@click.argument("other", metavar="[ENTRY]", type=Number(), required=False)
@as_json
def explain(config_file: str | None, number: int, other: int | None, as_json: bool) -> None:
    """Explain why the entries of a story are together, or what joins or separates two entries."""
    config = loaded(config_file)
    with Store.reading(config.store.path) as store, store.translating_errors():
        if other is None:
            explained = story_reasons(store, number)
            answer(as_json, explained, *story_lines(explained))
        else:
            pair = store.entries.sketch(number), store.entries.sketch(other)
            why = rulings.explain_pair(store, config, number, other)
            stories = store.stories.of(number), store.stories.of(other)
            value = {"entries": (number, other), "stories": stories, "why": why}
            answer(as_json, value, *map(entry_line, pair), f"    {why}")


def story_reasons(store: Store, number: int) -> StoryReasons:
    """Raises NumberError."""
    store.stories.lead(number)
    story = store.stories.resolve(number)
    merged = tuple(
        MergeReason(each.number, each.at, fold_words(each.reason))
        for each in store.details.joined([story]).get(story, ())
    )
    account = store.details.story(story)
    origins = store.stories.origins(story)
    entries = []
    for entry, reason in store.stories.reasons(story).items():
        sketch = store.entries.sketch(entry)
        began = next((each for each in merged if each.story == origins[entry]), None)
        if began and reason.level == "alone":
            why = f"It began story {began.story}, which was merged into this one: {began.why}."
        else:
            why = WORDS.get(reason.veto) or explain_reason(spelled(reason, sketch))
            why += compared(store, reason, story)
        entries.append(EntryReason(entry, sketch.title, sketch.source, sketch.published, why, reason))
    return StoryReasons(story, tuple(entries), merged, account.related if account else ())


def compared(store: Store, reason: Reason, story: int) -> str:
    """Names the entry it was compared with, and the story of that if it is another."""
    if reason.other is None:
        return ""
    title = store.details.titles([reason.other]).get(reason.other, "")
    if not title:
        return f" Compared with {reason.other}: pruned since"
    other = store.stories.of(reason.other)
    now = "" if reason.level == "alone" else "now "
    where = "" if other == story else f", {now}in story {other}"
    return f" Compared with {reason.other}{where}: {title}"


def fold_words(stored: str) -> str:
    """Why two stories were merged."""
    found = STORED.fullmatch(stored)
    if found is None:
        return stored
    if found["level"] == "ruling":
        return "a person merged them"
    return f"{found['level']}, {float(found['score']):.0%} similar"


def story_lines(explained: StoryReasons) -> Iterator[str]:
    for went in explained.merged:
        yield f"story {went.story} was merged into it: {went.why}"
    for each in explained.entries:
        yield entry_line(each)
        yield f"    {printable(each.why)}"
    for other in explained.related:
        when = f"{other.published:%Y-%m-%d %H:%M}"
        yield f"related: story {other.number}  {printable(other.title)}  [{printable(other.source)}, {when}]"


def entry_line(entry: Sketch | EntryReason) -> str:
    when = f"{entry.published:%Y-%m-%d %H:%M}"
    return f"{entry.entry}  {printable(entry.title)}  [{printable(entry.source)}, {when}]"
