"""The picture and enclosures of a story, for all formats."""

import re
from collections.abc import Iterator
from dataclasses import replace

from aggregator.model import Enclosure, Report, Story
from aggregator.render.iri import iri, uri

MIME = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
}
"""By suffix, for files whose publisher states no type: players skip files without one."""


def image_of(story: Story) -> str:
    """Address of the lead's picture, else of the first other report's picture, else ""."""
    addresses = (iri(report.entry.image) for report in (story.lead, *story.others))
    return next(filter(None, addresses), "")


def enclosures_of(story: Story) -> list[Enclosure]:
    """The lead's, and the recording of the first report that has one, so that it is not lost.

    Invalid types and lengths are dropped; a playable file, if any, comes first.
    """
    given = [list(usable_enclosures(report)) for report in (story.lead, *story.others)]
    recorded = next((files for files in given if any(map(playable, files))), [])
    first = given[0] or next(filter(None, given), [])
    unique = {each.url: each for each in (*first, *recorded)}
    return sorted(unique.values(), key=lambda each: not playable(each))


def usable_enclosures(report: Report) -> Iterator[Enclosure]:
    for each in report.entry.enclosures:
        if url := uri(each.url):
            type = each.type if MIME.fullmatch(each.type) else TYPES.get(path_suffix(url), "")
            yield replace(each, url=url, type=type, length=max(0, each.length))


def playable(enclosure: Enclosure) -> bool:
    return enclosure.type.lower().startswith(("audio/", "video/"))


def path_suffix(url: str) -> str:
    """ "mp3" for https://a.example/b.mp3?c=d."""
    return re.split("[?#]", url, maxsplit=1)[0].rpartition(".")[2].lower()
