"""The source that is named for a report."""

from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from aggregator.model import Report, Story
from aggregator.render.iri import iri


class Origin(NamedTuple):
    id: str
    title: str
    feed: str = ""
    page: str = ""


def origin_of(report: Report) -> Origin:
    """For a relayed report the original source, however many relay it; else the report's own."""
    entry = report.entry
    if entry.via_title or entry.via_url:
        named = entry.via_title or entry.via_url
        page = iri(entry.via_url)
        return Origin(page or uuid5(NAMESPACE_URL, f"via:{named}").urn, named, page=page)
    # For local files an id that does not reveal their path.
    feed = iri(report.feed_url)
    id = feed or uuid5(NAMESPACE_URL, f"source:{entry.source}").urn
    return Origin(id, report.source_title, feed, iri(report.source_url))


def copies_in(story: Story) -> set[int]:
    """Numbers of the reports that arrived twice: their page is that of the lead, or else of another report.

    What no other aggregator relayed comes before what one did, as the original. A source may have several
    reports of one page, unless it relays them.
    """
    sources: dict[str, str] = {}
    copies = set()
    for each in (story.lead, *sorted(story.others, key=lambda report: bool(report.entry.upstream))):
        page, source = each.entry.page, each.entry.source
        if page and page in sources and (each.entry.upstream or sources[page] != source):
            copies.add(each.number)
        sources.setdefault(page, source)
    return copies


def report_id(report: Report) -> str:
    """The id by which other aggregators know a report: the same wherever it is relayed."""
    entry = report.entry
    return entry.uid if entry.upstream else uuid5(NAMESPACE_URL, f"report:{entry.source}\n{entry.uid}").urn
