"""RSS 2.0 with content:encoded, dc:creator, pictures (Media RSS), podcasts' details and atom:link."""

from aggregator.model import Edition
from aggregator.render.byline import author_names
from aggregator.render.generator import add_related, add_story, generator, styled
from aggregator.render.iri import iri
from aggregator.render.media import enclosures_of


def rss(edition: Edition) -> bytes:
    feed = generator(edition, "rss", "application/rss+xml")
    for story in edition.stories:
        item = add_story(feed, story, edition)
        lead = story.lead.entry
        add_related(item, story, edition)
        item.dc.dc_creator(list(author_names(story)))
        for each in enclosures_of(story)[:1]:  # RSS 2.0 has one per item
            item.enclosure(each.url, each.length, each.type or "application/octet-stream")
        if comments := iri(lead.comments):
            item.comments(comments)
    return styled(feed.rss_str(pretty=True))
