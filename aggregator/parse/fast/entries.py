"""One entry of a well-formed feed, element by element.

Every rule in this package copies one of feedparser's; anything it handles that is not implemented here
raises Doubt. tests/parse/test_fast.py compares the two readers.
"""

from __future__ import annotations

from aggregator.parse.drafts import Tree
from aggregator.parse.fast import extras, texts
from aggregator.parse.fast.item import Handler, Item
from aggregator.parse.fast.names import RDF, Doubt, element_name, is_foreign
from aggregator.parse.fast.values import XML, Element, attributes_of, base_of, element_language

MAX_DEPTH = 12  # nested elements in an entry, not counting XHTML
COLLECTED = ("media_content", "media_thumbnail", "podcast_chapters", "podcast_transcript")
"""Elements of which feedparser keeps a list."""
_ENTRY_ATTRIBUTES = {"lastmod", "href", "base", "lang", "about"}  # attributes that feedparser interprets


def read_item(element: Element, feed: Item) -> Tree:
    item = Item(feed.atom, element_language(element, feed.language), base_of(element, feed.base))
    for name in element.attrib:
        if name == f"{{{RDF}}}about":
            item.tree["id"] = element.attrib[name]
        elif not name.startswith(XML) and name.rpartition("}")[2].lower() in _ENTRY_ATTRIBUTES:
            raise Doubt("attributes of an entry")
    _walk(item, element, 1)
    return item.tree


def _walk(item: Item, parent: Element, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise Doubt("elements nested too deep")
    for element in parent:
        name = element_name(element.tag)
        handler = HANDLERS.get(name)
        if handler is not None:
            handler(item, element, depth)
        elif name in DOUBTED or not is_foreign(name, element):
            raise Doubt(f"the element {name}")
        elif len(element):
            _walk(item, element, depth + 1)


def _collect(key: str) -> Handler:
    def handler(item: Item, element: Element, depth: int) -> None:
        item.tree.setdefault(key, []).append(attributes_of(element))
        if (element.text or "").strip():
            raise Doubt(f"text in {key}")
        _walk(item, element, depth + 1)

    return handler


def _nothing(_item: Item, _element: Element, _depth: int) -> None:
    """Ignores the element and its children: feedparser reads them, but we do not use them."""


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(("title", "media_title", "dc_title"), texts.read_title),
    **dict.fromkeys(("guid", "id"), texts.read_id),
    **dict.fromkeys(("description", "dc_description", "media_description"), texts.read_description),
    **dict.fromkeys(("summary", "itunes_summary"), texts.read_summary),
    **dict.fromkeys(("published", "pubdate", "issued", "dcterms_issued"), texts.date_reader("published")),
    **dict.fromkeys(("updated", "modified", "dc_date", "dcterms_modified"), texts.date_reader("updated")),
    **dict.fromkeys(("created", "dcterms_created"), texts.date_reader("created")),
    **dict.fromkeys(("author", "dc_creator", "dc_author", "itunes_author"), texts.read_author),
    **dict.fromkeys(("category", "dc_subject", "media_category"), extras.read_category),
    **dict.fromkeys(("media_keywords", "itunes_keywords"), extras.read_keywords),
    "link": texts.read_link,
    "content": texts.read_content,
    "content_encoded": texts.read_encoded,
    "comments": texts.read_comments,
    "itunes_category": extras.read_itunes_category,
    "enclosure": extras.read_enclosure,
    "source": extras.read_source,
    "image": extras.read_own_image,
    "itunes_image": extras.read_image,
    **{name: _collect(name) for name in COLLECTED},
    **dict.fromkeys(("itunes_duration", "itunes_episode", "itunes_season"), extras.read_detail),
    "contributor": _nothing,
    "rights": _nothing,
}
# Names with an underscore that feedparser interprets and this package does not.
DOUBTED = {"dc_language", "dcterms_valid", "itunes_name", "itunes_email", "itunes_owner", "itunes_link"}
