"""Who is named as the source of a report."""

from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from aggregator.model import Report
from aggregator.render.iri import iri


class Origin(NamedTuple):
    id: str
    title: str
    feed: str = ""
    page: str = ""


def origin_of(report: Report) -> Origin:
    """What a source has from another one is that one's: however many pass it on, its author is named."""
    entry = report.entry
    if entry.via_title or entry.via_url:
        told = entry.via_title or entry.via_url
        page = iri(entry.via_url)
        return Origin(page or uuid5(NAMESPACE_URL, f"via:{told}").urn, told, page=page)
    # For local files an id that tells nobody their path.
    feed = iri(report.feed_url)
    id = feed or uuid5(NAMESPACE_URL, f"source:{entry.source}").urn
    return Origin(id, report.source_title, feed, iri(report.source_url))
