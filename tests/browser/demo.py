"""A pretend week of a pretend harbour town: what the screenshots show and the browser is tested with."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import httpx
import uvicorn

from aggregator.config import Config, load
from aggregator.fetch import Web as Client
from aggregator.model import Images, Visit
from aggregator.publish.publish import site_of
from aggregator.refresh import refresh_due
from aggregator.runtime import Runtime
from aggregator.serve import Serving, app
from aggregator.store import Store
from aggregator.visit.visit import VisitContext, visit

SAMPLES = Path(__file__).parents[2] / "config" / "samples"
START, END = datetime(2026, 11, 19, 6, tzinfo=UTC), datetime(2026, 11, 20, 20, tzinfo=UTC)


PAPERS = json.loads((Path(__file__).parent / "papers.json").read_text(encoding="utf-8"))
"""Name -> language and posts; a post is at a day and time in November 2026, and may name a picture."""


def moment(post: dict[str, str]) -> datetime:
    return datetime.strptime(f"2026-11-{post['at']} +0000", "%Y-%m-%d %H:%M %z")


def host(name: str) -> str:
    ascii_name = "".join(sign for sign in name.lower() if sign.isascii() and sign.isalpha())
    return f"{ascii_name or f'paper{list(PAPERS).index(name)}'}.example"


def feed(name: str, now: datetime) -> bytes:
    paper = PAPERS[name]
    items = "".join(item(host(name), post) for post in paper["posts"] if moment(post) <= now)
    return (
        f'<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>{name}</title><link>https://{host(name)}/</link>'
        f"<description>-</description><language>{paper['language']}</language>{items}</channel></rss>"
    ).encode()


def item(host: str, post: dict[str, str]) -> str:
    picture = (
        f'<media:content url="https://{host}/{post["picture"]}.svg" medium="image"/>'
        if "picture" in post
        else ""
    )
    return (
        f"<item><guid>tag:{host},2026:{post['at'].replace(' ', '-')}</guid>"
        f"<title>{escape(post['title'])}</title><description>{escape(escape(post['text']))}</description>"
        f"<link>https://{host}/{post['at'][:2]}{post['at'][3:5]}</link>"
        f"<pubDate>{format_datetime(moment(post))}</pubDate>{picture}</item>"
    )


def answer(request: httpx.Request, now: datetime) -> httpx.Response:
    name = next(name for name in PAPERS if host(name) == request.url.host)
    if name == "Tide Tables" and now > END - timedelta(hours=14):
        return httpx.Response(503)
    if name == "Island Observatory" and now.hour in (3, 4):
        return httpx.Response(500)
    body = feed(name, now)
    tag = f'"{sha256(body).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        return httpx.Response(304, headers={"etag": tag})
    return httpx.Response(200, content=body, headers={"etag": tag, "content-type": "application/rss+xml"})


class Silent:
    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        pass


def written(folder: Path, images: Images) -> Config:
    sources = "".join(f'[[source]]\nname = "{name}"\nurl = "https://{host(name)}/feed"\n' for name in PAPERS)
    (folder / "aggregator.toml").write_text(
        '[feed]\ntitle = "Lindmark Stories"\n[fetch]\npause = "0s"\n'
        f'[publish]\nimages = "{images}"\n{sources}'
        f'[[source]]\nname = "Samples"\nfolder = "{SAMPLES}"\n',
        encoding="utf-8",
    )
    return load(folder / "aggregator.toml")


def live(folder: Path, images: Images = "off") -> Config:
    """The days go by, an hour at a time; afterwards everything is published and can be searched."""
    config = written(folder, images)
    now = START
    web = httpx.MockTransport(lambda request: answer(request, now))
    with ThreadPoolExecutor(2) as pool, Store(config.store.path) as store:
        runtime = Runtime(
            config, partial(visit, context=VisitContext(Client(web, "test"))), pool, lambda: now, Silent()
        )
        while now <= END:
            refresh_due(store, runtime)
            now += timedelta(hours=1)
        while store.search.waiting():
            with store.writing():
                store.search.catch_up()
    return config


@contextmanager
def served(config: Config) -> Iterator[str]:
    """The address at which the site is served on this machine."""
    made = app(Serving(config.publish.folder, config.store.path, timedelta(), site=site_of(config)))
    server = uvicorn.Server(uvicorn.Config(made, port=0, log_level="error"))
    thread = Thread(target=server.run)
    thread.start()
    deadline = monotonic() + 20
    while not server.started and monotonic() < deadline:
        sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()
