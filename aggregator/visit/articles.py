"""Full texts: takes the article from the page of each new entry. A failure leaves an entry as it is."""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from aggregator.errors import SourceError
from aggregator.fetch import Web, fetch_page
from aggregator.model import Document, Entry, Job, Limits, Parsed
from aggregator.parse.article import MISSING, extractor_is_missing
from aggregator.parse.bounded import run_bounded
from aggregator.text.domains import registrable_domain
from aggregator.text.html import plain, safe_html
from aggregator.text.urls import TEXT_FRAGMENT
from aggregator.text.words import terms
from aggregator.visit.request_pace import RequestPace
from aggregator.visit.robots import RobotsCache

MOST = 10  # pages in one visit
LARGEST = 3_000_000  # bytes of a page; very few articles have more
LONGEST = 500_000  # characters of a text, as of those in feeds
LEAST = 200  # characters of a text: less is a notice about cookies or scripts
LETTERS, FEW = 4, 4  # of a word, and words that an announcement needs to tell anything about its page
SHARE = 0.25  # of these words that the page must have; a request for consent has hardly any
ANNOUNCED, WORDS = 60, 10_000  # words that are read of the two
YOUNG = timedelta(days=2)  # as long as this after its publication, an entry's page is asked again
PASSING = ("dns", "connect", "tls", "timeout")  # faults that say nothing about the page
BUSY = (429, 503)  # the site asks us to stop
IN_CHILD = partial(run_bounded, "article")
HEADING = re.compile(r"\s*<h1>(.*?)</h1>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FullTexts:
    entries: tuple[Entry, ...]
    later: frozenset[str] = frozenset()
    """Ids of entries whose pages are asked at the next visit."""
    notes: tuple[str, ...] = ()


class ArticleReader:
    """Shared by the visits of one process. All pages of one visit have the time of another visit."""

    def __init__(
        self,
        web: Web,
        pause: timedelta,
        wait: Callable[[float], None] = time.sleep,
        extract: Callable[[Document, Limits], Parsed] = IN_CHILD,
    ) -> None:
        self.web = web
        self.extract = extract
        self.pace = RequestPace(pause, web.clock, wait)
        self.robots = RobotsCache(web.clock)

    def read(self, entries: Iterable[Entry], job: Job, now: datetime, limits: Limits) -> FullTexts:
        """Newest first."""
        given = tuple(entries)
        wanted = [entry for entry in given if is_page(entry.url) and entry.uid not in job.has_article]
        if not wanted:
            return FullTexts(given)
        if extractor_is_missing():
            return FullTexts(given, notes=(MISSING,))
        self.pace.asked(registrable_domain(job.address))
        wanted.sort(key=lambda entry: (entry.published or now, entry.uid), reverse=True)
        until = self.web.clock() + self.web.caps.deadline.total_seconds()
        round_ = ArticleRound(self, job, now, limits, until)
        done = {entry.uid: round_.read(entry) for entry in wanted}
        young = {entry.uid for entry in wanted if entry.published and now - entry.published < YOUNG}
        later = frozenset(young & {uid for uid, entry in done.items() if not entry.article})
        return FullTexts(tuple(done.get(entry.uid, entry) for entry in given), later, round_.notes())

    def page(self, url: str, job: Job, now: datetime, until: float, obey: Callable[[str], None]) -> Document:
        """`obey`: called for each address that it redirects to."""

        def admit(before: str, after: str) -> None:
            obey(after)
            owner = registrable_domain(after)
            if owner != registrable_domain(before):
                self.pace.turn(owner, until)

        self.pace.turn(registrable_domain(url), until)
        return fetch_page(url, job, self.web, now, until, admit)


@dataclass(slots=True)
class ArticleRound:
    """The pages of one visit."""

    reader: ArticleReader
    job: Job
    now: datetime
    limits: Limits
    until: float
    asked: int = 0
    stopped: bool = False
    faults: tuple[str, ...] = ()

    def read(self, entry: Entry) -> Entry:
        if self.stopped or self.asked >= MOST:
            return entry
        self.asked += 1
        try:
            return self.with_article(entry)
        except SourceError as e:
            missing = e.note == MISSING  # a part of the extractor, which we notice only now
            self.stopped = missing or e.status in BUSY or self.reader.web.clock() >= self.until
            self.faults += (e.note,)
            passing = missing or e.fault in PASSING or e.status == 429 or e.status >= 500
            return entry if passing else replace(entry, article="none")

    def with_article(self, entry: Entry) -> Entry:
        """Raises SourceError."""
        self.obey_robots(entry.url)
        page = self.page(entry.url, self.obey_robots)
        refuse_page(page)
        (draft,) = self.reader.extract(page, self.limits).drafts
        html = article_html(draft.body, page.url, entry.title)
        text = plain(html)
        if len(text) < max(LEAST, len(plain(entry.body or entry.summary))):
            raise SourceError("format", "its page has no more text than the feed")
        if not speaks_of(text, f"{entry.title} {entry.lede}"):
            raise SourceError("format", "its page speaks of something else, perhaps of cookies")
        return replace(entry, body=html, article="text")

    def obey_robots(self, url: str) -> None:
        name = (self.job.request.user_agent or self.reader.web.agent).partition("/")[0]
        if not self.reader.robots.allows(url, name, lambda url: self.page(url, lambda _: None).body):
            raise SourceError("address", "robots.txt forbids it")

    def page(self, url: str, obey: Callable[[str], None]) -> Document:
        return self.reader.page(url, self.job, self.now, self.until, obey)

    def notes(self) -> tuple[str, ...]:
        if not self.faults:
            return ()
        failed = f"{len(self.faults)} of {self.asked}"
        return (f"full text: {failed} pages could not be used, the first because: {self.faults[0]}",)


def is_page(url: str) -> bool:
    """Not a part of a page, by its fragment: the page has more than one entry. "#xtor=RSS-1" is a tracker."""
    fragment = url.partition("#")[2]
    return bool(url) and (not fragment or "=" in fragment or TEXT_FRAGMENT.match(fragment) is not None)


def speaks_of(text: str, told: str) -> bool:
    """Whether a page has some of the words by which the feed announces it."""
    announced = {term for term in terms(told, ANNOUNCED) if len(term) >= LETTERS or not term.isascii()}
    return len(announced) < FEW or len(announced & set(terms(text, WORDS))) >= SHARE * len(announced)


def refuse_page(page: Document) -> None:
    """Raises SourceError for what holds no article that we can read."""
    kind = page.content_type.partition(";")[0].strip().lower()
    if kind not in ("text/html", "application/xhtml+xml", ""):
        raise SourceError("format", f"its page is {kind[:40]}, not HTML")
    if len(page.body) > LARGEST:
        raise SourceError("size", f"its page has more than {LARGEST} bytes")


def article_html(text: str, url: str, title: str) -> str:
    """Safe HTML, without a heading that repeats the title."""
    html = safe_html(text[:LONGEST], url)
    heading = HEADING.match(html)
    return html[heading.end() :] if heading and plain(heading[1]) == title else html
