"""What the standards demand of a feed, as far as it can be told without the web."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

A = "{http://www.w3.org/2005/Atom}"
FH = "{http://purl.org/syndication/history/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
LETTERS = r"A-Za-z0-9\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
SAFE = rf"(?:%[0-9A-Fa-f]{{2}}|[{LETTERS}._~!$&'()*+,;=:@/?-])"
NAME = rf"(?:%[0-9A-Fa-f]{{2}}|[{LETTERS}._~!$&'()*+,;=-])"
IRI = re.compile(  # RFC 3987; of the web with a host and, where there is one, a port of digits
    rf"(?i:https?)://(?:(?:{NAME}|:)*@)?(?:\[[0-9A-Fa-f:.]+\]|{NAME}+)(?::[0-9]*)?(?:[/?]{SAFE}*)?(?:#{SAFE}*)?"
    rf"|(?!(?i:https?):)[A-Za-z][A-Za-z0-9+.-]*:{SAFE}+(?:#{SAFE}*)?"
)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
RFC822 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT)"
)
TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
MIME = re.compile(r"[\w.+-]+/[\w.+-]+(?:;.*)?")
ONCE = {
    "feed": ("id", "title", "updated", "subtitle", "generator", "icon", "logo", "rights"),
    "entry": ("id", "title", "updated", "published", "content", "summary", "source", "rights"),
    "source": ("id", "title", "updated"),
}
MUST = ("id", "title", "updated")
CHANNEL = ("title", "link", "description", "language", "lastBuildDate", "generator", "docs", "pubDate", "ttl")
ITEM = ("title", "link", "description", "guid", "pubDate", "comments", "source", "enclosure", CONTENT)


def atom_faults(body: bytes) -> Iterator[str]:
    """RFC 4287, and RFC 5005 for archive documents."""
    feed = ElementTree.fromstring(body)
    if feed.tag != f"{A}feed":
        yield f"root is {feed.tag}"
    yield from atom_element(feed, "feed")
    entries = feed.findall(f"{A}entry")
    for entry in entries:
        yield from atom_element(entry, "entry")
        if not links(entry, "alternate") and entry.find(f"{A}content") is None:
            yield "4.1.2: an entry without alternate link has no content"
        if feed.find(f"{A}author") is None and entry.find(f"{A}author") is None:
            yield "4.1.2: neither the entry nor its feed has an author"
        for source in entry.findall(f"{A}source"):
            yield from atom_element(source, "source")
    yield from twice(entry.findtext(f"{A}id") for entry in entries)
    if feed.find(f"{FH}archive") is not None and not links(feed, "current"):
        yield "RFC 5005 4: an archive document without a current link"


def atom_element(element: Element, kind: str) -> Iterator[str]:
    for name in ONCE[kind]:
        found = element.findall(f"{A}{name}")
        if len(found) > 1 or (name in MUST and len(found) != 1):
            yield f"4.1: {kind} has {len(found)} {name}"
        for each in found:
            yield from atom_value(name, each)
    for person in element.findall(f"{A}author"):
        if not (person.findtext(f"{A}name") or "").strip():
            yield f"3.2: an author of {kind} without a name"
    for category in element.findall(f"{A}category"):
        if not category.get("term"):
            yield "4.2.2: a category without a term"
    for link in element.findall(f"{A}link"):
        yield from atom_link(link)
    if len(links(element, "alternate")) > 1:
        yield f"4.1: {kind} has several alternate links"


def atom_link(link: Element) -> Iterator[str]:
    if not IRI.fullmatch(link.get("href", "")):
        yield f"4.2.7: a link to {link.get('href')!r}"
    if link.get("type") and not MIME.fullmatch(link.get("type", "")):
        yield f"4.2.7: a link of the type {link.get('type')!r}"
    if link.get("length") and not link.get("length", "").isdigit():
        yield f"4.2.7: a link of the length {link.get('length')!r}"


def links(element: Element, rel: str) -> list[Element]:
    return [each for each in element.findall(f"{A}link") if each.get("rel", "alternate") == rel]


def atom_value(name: str, element: Element) -> Iterator[str]:
    text = element.text or ""
    if name == "id" and not IRI.fullmatch(text):
        yield f"4.2.6: the id {text!r} is no IRI"
    if name in ("updated", "published"):
        if not RFC3339.fullmatch(text):
            yield f"3.3: {name} is {text!r}"
        else:
            datetime.fromisoformat(text)
    if name == "title" and not text.strip():
        yield "4.2.14: an empty title"
    if element.get("type", "text") not in ("text", "html", "xhtml"):
        yield f"3.1.1: {name} of the type {element.get('type')!r}"
    if element.get("type", "text") == "html" and len(element):
        yield f"3.1.1.2: {name} of html has children"


def rss_faults(body: bytes) -> Iterator[str]:
    """RSS 2.0.11 and the RSS Advisory Board's best practices profile."""
    rss = ElementTree.fromstring(body)
    channels = rss.findall("channel")
    if rss.tag != "rss" or rss.get("version") != "2.0" or len(channels) != 1:
        yield "no RSS 2.0 with one channel"
    channel = channels[0]
    yield from rss_element(channel, CHANNEL, ("title", "link", "description"))
    for item in channel.findall("item"):
        yield from rss_element(item, ITEM, ())
        if not item.findtext("title") and not item.findtext("description"):
            yield "an item has neither title nor description"
        guid = item.find("guid")
        if guid is None or not guid.text or guid.get("isPermaLink") != "false":
            yield "an item's guid is not said to be no link"
        for source in item.findall("source"):
            if not web(source.get("url")) or not source.text:
                yield f"a source at {source.get('url')!r}"
        for enclosure in item.findall("enclosure"):
            length, kind = enclosure.get("length", ""), enclosure.get("type", "")
            if not web(enclosure.get("url")) or not length.isdigit() or not MIME.fullmatch(kind):
                yield f"an enclosure of {dict(enclosure.attrib)}"
        if any(not (each.text or "").strip() for each in [*item.findall("category"), *item.findall(CREATOR)]):
            yield "an empty category or creator"
    yield from twice(item.findtext("guid") for item in channel.findall("item"))


def rss_element(element: Element, once: tuple[str, ...], must: tuple[str, ...]) -> Iterator[str]:
    for name in once:
        found = element.findall(name)
        if len(found) > 1 or (name in must and not (found and found[0].text)):
            yield f"{element.tag} has {len(found)} {name}"
        for each in found:
            text = each.text or ""
            if name in ("link", "comments") and not web(text):
                yield f"{name} is {text!r}"
            if name in ("pubDate", "lastBuildDate"):
                if not RFC822.fullmatch(text):
                    yield f"{name} is {text!r}"
                else:
                    parsedate_to_datetime(text)
            if name == "language" and not TAG.fullmatch(text):
                yield f"language is {text!r}"


def json_faults(body: bytes) -> Iterator[str]:
    """JSON Feed 1.1."""
    feed = json.loads(body)
    yield from typed(feed, {"version": str, "title": str, "items": list}, FEED)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"version is {feed.get('version')!r}"
    for item in feed["items"]:
        yield from typed(item, {"id": str}, ITEMS)
        if not ("content_html" in item or "content_text" in item):
            yield "an item without content"
        for attachment in item.get("attachments", ()):
            yield from typed(attachment, {"url": str, "mime_type": str}, ATTACHMENT)
        for author in item.get("authors", ()):
            yield from typed(author, {}, {"name": str, "url": str, "avatar": str})
    yield from twice(item["id"] for item in feed["items"])


FEED = dict.fromkeys(
    ("description", "home_page_url", "feed_url", "next_url", "icon", "favicon", "language"), str
)
FEED |= {"authors": list, "hubs": list, "expired": bool}
ITEMS = dict.fromkeys(
    ("url", "external_url", "title", "content_html", "content_text", "summary", "image"), str
)
ITEMS |= dict.fromkeys(("date_published", "date_modified", "language", "banner_image"), str)
ITEMS |= {"authors": list, "tags": list, "attachments": list}
ATTACHMENT = {"title": str, "size_in_bytes": int, "duration_in_seconds": int}


def typed(given: dict[str, Any], must: dict[str, type], may: dict[str, type]) -> Iterator[str]:
    for name, value in given.items():
        kind = (must | may).get(name)
        if kind is None and not name.startswith("_"):
            yield f"unknown {name}"
        elif kind and not isinstance(value, kind):
            yield f"{name} is {value!r}"
        elif value in ("", [], None) and name != "items":
            yield f"{name} is empty"
        elif ("url" in name or name in ("image", "banner_image")) and not web(value):
            yield f"{name} is {value!r}, which is no address"
        elif name.startswith("date_") and not RFC3339.fullmatch(value):
            yield f"{name} is {value!r}, which is no date"
        elif name == "language" and not TAG.fullmatch(value):
            yield f"language is {value!r}"
        elif name == "tags" and not all(isinstance(each, str) and each for each in value):
            yield f"tags are {value!r}"
    yield from (f"no {name}" for name in must if name not in given)


def web(url: str | None) -> bool:
    return bool(
        url and IRI.fullmatch(url) and urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname
    )


def twice(ids: Any) -> Iterator[str]:
    yield from (f"{id!r} is the id of several" for id, count in Counter(ids).items() if count > 1)


FAULTS = {"atom": atom_faults, "rss": rss_faults, "json": json_faults}
