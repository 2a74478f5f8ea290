"""Reads and writes OPML: folders become tags ("Tech/Python"), and tags become folders.

Only this file imports listparser, which uses an HTML parser: DTDs and entities have no effect there.
"""

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape

import listparser

from aggregator.errors import ConfigError
from aggregator.model import Source
from aggregator.subscriptions.address import web_address
from aggregator.subscriptions.line import printable_line

LARGEST = 20_000_000  # bytes; ten thousand subscriptions are about two million


@dataclass(frozen=True, slots=True)
class Imported:
    sources: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()
    """One line per skipped subscription."""


def read_opml(data: bytes, every: timedelta, present: Iterable[Source] = ()) -> Imported:
    """Makes names unique and skips known addresses. Raises ConfigError when it is not a subscription list."""
    if len(data) > LARGEST:
        raise ConfigError(f"the list has more than {LARGEST} bytes")
    try:
        # As ASCII with references: the parser behind listparser guesses encodings.
        found = listparser.parse(decoded(data).encode("ascii", "xmlcharrefreplace"))
    except (IndexError, KeyError) as e:  # listparser 0.20 raises these for some unbalanced outlines
        raise ConfigError("this list is too broken to read") from e
    if not found["version"] and not found["feeds"]:
        raise ConfigError("this is not an OPML file")
    names = {source.name for source in present}
    known = {source.address for source in present}
    sources, notes = [], []
    for feed in found["feeds"]:
        address, title = web_address(feed["url"]), printable_line(feed.get("title", ""))
        if not address:
            notes.append(f"{title or 'unnamed'}: {printable_line(feed['url'])[:100]!r} is not a web address")
        elif address in known:
            notes.append(f"{title or address}: already subscribed")
        else:
            known.add(address)
            name = unique(title or address.partition("//")[2].partition("/")[0], names)
            names.add(name)
            sources.append(Source(name, "url", address, tags=tags(feed.get("categories", ())), every=every))
    return Imported(tuple(sources), tuple(notes))


def decoded(data: bytes) -> str:
    """Decodes by byte order mark, else by XML declaration, else as UTF-8."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace").lstrip("\ufeff")
    said = re.match(rb"<\?xml[^>]{0,100}encoding=[\"']([A-Za-z0-9._-]{1,40})", data)
    try:
        return data.decode(said[1].decode() if said else "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def tags(categories: Iterable[Iterable[str]]) -> tuple[str, ...]:
    paths = (
        printable_line("/".join(filter(None, map(printable_line, each)))).rstrip("/ ") for each in categories
    )
    return tuple(dict.fromkeys(path for path in paths if path))


def unique(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    return found


@dataclass(slots=True)
class Folder:
    sources: list[Source] = field(default_factory=list)
    folders: dict[str, "Folder"] = field(default_factory=dict)


def write_opml(title: str, sources: Iterable[Source], pages: Mapping[str, str] | None = None) -> bytes:
    """Writes OPML 2.0. A source with several tags is in several folders; local files and folders are omitted.

    `pages`: name of a source -> its website.
    """
    root = Folder()
    for source in sources:
        if source.kind == "url":
            for tag in source.tags or ("",):
                folder = root
                for part in filter(None, tag.split("/")):
                    folder = folder.folders.setdefault(part, Folder())
                folder.sources.append(source)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{attribute(title)}</title></head>",
        "  <body>",
        *outlines(root, pages or {}, "    "),
        "  </body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines).encode()


def outlines(folder: Folder, pages: Mapping[str, str], indent: str) -> Iterable[str]:
    for source in folder.sources:
        name, url = attribute(source.name), attribute(source.address)
        page = attribute(pages.get(source.name, ""))
        home = f' htmlUrl="{page}"' if page else ""
        yield f'{indent}<outline type="rss" text="{name}" title="{name}" xmlUrl="{url}"{home}/>'
    for name, inner in folder.folders.items():
        yield f'{indent}<outline text="{attribute(name)}">'
        yield from outlines(inner, pages, indent + "  ")
        yield f"{indent}</outline>"


def attribute(text: str) -> str:
    return escape(printable_line(text), quote=True)
