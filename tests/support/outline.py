"""What a page consists of."""

from html.parser import HTMLParser

from aggregator.model import Site

SITE = Site("News & more", "All of it", "https://news.example/")


class Outline(HTMLParser):
    """Open elements, headings, links and times of a page; complains about what is not closed."""

    VOID = frozenset(("br", "hr", "meta", "link", "input", "img", "path", "rect"))

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.links: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.seen.append((tag, values))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(values["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag
