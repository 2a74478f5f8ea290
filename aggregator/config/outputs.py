"""`[[output]]` -> Output. Missing keys default to those of [feed]; each key is read as keys.py says."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aggregator.config.keys import Config, Feed, Publish, StoreSection
from aggregator.config.values import shown
from aggregator.model import Output, Source

MAIN = "feed"
"""The merged feed: it exists without an [[output]]."""
STORIES_ONLY = (
    "join",
    "tags",
    "languages",
    "include",
    "exclude",
    "min_sources",
    "per_source",
    "order",
    "notify",
    "byline",
)


def all_outputs(config: Config) -> tuple[Output, ...]:
    """The main one first."""
    given = {output.name: output for output in config.outputs}
    first = given.pop(MAIN, None) or main_output(config.feed)
    return (first, *given.values())


def token_files(config: Config) -> dict[str, Path]:
    return {output.name: output.token_file for output in all_outputs(config) if output.token_file}


def main_output(feed: Feed, **more: Any) -> Output:
    same = ("title", "description", "language", "items", "archives", "notify", "byline", "formats")
    given = {key: getattr(feed, key) for key in same} | {"source_tags": feed.tags}
    return Output(**{"name": MAIN} | given | more)


def output(values: dict[str, Any], feed: Feed) -> Output:
    """An output never inherits the description of the main feed, which does not describe it."""
    name = values["name"]
    if name != MAIN:
        title = values.get("title", name)
        default = {"title": title, "description": f"{feed.title}: {title}"}
    else:
        default = {}
    if values.get("holds") == "problems":
        default["byline"] = "others"  # a problem names its source in its title
    made = main_output(feed, **default | values)
    return made if "archives" in values or not changing(made) else replace(made, archives=0)


def changing(output: Output) -> bool:
    """Whether an archive is impossible: past contents change later, or the archive could not be requested."""
    return bool(
        output.order != "newest story"
        or output.max_age
        or output.token_file
        or output.join != "events"
        or output.holds == "problems"
    )


def doubtful(outputs: Sequence[Output], known: Sequence[str]) -> Iterator[str]:
    """Faults that concern several keys together."""
    for name, count in Counter(output.name for output in outputs).items():
        if count > 1:
            yield f"output {shown(name)}: the name is used twice"
    for each in outputs:
        where = f"output {shown(each.name)}: "
        for source in each.sources:
            if source not in known:
                near = difflib.get_close_matches(source[:100], known, 1, 0.5)
                hint = f"did you mean {near[0]!r}?" if near else "no [[source]] has that name"
                yield f"{where}sources: {shown(source)} is not a source; {hint}"
        if each.archives and changing(each):
            which = "a join of its own" if each.join != "events" else "an order, max_age or token_file"
            yield f"{where}archives: impossible with {which}"
        if each.name == MAIN and each.holds != "stories":
            yield f"{where}holds: the main feed must hold stories"


def exposed(
    publish: Publish, store: StoreSection, outputs: Sequence[Output], sources: Sequence[Source]
) -> Iterator[str]:
    """Private files inside the folder that a web server publishes."""
    kept = {"[publish] private": publish.private, "[store] path": store.path}
    if store.backup:
        kept["[store] backup"] = store.backup
    kept |= {f"output {shown(each.name)}: token_file": each.token_file for each in outputs if each.token_file}
    files = {each.name: each.request.header_file for each in sources if each.request.header_file}
    kept |= {f"source {shown(name)}: header_file": Path(file) for name, file in files.items()}
    open_folder = publish.folder.resolve()
    for key, path in kept.items():
        place = path.resolve()
        if place == open_folder or open_folder in place.parents:
            yield f"{key}: lies inside [publish] folder, which is public"


def misplaced(values: dict[str, Any]) -> list[str]:
    """Keys that have no effect on a feed of problems."""
    return [key for key in STORIES_ONLY if key in values] if values.get("holds") == "problems" else []
