"""No document of up to 2 MB takes more than two CPU seconds, and only its own source fails."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import NoReturn

import pytest
from bench import Bench
from pretend import item as entry
from pretend import rss as feed

from aggregator.errors import SourceError
from aggregator.model import Document, Limits
from aggregator.parse import bounded, parse
from aggregator.visit.normalise import normalise

SIZE = 1_900_000
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MOST = 2.0  # CPU seconds


def fill(unit: str, size: int = SIZE) -> str:
    return unit * (size // len(unit))


def numbered(unit: str, count: int) -> str:
    return "".join(unit.format(number) for number in range(count))


def rss(inside: str, attributes: str = "") -> str:
    return f"<rss version='2.0' {attributes}><channel>{inside}</channel></rss>"


def item(inside: str) -> str:
    return rss(f"<item><title>t</title>{inside}</item>")


def broken(inside: str) -> str:
    """Not well formed, so that feedparser has to read it."""
    return rss(f"<br><item><title>t</title>{inside}</item>")


def atom(inside: str) -> str:
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>u</id>{inside}</entry></feed>"


def bomb(levels: int) -> str:
    entities = "".join(f"<!ENTITY a{n} '{10 * f'&a{n - 1};'}'>" for n in range(1, levels))
    return f'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">{entities}]>{item(f"<author>&a{levels - 1};</author>")}'


DECLARED = "<!ENTITY a{} 'b'>"
WEB: dict[str, Callable[[], str]] = {
    "an endless author": lambda: broken(f"<author>{fill('a')}</author>"),
    "an author of addresses": lambda: item(f"<author>{fill('a@b.example ')}</author>"),
    "an endless attribute": lambda: broken(f"<enclosure url='{fill('a&amp;')}'/>"),
    "many attributes": lambda: rss("<br>", numbered(" a{}='x'", 120_000)),
    "many attributes of a well-formed feed": lambda: rss("", numbered(" a{}='x'", 120_000)),
    "many namespaces": lambda: rss("", numbered(" xmlns:a{0}='u{0}'", 60_000)),
    "deep elements": lambda: item(fill("<a>", 600_000) + fill("</a>", 800_000)),
    "deep elements that never end": lambda: item(fill("<a>")),
    "deep markup": lambda: item(f"<description>{escape(fill('<ul><li>', 900_000))}</description>"),
    "tables in paragraphs": lambda: item(
        f"<description>{escape(fill('<p><table><td>', 900_000))}</description>"
    ),
    "deep XHTML": lambda: atom(
        "<content type='xhtml'>" + fill("<b xmlns='http://www.w3.org/1999/xhtml'>", 900_000) + "</content>"
    ),
    "many short entries": lambda: rss(fill("<item><title>a</title></item>")),
    "entries full of markup": lambda: rss(
        fill(f"<item><description>{escape(fill('<ul><li>', 4000))}</description></item>")
    ),
    "many categories": lambda: item(numbered("<category>{}</category>", 70_000)),
    "many enclosures": lambda: item(numbered("<enclosure url='https://a.example/{}'/>", 40_000)),
    "many links": lambda: atom(numbered("<link href='https://a.example/{}'/>", 40_000)),
    "a bomb of entities": lambda: bomb(9),
    "many declared entities": lambda: f"<!DOCTYPE x [{numbered(DECLARED, 90_000)}]>{item('')}",
    "many entities in text": lambda: broken(f"<description>{fill('&lt;&amp;')}</description>"),
    "a long CDATA": lambda: item(f"<description><![CDATA[{fill('<x ]] ')}]]></description>"),
    "many CDATAs": lambda: broken(fill("<![CDATA[x]]>")),
    "a CDATA that never ends": lambda: broken(fill("<![CDATA[")),
    "comments that never end": lambda: broken(fill("<!--")),
    "instructions before the root": lambda: fill("<? ?>"),
    "blanks": lambda: item(f"<title>{fill(' ')}x</title><pubDate>{fill(' ', 9000)}</pubDate>"),
    "a JSON feed of brackets": lambda: f'{{"version":"https://jsonfeed.org/version/1","items":{fill("[")}',
    "a JSON feed of markup": lambda: (
        f'{{"version":"https://jsonfeed.org/version/1","items":[{{"content_html":"{fill("<ul><li>")}"}}]}}'
    ),
}
LOCAL: dict[str, Callable[[], str]] = {
    "brackets": lambda: f"---\ntitle: x\n---\n{fill('[')}",
    "pictures": lambda: f"---\ntitle: x\n---\n{fill('![')}",
    "quotes": lambda: f"---\ntitle: x\n---\n{fill('> ')}",
    "stars": lambda: f"---\ntitle: x\n---\n{fill('*a_ ')}",
    "front matter of brackets": lambda: f"---\na: {fill('[', 60_000)}\n---\nx",
    "front matter of dots": lambda: f"+++\n{fill('a.', 60_000)}b = 1\n+++\nx",
    "front matter without end": lambda: "---\n" + fill("a: b\n"),
    "a brace and blanks": lambda: f'{{"a":}}{fill(" ")}x',
    "capitals": lambda: f"Title\n{fill('AB ')}",
    "rules": lambda: fill("---\n"),
    "lines": lambda: fill("\n") + "x",
}


@pytest.fixture(autouse=True, scope="module")
def no_child_is_left() -> object:
    yield
    bounded.stop_child()


class LeftToChild(Exception):  # noqa: N818 - not a fault
    pass


def leave(*_: object) -> NoReturn:
    raise LeftToChild


@pytest.fixture
def cost(monkeypatch: pytest.MonkeyPatch) -> Callable[[Document], float]:
    """CPU seconds, even if parsing fails; the child's whole allowance where it would be asked."""
    monkeypatch.setattr(bounded, "run_bounded", leave)

    def measured(document: Document) -> float:
        start, child = time.process_time(), 0.0
        try:
            for draft in parse(document, Limits()).drafts:
                normalise(draft, source="s", base=document.url, now=NOW)
        except LeftToChild:
            child = Limits().seconds
        except SourceError as error:
            assert error.fault in {"format", "slow", "size"}
        return time.process_time() - start + child

    return measured


@pytest.mark.parametrize("name", WEB)
def test_a_feed_costs_little(name: str, cost: Callable[[Document], float]) -> None:
    assert cost(Document(WEB[name]().encode(), "https://a.example/feed")) < MOST


@pytest.mark.parametrize("name", LOCAL)
def test_a_file_costs_little(name: str, cost: Callable[[Document], float]) -> None:
    assert cost(Document(LOCAL[name]().encode(), "", name="x.txt")) < MOST


def test_only_the_source_of_a_document_that_takes_too_long_fails(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.source("Slow", WEB["an endless author"]().encode())
    bench.source("Good", feed("Good", entry("1", "A bridge opens")))

    summary = bench.refresh()

    assert (summary.ok, summary.failed, summary.added) == (1, 1, 1)
    assert "slow" in {visit.fault for visit in bench.silent.seen}
