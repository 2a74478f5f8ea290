"""Makes HTML safe and titles plain text. Only this file imports nh3."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from typing import Literal

import nh3

from aggregator.text.urls import LINK_SCHEMES, MAX_URL, web_link

_TAGS = """
a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col
colgroup dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i
img ins kbd li main mark nav ol p picture pre q rp rt ruby s samp section small source span strike
strong sub summary sup table tbody td tfoot th thead time tr track tt u ul var video wbr
"""
_DROPPED_WITH_CONTENT = """
script style iframe frame frameset embed input button select textarea option noscript
template title math svg xmp plaintext noembed noframes head dialog
"""
_BREAKING = """
address article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5
h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_NEVER_NESTED = """
a area base br col dd dt embed hr img input li link meta nobr p param source tbody td tfoot th thead tr track
wbr
"""
_TEXT_INSIDE = """
applet iframe marquee math noembed noframes noscript object plaintext script style svg table template
textarea title xmp
"""
TAGS = frozenset(_TAGS.split())
BREAKING = frozenset(_BREAKING.split())
DROPPED = frozenset(_DROPPED_WITH_CONTENT.split())
FLAT = frozenset(_NEVER_NESTED.split())
OPAQUE = frozenset(_TEXT_INSIDE.split())
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang", "title"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "audio": {"src", "controls", "preload"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime"},
    "details": {"open"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "source": {"src", "srcset", "sizes", "type", "media"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "preload", "width", "height"},
}
# Characters that XML forbids, and bidirectional overrides, which reverse text beyond their own end.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]"
)
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_CANDIDATE = re.compile(r",\s|\s,|,(?=https?:)")
_ASCII_FORBIDDEN = dict.fromkeys((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))
_MARKUP = re.compile(r"<[a-zA-Z!/?]|&[#a-zA-Z]")
# Complete elements in XML; in HTML they would swallow everything that follows.
_SELF_CLOSED = re.compile(
    r"<(?:iframe|noembed|noframes|script|style|textarea|title|xmp)(?:\s[^<>]*)?/>", re.IGNORECASE
)
# Its content is meant for us: the picture itself, where a script would have loaded it.
_NOSCRIPT = re.compile(r"</?noscript(?:\s[^<>]*)?>")
# In nh3's output a "<" always begins a tag and a value never contains a quote, so these are exact.
_TAG = re.compile(r'</?([a-z][a-z0-9]*)(?: [a-z-]+(?:="[^"]*")?)*>')
_MEDIA = re.compile(r'<(img|source|video)((?: [a-z-]+(?:="[^"]*")?)*)>')
_VALUE = re.compile(r' (srcset|poster)="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_SOURCE = re.compile(r' src(?:set)?="[^"]')
_PIXEL = re.compile(r' (?:width|height)="\s*[01](?:px)?\s*"')


def visible(text: str) -> str:
    """Removes the characters that XML forbids: one would make the whole merged feed unreadable.

    Also replaces U+0085, a line end in Unicode, which feed readers show as Windows' ellipsis.
    """
    if text.isascii():
        return text.translate(_ASCII_FORBIDDEN)
    return _FORBIDDEN.sub("", text).replace("\x85", "\n")


def one_line(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(visible(text).split())


def safe_html(html: str, base: str = "") -> str:
    """Keeps allowed tags, attributes and schemes; makes links absolute; drops tracking pixels."""
    raw = visible(html)
    if not _MARKUP.search(raw):
        return escape(raw, quote=False).strip()
    html = raw if "/>" not in raw else _SELF_CLOSED.sub("", raw)
    html = html if "noscript" not in html else _NOSCRIPT.sub("", html)
    html = _cleaner(base).clean(_shallow(html))
    if len(html) > MAX_GROWTH * len(raw) + 10_000:
        return escape(plain(html), quote=False)
    if "<img" in html or ' srcset="' in html or ' poster="' in html:
        html = _MEDIA.sub(lambda tag: _media(tag, base), html)
    html = visible(html) if "&#" in raw else html  # nh3 turns "&#7;" into a character
    return html.strip()


def safe_text(text: str) -> str:
    """Converts plain text to HTML; an empty line begins a paragraph."""
    paragraphs = _EMPTY_LINE.split(escape(visible(text), quote=False).strip())
    if len(paragraphs) == 1:
        return paragraphs[0]
    return "\n".join(f"<p>{paragraph.strip()}</p>" for paragraph in paragraphs if paragraph.strip())


# Tags as the tokenizer of the HTML standard finds them, with any quotes.
_OPENED = re.compile(
    r"<(?:!--(?:-?>|.*?(?:--!?>|\Z))|[!?][^>]*"
    r"|(?P<end>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*)"
    r"(?:[\t\n\f\r /]+|[^\t\n\f\r />][^\t\n\f\r />=]*+(?:[\t\n\f\r ]*=[\t\n\f\r ]*"
    r"(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[^\t\n\f\r >\"'][^\t\n\f\r >]*)?+)?+)*+)",
    re.DOTALL,
)
MAX_DEPTH = 250
MAX_GROWTH = 3  # repaired markup that grows more is hostile: "<a>" alone becomes forty characters
FEW_TAGS = 1000  # this many cannot take long, however they are nested


def _shallow(html: str) -> str:
    """Truncates the text where elements nest too deep: nh3 takes quadratic time in the depth.

    Inside some elements an end tag may be just text, so those elements count as never closed.
    """
    if html.count("<") <= FEW_TAGS:
        return html
    depth = 0
    opened: dict[str, int] = {}
    for tag in _OPENED.finditer(html):
        name = (tag["name"] or "").lower()
        if name in FLAT or not name:
            continue
        if tag["end"] and name not in OPAQUE and opened.get(name):
            opened[name] -= 1
            depth -= 1
        elif not tag["end"]:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
            if depth > MAX_DEPTH:
                return html[: tag.start()]
    return html


@lru_cache(maxsize=64)
def _cleaner(base: str) -> nh3.Cleaner:
    """Removes relative links if there is no valid base ("http://a:port/" is not one)."""
    try:
        return _cleaner_for(("rewrite_with_base", base) if base else "deny")
    except ValueError:
        return _cleaner_for("deny")


def _cleaner_for(relative: Literal["deny"] | tuple[Literal["rewrite_with_base"], str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(DROPPED),
        attributes=ATTRIBUTES,
        url_schemes=set(LINK_SCHEMES),
        link_rel="noopener noreferrer",
        url_relative=relative,
    )


def _media(tag: re.Match[str], base: str) -> str:
    name, attributes = tag.groups()
    if name == "img" and len(_PIXEL.findall(attributes)) == 2:
        return ""
    if name == "img" and not _SOURCE.search(attributes):
        words = None if base else _ALT.search(attributes)  # a picture beside a file that is published nowhere
        return words[1] if words else ""
    return f"<{name}{_VALUE.sub(lambda value: _address(value, base), attributes)}>"


def _address(value: re.Match[str], base: str) -> str:
    name, text = value.groups()
    text = unescape(text)
    if name == "srcset":
        links = [candidate.split() for candidate in _CANDIDATE.split(text[:MAX_URL])]
        kept = [
            " ".join([web_link(link[0], base), *link[1:2]])
            for link in links
            if link and web_link(link[0], base)
        ]
        result = ", ".join(kept)
    else:
        result = web_link(text, base)
    return f' {name}="{escape(result)}"' if result else ""


def plain(html: str) -> str:
    """The visible text on one line. For safe HTML only."""
    return one_line(_bare(html))


def first_words(html: str, most: int) -> str:
    """The first `most` words of plain()."""
    return " ".join(visible(_bare(html)).split(None, most)[:most])


def _bare(html: str) -> str:
    if "<" in html:
        texts = _TAG.split(html)
        texts[1::2] = [" " if name in BREAKING else "" for name in texts[1::2]]
        html = "".join(texts).partition("<")[0]  # drops a truncated tag
    return unescape(html) if "&" in html else html


def title_text(title: str, kind: str = "text/html") -> str:
    """Plain text: removes markup and decodes entities once; leaves text/plain unchanged."""
    if kind == "text/plain" or not _MARKUP.search(title):
        return one_line(title)
    return plain(safe_html(title))
