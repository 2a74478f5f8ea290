"""The part of feedgen's work that Atom and RSS share."""

import html
from collections.abc import Iterator

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from aggregator.model import Edition, Format, Story, file_name
from aggregator.render.extension import EntryExtension, FeedExtension
from aggregator.render.iri import iri
from aggregator.render.item import (
    categories,
    content,
    headed,
    own_or_default,
    place_of,
    story_address,
    summary,
)
from aggregator.render.language import spoken
from aggregator.render.media import episode_of, image_of, recorded


def generator(edition: Edition, format: Format, type: str) -> FeedGenerator:
    """A feed without items. All times come from the data: feedgen would use the clock."""
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.register_extension("story", FeedExtension, EntryExtension)
    feed.id(edition.guid)
    feed.title(edition.title)
    description = own_or_default(edition)
    feed.subtitle(description)
    feed.description(description)
    feed.updated(edition.updated)
    feed.lastBuildDate(edition.updated)
    feed.link(href=edition.link, rel="alternate", type="text/html")
    for rel, href in addresses(edition, format):
        feed.story.link(rel=rel, href=href, type=type)
    for hub in edition.hubs:
        feed.story.link(rel="hub", href=hub)
    if edition.archive is not None:
        feed.story.archive()
    feed.generator("aggregator")
    if edition.language:
        feed.language(edition.language)
    return feed


def addresses(edition: Edition, format: Format) -> Iterator[tuple[str, str]]:
    """The feed's own address and those of its archive (RFC 5005 §4); none for a private feed."""
    if edition.private:
        return
    yield "self", edition.link + file_name(edition.name, edition.archive, format) + edition.query
    if edition.archive is not None:
        yield "current", edition.link + file_name(edition.name, None, format)
    if edition.before is not None:
        yield "prev-archive", edition.link + file_name(edition.name, edition.before, format)


def styled(xml: bytes) -> bytes:
    """Adds a stylesheet for browsers. CSS, because browsers are dropping XSLT."""
    declaration, _, rest = xml.partition(b"\n")
    return b'%s\n<?xml-stylesheet type="text/css" href="feed.css"?>\n%s' % (declaration, rest)


def add_story(feed: FeedGenerator, story: Story, edition: Edition) -> FeedEntry:
    lead = story.lead.entry
    item = feed.add_entry(order="append")  # feedgen's default puts the last one first
    item.id(story.guid)
    item.title(headed(story, edition.byline))
    item.published(story.published)
    item.updated(story.updated)
    own = story_address(story.number, edition)
    if page := iri(lead.url) or own:
        item.link(href=page, rel="alternate")
    if own and page != own:
        all_reports = spoken(edition.language).words["All reports"]
        item.story.link(rel="related", href=own, title=all_reports, type="text/html")
    if words := summary(story):
        item.summary(words, type="text")
        item.description(
            html.escape(words, quote=False)
        )  # in RSS it is HTML; feedgen treats it as content, which follows
    item.content(content(story, edition.byline, own, edition.language), type="html")
    item.category([{"term": name} for name in categories(story, edition)])
    item.story.source(story.lead)
    picture = image_of(story)
    item.story.picture(picture)
    if report := recorded(story):
        item.story.episode(episode_of(report), iri(report.entry.image) or picture)
    return item


def add_related(item: FeedEntry, story: Story, edition: Edition) -> None:
    for each in story.related:
        if place := place_of(each, edition):
            item.story.link(rel="related", href=place, title=each.title)
