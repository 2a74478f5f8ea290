"""Feeds as like real ones as chance makes them, and a web server for them, as a process of its own.

    python benchmarks/made_feeds.py FOLDER      serves the folder; prints its port

The same numbers give the same bytes. One entry in twelve is a wire report that about four feeds carry.
"""

import asyncio
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from hashlib import blake2b
from html import escape
from pathlib import Path

NEWEST = datetime(2026, 11, 1, tzinfo=UTC)
STEP = timedelta(hours=5)  # between two entries of a feed
SHARED = 12
CARRIERS = 4
PARAGRAPHS = (2, 12)
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu ster ling mark burg wick"


@cache
def words() -> tuple[list[str], list[float]]:
    """6,000 words with the weights of a natural language (Zipf)."""
    chance = random.Random(1)
    made = sorted({"".join(chance.choices(SYLLABLES.split(), k=chance.randint(1, 4))) for _ in range(9000)})[
        :6000
    ]
    chance.shuffle(made)
    return made, [1 / (rank + 2.7) for rank in range(len(made))]


def text(chance: random.Random, count: int) -> str:
    made, weights = words()
    return " ".join(chance.choices(made, weights, k=count)).capitalize()


@dataclass(frozen=True, slots=True)
class MadeEntry:
    key: str
    title: str
    summary: str
    body: str

    def item(self, feed: int, at: datetime) -> str:
        link = f"http://site{feed}.example/{at:%Y/%m}/{self.key}"
        return (
            f"<item><title>{escape(self.title)}</title><link>{link}</link>"
            f"<guid isPermaLink='false'>{self.key}</guid><pubDate>{format_datetime(at)}</pubDate>"
            "<dc:creator>A. Writer</dc:creator>"
            f"<category>news</category><description>{escape(self.summary)}</description>"
            f"<content:encoded>{escape(self.body)}</content:encoded></item>"
        )


def made_entry(seed: str) -> MadeEntry:
    chance = random.Random(seed)
    paragraphs = (
        f"<p>{text(chance, 60)} <a href='/tag/{text(chance, 1)}'>{text(chance, 2)}</a>.</p>"
        for _ in range(chance.randint(*PARAGRAPHS))
    )
    key = blake2b(seed.encode(), digest_size=6).hexdigest()
    return MadeEntry(key, text(chance, 9), text(chance, 30), "\n".join(paragraphs))


def document(feed: int, entries: int, fresh: int = 0) -> bytes:
    """RSS 2.0; `fresh`: new entries before those of the first version, whose oldest are dropped."""
    items = []
    for place in range(-fresh, entries - fresh):
        shared = (feed + place) % SHARED == 0
        seed = f"wire {feed // CARRIERS} {place}" if shared else f"{feed} {place}"
        items.append(made_entry(seed).item(feed, NEWEST - place * STEP - timedelta(minutes=feed % 240)))
    head = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Feed {feed}</title><link>http://site{feed}.example/</link><description>Made</description>"
    )
    return f"{head}{''.join(items)}</channel></rss>".encode()


def write_feeds(folder: Path, feeds: int, entries: int) -> None:
    for feed in range(feeds):
        (folder / f"{feed}.xml").write_bytes(document(feed, entries))


def write_news(folder: Path, feeds: int, entries: int, fresh: int) -> int:
    """Two new entries in every tenth feed; how many there are."""
    changed = range(0, feeds, 10)
    for feed in changed:
        (folder / f"{feed}.xml").write_bytes(document(feed, entries, fresh))
    return fresh * len(changed)


def address(feed: int, port: int) -> str:
    """A host for each feed, as on the web."""
    return f"http://127.{10 + feed // 62500}.{feed // 250 % 250}.{feed % 250 + 2}:{port}/{feed}.xml"


async def answer(folder: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            body = (folder / head.split(b" ", 2)[1].decode().strip("/")).read_bytes()
            tag = b'"%s"' % blake2b(body, digest_size=8).hexdigest().encode()
            if tag in head:
                writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % tag)
            else:
                kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
                writer.write(kind + b"ETag: %s\r\nContent-Length: %d\r\n\r\n" % (tag, len(body)) + body)
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def serve(folder: Path) -> None:
    server = await asyncio.start_server(lambda *pair: answer(folder, *pair), "0.0.0.0", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
