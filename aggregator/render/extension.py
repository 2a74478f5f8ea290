"""An extension of feedgen for elements that it cannot write.

Its source() writes title and link only, where RFC 4287 4.2.11 wants id and updated; and it drops rel, type
and length of an entry's Atom links (feedgen 1.0.0, FeedEntry.atom_entry: the loop shadows its own variable).
"""

from collections.abc import Iterator
from email.utils import format_datetime

import feedgen.entry
import feedgen.feed
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from aggregator.model import NO_EPISODE, Episode, Report
from aggregator.render.origin import origin_of

MEDIA = "http://search.yahoo.com/mrss/"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
HISTORY = "http://purl.org/syndication/history/1.0"
ATOM = "{http://www.w3.org/2005/Atom}"

# For every date, feedgen changes the locale of the whole process, where other threads are running.
feedgen.feed.formatRFC2822 = feedgen.entry.formatRFC2822 = format_datetime


class FeedExtension(BaseExtension):  # type: ignore[misc]
    """feedgen supports neither all relations of a feed's links nor RFC 5005."""

    def __init__(self) -> None:
        self.links: list[dict[str, str]] = []
        self.archived = False
        self.namespaces = {"media": MEDIA, "itunes": ITUNES, "podcast": PODCAST}

    def link(self, **attributes: str) -> None:
        self.links.append(attributes)

    def archive(self) -> None:
        self.archived = True

    def extend_ns(self) -> dict[str, str]:
        return self.namespaces | ({"fh": HISTORY} if self.archived else {})

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        for attributes in self.links:
            etree.SubElement(feed, "link", attributes)
        if self.archived:
            etree.SubElement(feed, f"{{{HISTORY}}}archive")
        return feed

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        channel = rss[0]
        for attributes in self.links:
            etree.SubElement(channel, f"{ATOM}link", attributes)
        if self.archived:
            etree.SubElement(channel, f"{{{HISTORY}}}archive")
        return rss


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    def __init__(self) -> None:
        self.report: Report | None = None
        self.image = ""
        self.art = ""
        self.recording = NO_EPISODE
        self.links: list[dict[str, str]] = []

    def source(self, report: Report) -> None:
        self.report = report

    def link(self, **attributes: str) -> None:
        self.links.append({name: value for name, value in attributes.items() if value})

    def picture(self, url: str) -> None:
        self.image = url

    def episode(self, recording: Episode, cover: str) -> None:
        """`cover`: the picture that podcast players show, or ""."""
        self.recording, self.art = recording, cover

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        for attributes in self.links:
            etree.SubElement(entry, "link", attributes)
        if self.report:
            entry.append(atom_source(self.report))
        self.add_picture(entry)
        self.add_episode(entry)
        return entry

    def add_picture(self, parent: etree._Element) -> None:
        """Writes both elements of Media RSS: some readers look for one, some for the other."""
        if self.image:
            etree.SubElement(parent, f"{{{MEDIA}}}content", url=self.image, medium="image")
            etree.SubElement(parent, f"{{{MEDIA}}}thumbnail", url=self.image)

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """RSS requires an address of a source, so local files without one are not named."""
        for attributes in self.links:
            etree.SubElement(item, f"{ATOM}link", attributes)
        origin = origin_of(self.report) if self.report else None
        if origin and (origin.feed or origin.page):
            etree.SubElement(item, "source", url=origin.feed or origin.page).text = origin.title
        self.add_picture(item)
        self.add_episode(item)
        return item

    def add_episode(self, parent: etree._Element) -> None:
        if self.art:
            etree.SubElement(parent, f"{{{ITUNES}}}image", href=self.art)
        for name, number in itunes_numbers(self.recording):
            etree.SubElement(parent, f"{{{ITUNES}}}{name}").text = str(number)
        for name, attributes in podcast_documents(self.recording):
            etree.SubElement(parent, f"{{{PODCAST}}}{name}", attributes)


def itunes_numbers(recording: Episode) -> Iterator[tuple[str, int]]:
    given = {"duration": recording.seconds, "season": recording.season, "episode": recording.number}
    return ((name, number) for name, number in given.items() if number)


def podcast_documents(recording: Episode) -> Iterator[tuple[str, dict[str, str]]]:
    if recording.chapters:
        yield "chapters", {"url": recording.chapters, "type": "application/json+chapters"}
    for each in recording.transcripts:
        attributes = {"url": each.url, "type": each.type, "language": each.language}
        yield "transcript", {name: value for name, value in attributes.items() if value}


def atom_source(report: Report) -> etree._Element:
    origin = origin_of(report)
    source = etree.Element("source")
    etree.SubElement(source, "id").text = origin.id
    etree.SubElement(source, "title").text = origin.title
    moment = report.entry.updated or report.entry.published
    if moment:
        etree.SubElement(source, "updated").text = moment.isoformat()
    if origin.feed:
        etree.SubElement(source, "link", rel="self", href=origin.feed)
    if origin.page:
        etree.SubElement(source, "link", rel="alternate", href=origin.page)
    return source
