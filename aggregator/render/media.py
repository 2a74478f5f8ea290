"""The picture and enclosures of a story, for all formats."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from aggregator.model import Enclosure, Episode, Report, Story
from aggregator.render.iri import iri, uri
from aggregator.text.languages import language_code

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
    sounding = next(filter(has_recording, given), [])
    first = given[0] or next(filter(None, given), [])
    unique = {each.url: each for each in (*first, *sounding)}
    return sorted(unique.values(), key=lambda each: not playable(each))


def has_recording(files: Iterable[Enclosure]) -> bool:
    return any(map(playable, files))


def recorded(story: Story) -> Report | None:
    """The report whose recording is the first of enclosures_of; None if no report has one."""
    reports = (each for each in (story.lead, *story.others) if each.entry.enclosures)
    return next((each for each in reports if has_recording(usable_enclosures(each))), None)


def episode_of(report: Report) -> Episode:
    """Without addresses that are none, and transcripts without a type: the namespace demands one."""
    episode = report.entry.episode
    read = (
        replace(each, url=uri(each.url), language=language_code(each.language))
        for each in episode.transcripts
    )
    kept = tuple(each for each in read if each.url and MIME.fullmatch(each.type))
    return replace(episode, chapters=uri(episode.chapters), transcripts=kept)


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
