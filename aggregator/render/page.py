"""The merged feed as a page for people."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from aggregator.model import Edition
from aggregator.render.item import title

PAGES = Environment(
    loader=PackageLoader("aggregator.render", "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.filters["title_of"] = title


def page(edition: Edition) -> bytes:
    return PAGES.get_template("index.html").render(edition=edition).encode()
