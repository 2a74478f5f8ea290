"""A fake web: pages by address, with validators, and a log of the requests."""

from dataclasses import dataclass, field

import httpx


@dataclass
class Web:
    pages: dict[str, bytes] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    unreachable: bool = False

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append(url)
        if self.unreachable:
            raise httpx.ConnectError("unreachable", request=request)
        if url in self.moved:
            return httpx.Response(302, headers={"location": self.moved[url]})
        status = self.status.get(url, 200 if url in self.pages else 404)
        if status != 200:
            return httpx.Response(status)
        body = self.pages[url]
        tag = f'"{hash(body)}"'
        if request.headers.get("if-none-match") == tag:
            return httpx.Response(304, headers={"etag": tag})
        return httpx.Response(200, content=body, headers={"etag": tag, "content-type": "application/rss+xml"})


def rss(title: str, *items: str) -> bytes:
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://{title.lower()}.example/</link><description>d</description>{''.join(items)}"
        "</channel></rss>"
    ).encode()


def item(guid: str, title: str, text: str = "", date: str = "Sun, 01 Mar 2026 10:00:00 GMT") -> str:
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title>"
        f"<link>https://news.example/{guid}</link><pubDate>{date}</pubDate>"
        f"<description>{text}</description></item>"
    )
