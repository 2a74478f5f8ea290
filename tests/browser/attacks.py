"""A source that tries to run something in the reader's browser, through every field it has."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from html import escape
from pathlib import Path

import httpx
from demo import END, Client, Config, Runtime, Silent, Store, VisitContext, load, refresh_due, visit

RUN = "window.ran=1;alert(1)"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"<img src=x onerror='{RUN}'>",
    f"<svg onload='{RUN}'>",
    f'" autofocus onfocus="{RUN}" x="',
    f"javascript:{RUN}",
    f"jav\tascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"<iframe srcdoc='&lt;script&gt;{RUN}&lt;/script&gt;'>",
    "{{ 7 * 7 }}{% raw %}",
    f"]]><script>{RUN}</script><![CDATA[",
    f"</title></style></textarea><script>{RUN}</script>",
    f'<math><mi xlink:href="javascript:{RUN}">zebra</mi></math>',
)


def noise(number: int) -> str:
    """Words that no other item has: each is to be a story of its own."""
    return " ".join(sha256(f"{number}/{word}".encode()).hexdigest()[:8] for word in range(40))


def item(number: int, payload: str) -> str:
    said = escape(payload)
    return (
        f"<item><guid>tag:hostile.example,2026:{number}{said}</guid>"
        f"<title>zebra {noise(number)[:60]} {said}</title>"
        f"<link>{said}</link><description>{said} {noise(number)}</description><author>{said}</author>"
        f"<category>{said}</category><comments>{said}</comments><dc:creator>{said}</dc:creator>"
        f'<enclosure url="{said}" type="{said}" length="1"/><source url="{said}">{said}</source>'
        f'<media:thumbnail url="{said}"/><dc:language>{said}</dc:language>'
        f"<content:encoded>{noise(number)} {said}</content:encoded></item>"
    )


def feed() -> bytes:
    title = escape("".join(PAYLOADS))
    items = "".join(item(*each) for each in enumerate(PAYLOADS))
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>{title}</title><link>javascript:{RUN}</link><language>{escape(PAYLOADS[4])}</language>"
        f"<description>{title}</description>{items}</channel></rss>"
    ).encode()


def hostile(folder: Path) -> Config:
    """Through the whole path; pictures are on, which is the weaker policy."""
    (folder / "aggregator.toml").write_text(
        f"[feed]\ntitle = '{PAYLOADS[1]}'\ndescription = '{PAYLOADS[0]}'\n[publish]\nimages = 'direct'\n"
        f"[[source]]\nname = '{PAYLOADS[0]}'\ntags = ['{PAYLOADS[1]}']\n"
        "url = 'https://hostile.example/feed'\n",
        encoding="utf-8",
    )
    config = load(folder / "aggregator.toml")
    web = httpx.MockTransport(
        lambda _: httpx.Response(200, content=feed(), headers={"content-type": "application/rss+xml"})
    )
    with ThreadPoolExecutor(1) as pool, Store(config.store.path) as store:
        runtime = Runtime(
            config, partial(visit, context=VisitContext(Client(web, "test"))), pool, lambda: END, Silent()
        )
        refresh_due(store, runtime)
        while store.search.waiting():
            with store.writing():
                store.search.catch_up()
    return config
