"""A published feed as a page, for people who open its address in a browser.

XML with a style sheet has neither links that one can follow nor dates as people write them, and elements of
XHTML in a feed are an error to validators. Browsers announce that they show a document; readers do not.
"""

from collections.abc import Callable

from aggregator.errors import SourceError
from aggregator.model import Document, Draft, Limits, ShownItem, Site
from aggregator.parse import parse
from aggregator.render.pages import feed_page
from aggregator.text.html import first_words, title_text

WORDS = 40

View = Callable[[str, bytes], bytes]
"""Name and bytes of a feed -> the page, b"" if there is none."""


def viewer(site: Site) -> View:
    def view(name: str, body: bytes) -> bytes:
        try:
            found = parse(Document(body, site.link + name), Limits())
        except SourceError:
            return b""
        if not found.title:  # somebody wrote into our folder
            return b""
        return feed_page(site, found.title, [shown(each) for each in found.drafts])

    return view


def shown(draft: Draft) -> ShownItem:
    title = title_text(draft.title, draft.title_type)
    bare = draft.summary and draft.summary_type == "text/plain"
    words = (draft.summary if bare else first_words(draft.summary or draft.body, WORDS + 1)).split()
    summary = " ".join(words[:WORDS]) + ("…" if len(words) > WORDS else "")
    return ShownItem(
        title=title,
        url=draft.url,
        source=draft.via_title or ", ".join(draft.authors),
        published=draft.published,
        summary="" if summary == title else summary,
        language=draft.language,
    )
