"""Names of elements, independent of the prefixes in the document: "dc_creator", "title"."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from aggregator.errors import AggregatorError

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
SVG = "http://www.w3.org/2000/svg"
RSS1 = "http://purl.org/rss/1.0/"
XLINK = "http://www.w3.org/1999/xlink"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# Namespaces whose elements we interpret; in lower case, as feedparser compares them.
_KNOWN = {
    ATOM.lower(): "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    RSS1: "",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.georss.org/georss": "georss",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://webns.net/mvcb/": "admin",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://podlove.org/simple-chapters": "psc",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://www.opengis.net/gml": "gml",
    RDF.lower(): "rdf",
    XHTML.lower(): "xhtml",
    XLINK: "xlink",
}
# Prefixes that feedparser interprets even when a document binds them to another namespace.
_TAKEN = {"content", "dc", "dcterms", "itunes", "media", "podcast", "sy", "xhtml", "xlink"}
# Namespaces that feedparser treats as the core of RSS or Atom: old, and too rare to need the fast reader.
_OLD = (
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/rss/1.0/modules/rss091",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://example.com/ne",
    "http://purl.org/echo/",
    "http://purl.org/pie/",
    "http://purl.org/atom/ns#",
    "http://purl.org/net/rss1.1",
    "uri/of/echo/namespace#",
)
# Elements without a namespace that feedparser interprets.
_CORE_NAMES = """
abstract author authors body category channel cloud comments contributor contributors copyright content
created date description docs email enclosure enclosures entries entry expirationdate feed fullitem
generator geom georssgeom guid height homepage href icon id image info issued item keywords language
lastbuilddate license link links logo managingeditor modified name newlocation pubdate published rights
rss source subtitle summary svg tagline tags textinput title ttl updated uri url webmaster where width
math
"""
CORE = frozenset(_CORE_NAMES.split())
_MEANT_NAMES = """
content_encoded dc_author dc_creator dc_date dc_description dc_language dc_subject dc_title dcterms_created
dcterms_issued dcterms_modified dcterms_valid itunes_author itunes_category itunes_email itunes_image
itunes_keywords itunes_link itunes_name itunes_owner itunes_summary media_category media_content
media_description media_group media_keywords media_thumbnail media_title podcast_chapters podcast_transcript
sy_updatefrequency sy_updateperiod
"""
MEANT = frozenset(_MEANT_NAMES.split())
"""Elements with a namespace that feedparser interprets wherever they occur."""
FOREIGN = ":"
"""The name of every element that we do not interpret."""


class Doubt(AggregatorError):  # noqa: N818 - nothing is wrong with the document
    """The fast reader might not read the document as feedparser would. The message is the reason."""


@lru_cache(maxsize=2048)
def element_name(tag: str) -> str:
    """`tag`: lxml's "{namespace}Name"."""
    namespace, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
    prefix = _KNOWN.get(namespace.lower(), FOREIGN) if namespace else ""
    if prefix == FOREIGN:
        return FOREIGN
    return f"{prefix}_{local}".lower() if prefix else local.lower()


def is_foreign(name: str, element: Any) -> bool:
    """Whether neither we nor feedparser, which claims all names without a prefix, interpret the element."""
    if name == FOREIGN:
        return element.prefix is not None or element.tag.rpartition("}")[2].lower() not in CORE
    if element.tag[0] != "{":
        return name not in CORE and "_" not in name and ":" not in name
    return "_" in name and not name.startswith("xhtml_")


def check_namespaces(bindings: set[tuple[str, str]]) -> None:
    """`bindings`: every (prefix, namespace) in the document. Raises Doubt where feedparser's names differ."""
    for prefix, namespace in bindings:
        lower = namespace.lower()
        known = _KNOWN.get(lower)
        if lower.startswith(_OLD):
            raise Doubt(f"the namespace {namespace}")
        if prefix.lower() in _TAKEN and known != prefix.lower() and known != "xhtml":
            raise Doubt(f"the prefix {prefix} means another namespace")
