"""The obvious program with the same packages: to compare a refresh with. `naive.py DATABASE URLS`."""

import asyncio
import calendar
import sys
from pathlib import Path
from typing import Any

import feedparser
import httpx
from sqlite_utils import Database

AT_A_TIME = 20


def row(url: str, entry: Any) -> dict[str, object]:
    date = entry.get("published_parsed") or entry.get("updated_parsed") or (1970, 1, 1, 0, 0, 0)
    return {
        "feed": url,
        "guid": entry.get("id") or entry.get("link"),
        "link": entry.get("link"),
        "title": entry.get("title"),
        "published": calendar.timegm(date),
        "author": entry.get("author"),
        "summary": entry.get("summary"),
        "content": entry.content[0].value if "content" in entry else None,
    }


async def refresh(database: Database, urls: list[str]) -> None:
    gate = asyncio.Semaphore(AT_A_TIME)
    feeds = database.table("feeds")
    tags = {each["url"]: each["etag"] for each in feeds.rows} if feeds.exists() else {}

    async def visit(client: httpx.AsyncClient, url: str) -> None:
        async with gate:
            answer = await client.get(url, headers={"If-None-Match": tags[url]} if url in tags else {})
        if answer.status_code == 200:
            rows = [row(url, entry) for entry in feedparser.parse(answer.content).entries]
            database.table("entries").upsert_all(rows, pk=("feed", "guid"))
            feeds.upsert({"url": url, "etag": answer.headers.get("etag")}, pk="url")

    async with httpx.AsyncClient(timeout=30) as client:
        await asyncio.gather(*(visit(client, url) for url in urls))


if __name__ == "__main__":
    database = Database(sys.argv[1])
    database.enable_wal()
    asyncio.run(refresh(database, Path(sys.argv[2]).read_text(encoding="utf-8").split()))
    print(database.table("entries").count)
