"""The part of feedgen's work that Atom and RSS share."""

import html

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from aggregator.model import Edition, Story
from aggregator.render.extension import EntryExtension, FeedExtension
from aggregator.render.item import categories, content, summary, title


def generator(edition: Edition, file: str, type: str) -> FeedGenerator:
    """A feed without items. Every time is set from the data: feedgen would take the clock."""
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.register_extension("story", FeedExtension, EntryExtension)
    feed.id(edition.guid)
    feed.title(edition.title)
    feed.subtitle(edition.description)
    feed.description(edition.description)
    feed.updated(edition.updated)
    feed.lastBuildDate(edition.updated)
    feed.link(href=edition.link, rel="alternate", type="text/html")
    feed.link(href=edition.link + file, rel="self", type=type)
    feed.story.hubs(edition.hubs)
    feed.generator("aggregator")
    if edition.language:
        feed.language(edition.language)
    return feed


def add_story(feed: FeedGenerator, story: Story) -> FeedEntry:
    lead = story.lead.entry
    item = feed.add_entry(order="append")  # feedgen's default puts the last one first
    item.id(story.guid)
    item.title(title(story))
    item.published(story.published)
    item.updated(story.updated)
    if lead.url:
        item.link(href=lead.url, rel="alternate")
    item.summary(html.escape(summary(story)), type="html")
    item.content(content(story), type="html")
    for name in categories(story):
        item.category(term=name)
    item.story.source(story.lead)
    return item
