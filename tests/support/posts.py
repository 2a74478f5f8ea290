"""Posts of one source as its document shows them at one visit or another, and what a reader meets of them."""

import io
import json
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import feedparser
from bench import Bench
from pretend import rss

from aggregator.publish.compose import invisible
from aggregator.store import Store


@dataclass(frozen=True)
class Post:
    title: str
    text: str = ""
    link: str = ""
    guid: str = ""
    date: str = ""
    """As an RSS document writes it; "" for none."""
    enclosure: str = ""
    topic: str = ""
    """What it is about, whatever becomes of the rest."""

    def __str__(self) -> str:
        parts = [f"<title>{escape(self.title)}</title><description>{escape(self.text)}</description>"]
        if self.link:
            parts.append(f"<link>{escape(self.link)}</link>")
        if self.guid:
            parts.append(f'<guid isPermaLink="false">{escape(self.guid)}</guid>')
        if self.date:
            parts.append(f"<pubDate>{self.date}</pubDate>")
        if self.enclosure:
            parts.append(f'<enclosure url="{self.enclosure}" length="9" type="audio/mpeg"/>')
        if self.topic:
            parts.append(f"<category>{self.topic}</category>")
        return f"<item>{''.join(parts)}</item>"


def shows(bench: Bench, *posts: Post, source: str = "One", **later: float) -> None:
    """The source's document at the next visit."""
    address = f"https://{source.lower()}.example/feed"
    if address not in bench.toml:
        bench.source(source)
    bench.later(**later)
    bench.web.pages[address] = rss(source, *map(str, posts))
    bench.refresh_all()


def items(bench: Bench) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(bench.published()["feed.json"])["items"]
    return found


def kept(bench: Bench) -> list[dict[str, Any]]:
    """Entries with the ids of their stories, in the order of their placing."""
    with Store(bench.folder / "var/aggregator.db") as store:
        return list(
            store.db.query(
                "SELECT entries.id, source, title, entries.url, guid, level, other, tags FROM members"
                " JOIN entries ON entries.id = entry JOIN stories ON stories.id = story ORDER BY turn"
            )
        )


def lost(bench: Bench) -> list[str]:
    """What a reader of JSON or of Atom does not meet, and no newer version of the same topic stands for."""
    rows = kept(bench)
    for met in (met_in_json(bench), met_in_atom(bench)):
        listed = {row["id"] for row in rows if (row["guid"], row["title"], row["url"]) in met}
        topics = {row["id"]: row["tags"] for row in rows}
        for row in reversed(rows):  # the newest first
            if row["id"] not in listed and not stands_for(row, rows, listed, topics):
                return [row["title"]]
            listed.add(row["id"])
    with Store(bench.folder / "var/aggregator.db") as store:
        unseen = invisible((row["id"] for row in rows), store.stories.newest(1000))
    return [row["title"] for row in rows if row["id"] in unseen]


def stands_for(
    row: dict[str, Any], rows: list[dict[str, Any]], listed: set[int], topics: dict[int, str]
) -> bool:
    """Whether its source has published it again, and that is listed."""
    chain = {row["id"]}
    for each in rows:
        again = each["level"] in ("same item", "same page", "same text") and each["source"] == row["source"]
        if again and each["guid"] == row["guid"] and ({each["id"], each["other"]} & chain):
            chain |= {each["id"], each["other"]}
    chain = {each["id"] for each in rows if each["id"] in chain and each["source"] == row["source"]}
    return {topics[one] for one in chain} == {row["tags"]} and bool((chain - {row["id"]}) & listed)


def met_in_json(bench: Bench) -> set[tuple[str, str, str]]:
    """(id, title, link) of all reports."""
    return {
        (each["id"], report["title"], report.get("url", ""))
        for each in items(bench)
        for report in each["_story"]["reports"]
    }


def met_in_atom(bench: Bench) -> set[tuple[str, str, str]]:
    """(id, title, link) of the item itself and of all that its text lists."""
    met = set()
    for each in feedparser.parse(io.BytesIO(bench.published()["feed.atom"])).entries:
        pages = [link.href for link in each.get("links", ()) if link.rel == "alternate"]
        met |= {(each.id, each.title, page) for page in ("", *pages)}
        for line in each.content[0].value.split("<li>")[1:]:
            words, _, rest = line.partition("</li>")[0].partition(": ")[2].partition("</a>")
            address, _, title = words.partition(">") if words.startswith("<a ") else ("", "", words + rest)
            link = address.partition('href="')[2].partition('"')[0]
            met.add((each.id, unescape(title), unescape(link)))
    return met
