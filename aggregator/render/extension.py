"""What feedgen cannot write, as an extension of it.

Its source() gives title and link only, where RFC 4287 4.2.11 wants id and updated; and it drops rel, type
and length of an entry's Atom links (feedgen 1.0.0, FeedEntry.atom_entry: the loop shadows its own variable).
"""

from uuid import NAMESPACE_URL, uuid5

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from aggregator.model import Report

HISTORY = "http://purl.org/syndication/history/1.0"
ATOM = "{http://www.w3.org/2005/Atom}"


class FeedExtension(BaseExtension):  # type: ignore[misc]
    """feedgen knows neither all relations that a feed's links have, nor RFC 5005."""

    def __init__(self) -> None:
        self.links: list[dict[str, str]] = []
        self.archived = False

    def link(self, **attributes: str) -> None:
        self.links.append(attributes)

    def archive(self) -> None:
        self.archived = True

    def extend_ns(self) -> dict[str, str]:
        return {"fh": HISTORY} if self.archived else {}

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
        self.links: list[dict[str, str]] = []

    def source(self, report: Report) -> None:
        self.report = report

    def link(self, **attributes: str) -> None:
        self.links.append({name: value for name, value in attributes.items() if value})

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        for attributes in self.links:
            etree.SubElement(entry, "link", attributes)
        if self.report:
            entry.append(atom_source(self.report))
        return entry

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """RSS demands an address, so a local file without one is not named."""
        address = self.report and (self.report.feed_url or self.report.source_url)
        if self.report and address:
            etree.SubElement(item, "source", url=address).text = self.report.source_title
        return item


def atom_source(report: Report) -> etree._Element:
    source = etree.Element("source")
    etree.SubElement(source, "id").text = identity(report)
    etree.SubElement(source, "title").text = report.source_title
    moment = report.entry.updated or report.entry.published
    if moment:
        etree.SubElement(source, "updated").text = moment.isoformat()
    if report.feed_url:
        etree.SubElement(source, "link", rel="self", href=report.feed_url)
    if report.source_url:
        etree.SubElement(source, "link", rel="alternate", href=report.source_url)
    return source


def identity(report: Report) -> str:
    """The feed's address; for local files an id that tells nobody their path."""
    return report.feed_url or uuid5(NAMESPACE_URL, f"source:{report.entry.source}").urn
