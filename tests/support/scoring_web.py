"""A fake web that keeps score: it judges every request as the owner of a small server would.

Use: `ScoringWeb(sites, clock).transport()` in place of the real transport, then look at `.violations`.
`clock` is the fake clock of the program under test.
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx

SLACK = timedelta(seconds=1)
BAD_AGENTS = ("python", "httpx", "feedparser", "mozilla")
PAGE = b"<!doctype html><title>Just a moment...</title><p>Checking your browser"


def never(_: datetime) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Site:
    """One feed and the manners of its server."""

    url: str
    posts: timedelta = timedelta(hours=6)
    """Time between two new entries."""
    window: int = 10
    """Entries in the list."""
    etag: bool = True
    modified: bool = True
    max_age: timedelta = timedelta()
    ttl: timedelta = timedelta()
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    trouble: Callable[[datetime], str] = never
    """"down", "error" (500), "busy" (429), "closed" (503), "captcha", "gone", "moved", "away" or ""."""
    wait: timedelta = timedelta(hours=3)
    """Retry-After when it is busy or closed."""
    target: str = ""
    """Where it redirects to when it has "moved" (301) or is "away" (302)."""

    def version(self, now: datetime) -> int:
        return int(now.timestamp() // self.posts.total_seconds())

    def body(self, now: datetime) -> bytes:
        newest = self.version(now)
        items = "".join(map(self.item, range(newest, newest - self.window, -1)))
        ttl = f"<ttl>{int(self.ttl.total_seconds() // 60)}</ttl>" if self.ttl else ""
        hours = "".join(f"<hour>{hour}</hour>" for hour in self.skip_hours)
        days = "".join(f"<day>{day}</day>" for day in self.skip_days)
        skips = f"<skipHours>{hours}</skipHours><skipDays>{days}</skipDays>" if hours or days else ""
        title = f"<title>{self.url}</title><link>{self.url}</link><description>d</description>"
        return f'<rss version="2.0"><channel>{title}{ttl}{skips}{items}</channel></rss>'.encode()

    def item(self, number: int) -> str:
        date = format_datetime(self.posted(number), usegmt=True)
        return (
            f"<item><title>Entry {number} of {self.url}</title><guid>{self.url}#{number}</guid>"
            f"<link>{self.url}?entry={number}</link><pubDate>{date}</pubDate></item>"
        )

    def posted(self, number: int) -> datetime:
        return datetime.fromtimestamp(number * self.posts.total_seconds(), UTC)


@dataclass(frozen=True, slots=True)
class Request:
    at: datetime
    url: str
    status: int


@dataclass(slots=True)
class Record:
    """What a site knows of its visitor."""

    etag: str = ""
    modified: str = ""
    not_before: datetime | None = None
    """From max-age and ttl of the last good answer."""
    gone: bool = False
    version: int = 0
    missed: int = 0
    """Entries that left the list before anybody saw them."""


@dataclass(slots=True)
class ScoringWeb:
    sites: Iterable[Site]
    clock: Callable[[], datetime]
    pause: timedelta = timedelta()
    """Minimum time on the fake clock between two requests to one host; 0 if the pause ignores that clock."""
    violations: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    waits: dict[str, datetime] = field(default_factory=dict)
    inside: Counter[str] = field(default_factory=Counter)
    lasts: dict[str, datetime] = field(default_factory=dict)
    expected: set[str] = field(default_factory=set)
    """Targets that a redirect has just sent our visitor to."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        with self.lock:
            self.inside[host] += 1
            if self.inside[host] > 1:
                self.fault(request, "two requests to one host at once")
        try:
            with self.lock:
                return self.answer(request, self.clock())
        finally:
            with self.lock:
                self.inside[host] -= 1

    def answer(self, request: httpx.Request, now: datetime) -> httpx.Response:
        site = next((each for each in self.sites if each.url == str(request.url)), None)
        self.judge_manners(request, now)
        if site is None:
            self.fault(request, "an address that nobody gave out")
            return self.note(request, now, httpx.Response(404))
        record = self.records.setdefault(site.url, Record())
        trouble = site.trouble(now)
        redirected = site.url in self.expected
        self.expected.discard(site.url)
        if trouble not in ("moved", "away"):
            self.judge_validators(request, record)
            self.judge_time(request, site, record, now)
        if (
            any(each.target == site.url and each.trouble(now) == "away" for each in self.sites)
            and not redirected
        ):
            self.fault(request, "a temporary redirect was taken for permanent")
        if trouble == "down":
            self.note(request, now, httpx.Response(599))
            raise httpx.ConnectError("Connection refused", request=request)
        response = self.troubled(site, record, trouble, now) or self.feed(request, site, record, now)
        return self.note(request, now, response)

    def troubled(self, site: Site, record: Record, trouble: str, now: datetime) -> httpx.Response | None:
        date = {"Date": format_datetime(now, usegmt=True)}
        host = httpx.URL(site.url).host
        if trouble in ("busy", "closed"):
            self.waits[host] = now + site.wait
            until = format_datetime(now + site.wait, usegmt=True)
            seconds = str(int(site.wait.total_seconds()))
            status, wait = (429, seconds) if trouble == "busy" else (503, until)
            return httpx.Response(status, headers=date | {"Retry-After": wait})
        if trouble in ("moved", "away"):
            self.expected.add(site.target)
            record.etag = record.modified = ""  # after a redirect, the site cannot expect its own validators
            return httpx.Response(301 if trouble == "moved" else 302, headers={"Location": site.target})
        if trouble == "gone":
            record.gone = True
            return httpx.Response(410)
        if trouble == "captcha":
            return httpx.Response(
                200, content=PAGE, headers={"ETag": '"a page"', "Content-Type": "text/html"}
            )
        return httpx.Response(500, content=site.body(now)) if trouble == "error" else None

    def feed(self, request: httpx.Request, site: Site, record: Record, now: datetime) -> httpx.Response:
        body = site.body(now)
        version = site.version(now)
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:12]}"' if site.etag else ""
        modified = format_datetime(site.posted(version), usegmt=True) if site.modified else ""
        headers = {"ETag": etag, "Last-Modified": modified, "Date": format_datetime(now, usegmt=True)}
        headers["Cache-Control"] = f"max-age={int(site.max_age.total_seconds())}" if site.max_age else ""
        headers["Content-Type"] = "application/rss+xml"
        sent = {name: value for name, value in headers.items() if value}
        if record.version:
            record.missed += max(0, version - record.version - site.window)
        record.version, record.etag, record.modified = version, etag, modified
        record.not_before = now + max(site.max_age, site.ttl)
        known = request.headers.get("if-none-match")
        since = request.headers.get("if-modified-since")
        unchanged = known == etag if known and etag else bool(since and modified and since == modified)
        return (
            httpx.Response(304, headers=sent)
            if unchanged
            else httpx.Response(200, content=body, headers=sent)
        )

    def judge_manners(self, request: httpx.Request, now: datetime) -> None:
        agent = request.headers.get("user-agent", "").lower()
        if "(+http" not in agent or agent.startswith(BAD_AGENTS):
            self.fault(request, f"no honest user agent: {agent!r}")
        for name in ("cookie", "referer", "authorization", "pragma", "cache-control"):
            if name in request.headers:
                self.fault(request, f"sends {name}")
        host = request.url.host
        last = self.lasts.get(host)
        if last and self.pause and now - last < self.pause:
            self.fault(request, f"only {now - last} after the last request to its host")
        self.lasts[host] = now
        if host in self.waits and now < self.waits[host] - SLACK:
            self.fault(request, f"Retry-After ignored: {self.waits[host] - now} too early")

    def judge_validators(self, request: httpx.Request, record: Record) -> None:
        known = request.headers.get("if-none-match", "")
        since = request.headers.get("if-modified-since", "")
        if (record.etag or record.modified) and not (known or since):
            self.fault(request, "unconditional")
        if known and known != record.etag:
            self.fault(request, f"If-None-Match {known}, but {record.etag!r} was given out")
        if since and since != record.modified:
            self.fault(request, f"If-Modified-Since {since}, but {record.modified!r} was given out")

    def judge_time(self, request: httpx.Request, site: Site, record: Record, now: datetime) -> None:
        if record.gone:
            self.fault(request, "asked again after 410")
        if record.not_before and now < record.not_before - SLACK:
            self.fault(request, f"{record.not_before - now} before its time (max-age, ttl)")
        if record.version and now.hour in site.skip_hours:
            self.fault(request, f"at {now.hour} o'clock, which skipHours rules out")
        if record.version and now.strftime("%A") in site.skip_days:
            self.fault(request, f"on a {now:%A}, which skipDays rules out")

    def fault(self, request: httpx.Request, what: str) -> None:
        self.violations.append(f"{self.clock():%m-%d %H:%M:%S} {request.url}: {what}")

    def note(self, request: httpx.Request, now: datetime, response: httpx.Response) -> httpx.Response:
        self.requests.append(Request(now, str(request.url), response.status_code))
        return response

    def counts(self, url: str) -> Counter[str]:
        """Date -> number of requests on that day."""
        return Counter(f"{each.at:%Y-%m-%d}" for each in self.requests if each.url == url)
