"""The whole text of an operator's own report, for its story's page: there is no other page to read it on."""

import re

from markupsafe import Markup

from aggregator.model import Images, Report
from aggregator.render.page_filters import headline
from aggregator.text.html import plain

# Stored HTML is what nh3 wrote, so these are exact.
HEADING = re.compile(r"(?<=<)(/?)h[1-6](?=[ >])")
IMAGE = re.compile(r'<img(?: [a-z-]+(?:="[^"]*")?)*>')
ALT = re.compile(r' alt="([^"]*)"')
PLAYED = re.compile(r'</?(?:audio|picture|source|track|video)(?: [a-z-]+(?:="[^"]*")?)*>')


def whole_text(report: Report, level: int, images: Images) -> Markup:
    """Safe HTML; "" for a report of a feed, and where it only repeats the title.

    `level`: of its headings, all of one, since those of posts skip some. Our pages may show pictures of
    others only where the operator allows them, and never sounds or films.
    """
    if report.feed_url:
        return Markup()
    html = report.entry.body or report.entry.summary
    if plain(html) == headline(report.entry):
        return Markup()
    html = PLAYED.sub("", HEADING.sub(rf"\1h{level}", html))
    return Markup(html if images == "direct" else IMAGE.sub(alternative, html))  # noqa: S704 - cleaned when read


def alternative(image: re.Match[str]) -> str:
    words = ALT.search(image[0])
    return words[1] if words else ""
