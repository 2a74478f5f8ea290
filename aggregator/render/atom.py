"""Atom 1.0 (RFC 4287)."""

from aggregator.model import Edition
from aggregator.render.byline import author_names
from aggregator.render.generator import add_related, add_story, generator, styled
from aggregator.render.iri import iri
from aggregator.render.media import enclosures_of
from aggregator.render.origin import origin_of


def atom(edition: Edition) -> bytes:
    feed = generator(edition, "atom", "application/atom+xml")
    for story in edition.stories:
        item = add_story(feed, story, edition)
        lead = story.lead.entry
        # RFC 4287 4.1.2: an entry whose feed has no author must have one.
        for name in author_names(story):
            item.author(name=name)
        linked = {"", iri(lead.url)}
        for report in story.others:
            page = iri(report.entry.url)
            if page not in linked:
                linked.add(page)
                item.story.link(rel="related", href=page, title=origin_of(report).title)
        add_related(item, story, edition)
        for each in enclosures_of(story):
            item.story.link(rel="enclosure", href=each.url, type=each.type, length=str(each.length or ""))
        if comments := iri(lead.comments):
            item.story.link(rel="replies", href=comments, type="text/html")
    return styled(feed.atom_str(pretty=True))
