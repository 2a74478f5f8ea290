"""Posts of Jekyll, Hugo, Eleventy, Astro and Obsidian: front matter, then Markdown."""

from __future__ import annotations

import re
from html import escape

from aggregator.model import Document, Draft, Limits, Parsed
from aggregator.parse.fields import NO, YES, Fields
from aggregator.parse.front_matter import Front, front_of
from aggregator.parse.markdown import heading, markdown_html, starts_with_heading
from aggregator.parse.names import CHANGED, CREATED, PUBLISHED, title_of
from aggregator.parse.plain import date_notes, decode, or_file_time, text_uid
from aggregator.text.html import title_text

MAX_MARKDOWN = 500_000  # characters
# Markup in a title. Any other "<", as in "Vec<T>" or "the <details> element", is part of its text.
_INLINE = (
    "a abbr b bdi bdo big br center cite code data del dfn em font h[1-6] i img ins kbd mark nobr p q rp"
    " rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
_SIGN = re.compile(rf"<(?!/?(?:{'|'.join(_INLINE.split())})(?:\s[^<>]*)?/?>|!--)", re.IGNORECASE)


def read_post(document: Document, _limits: Limits) -> Parsed:
    """`document`: one that begins with front matter, or with a Markdown heading."""
    text = decode(document)
    front = front_of(text) or (Front({}, 0) if starts_with_heading(text) else None)
    if front is None:
        return Parsed("jekyll")
    body, notes, fields = text[front.end :], [*front.notes], Fields(front.fields)
    if len(body) > MAX_MARKDOWN:
        notes.append(f"only the first {MAX_MARKDOWN} characters are used")
        body = body[:MAX_MARKDOWN]
    if held_back(fields):
        return Parsed("jekyll", notes=(*notes, "not published: it is a draft"))
    draft = _draft(document, fields, body)
    notes += date_notes(_wrong_date(fields), draft)
    return Parsed("jekyll", (draft,), title=_title(fields), notes=tuple(notes))


def _wrong_date(fields: Fields) -> str:
    """Returns a note about a date that we cannot read, or ""."""
    text = fields.no_date((*PUBLISHED, *CREATED))
    understood = fields.date((*PUBLISHED, *CREATED))
    return f"the date is not understood: {text[:60]}" if text and understood is None else ""


def held_back(fields: Fields) -> bool:
    """Only a plain word holds a post back: `published` may also be a date, or empty."""
    return fields.says("draft", YES) or fields.says("published", NO) or fields.says("publish", NO)


def _draft(document: Document, fields: Fields, body: str) -> Draft:
    title, first = _title(fields), next((line.strip() for line in body.splitlines() if line.strip()), "")
    stamp = fields.date((*PUBLISHED, *CREATED))
    changed = fields.date(CHANGED)
    published, dated = or_file_time(document, stamp, changed)
    link = fields.text("link", "url", "permalink", "canonicalurl")
    page = link if "/" in link and "/:" not in link else ""  # neither "pretty" nor "/:year/:title/"
    mark = fields.text("id", "guid") or (link if "://" in link else "")
    return Draft(
        # From its content only: a title taken from the file name would not survive renaming.
        uid=document.uid or mark or text_uid(title or first.lstrip("#").strip(), stamp, body),
        title=title or heading(first) or title_of(document.name) or first,
        title_type="text/plain",
        url=page,
        base=page if page.startswith(("/", "http")) and not fields.text("link", "url") else "",
        summary=fields.text("excerpt", "description", "summary"),
        body=markdown_html(body),
        authors=fields.list("author", ",") or fields.list("authors", ","),
        tags=fields.words("categories") + fields.list("category", ",") + _tags(fields),
        published=published,
        dated=dated,
        updated=changed,
        image=fields.text("image"),
        language=fields.text("lang", "language"),
    )


def _tags(fields: Fields) -> tuple[str, ...]:
    return fields.words("tags") + tuple(tag.removeprefix("#") for tag in fields.list("tag", ","))


def _title(fields: Fields) -> str:
    """As Jekyll's own feed shows it: without markup, entities decoded, on one line."""
    written = fields.text("title")
    return title_text(_SIGN.sub(escape("<"), written))
