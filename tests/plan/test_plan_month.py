"""24 days of a fake web under a fake clock, in a second: fetch and plan together break no rule."""

import heapq
import re
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from scoring_web import ScoringWeb
from sites import DAY, DAYS, SITES, START, TARGETS

from aggregator.errors import SourceError
from aggregator.fetch import Web, fetch
from aggregator.model import Entry, Fetched, Harvest, Job, Rhythm, Source, SourceState, Visit
from aggregator.plan import next_visit

SPAN = 24  # days; the last trouble ends after 20
WEEK = 8
UNTIL = {"flood": 5, "busy": 12, "captcha": 12, "home": 14}
UNTIL |= dict.fromkeys(
    ("plain", "etag", "dated", "bare", "cached", "daily", "night", "closed", "flaky"), WEEK
)
"""Days after which a site is not visited any more: its troubles are over, or weeks are alike."""


class Reader:
    """A minimal program around fetch and plan that keeps in dicts what the real one keeps in its database."""

    def __init__(self) -> None:
        self.now = START
        self.score = ScoringWeb(SITES, lambda: self.now)
        self.web = Web(self.score.transport(), "story-aggregator/1 (+https://example.org)")
        self.memories: dict[str, SourceState] = {}
        self.validators: dict[str, Fetched] = {}
        self.seen: dict[str, set[str]] = {}
        self.reasons: dict[str, list[str]] = {}

    def run(self, days: int) -> None:
        sources = [Source(each.url, "url", each.url) for each in SITES if each.url not in TARGETS]
        queue = [(START, number) for number in range(len(sources))]
        while queue and queue[0][0] < START + days * DAY:
            self.now, number = heapq.heappop(queue)
            source = sources[number]
            harvest = self.visit(source)
            seen = self.seen.setdefault(source.name, set())
            new = {entry.uid for entry in harvest.entries} - seen
            seen |= new
            memory = self.memories.get(source.name, SourceState())
            decided = next_visit(source, memory, harvest, self.now, len(new))
            self.memories[source.name] = decided.memory
            self.reasons.setdefault(source.name, []).append(decided.reason)
            host = source.name.removeprefix("http://").partition(".")[0]
            if decided.due and decided.due < START + UNTIL.get(host, days) * DAY:
                heapq.heappush(queue, (decided.due, number))

    def visit(self, source: Source) -> Harvest:
        known = self.validators.get(source.name, Fetched())
        address = self.memories.get(source.name, SourceState()).address or source.address
        job = Job(source.name, "url", address, "*", known.etag, known.modified, known.answerer, known.digest)
        try:
            got = fetch(job, self.web, self.now)
            harvest = self.read(source, got)
        except SourceError as e:
            failed = Visit(source.name, self.now, 0.0, "failed", e.status, 0, e.fault, (e.note,), e.wait)
            return Harvest(failed)
        self.validators[source.name] = replace(got, documents=())
        return harvest

    def read(self, source: Source, got: Fetched) -> Harvest:
        if not got.documents:
            return Harvest(Visit(source.name, self.now, 0.0, "same", got.status), fetched=got)
        text = got.documents[0].body.decode()
        if "<rss" not in text:
            raise SourceError("format", "a web page, not a feed", status=got.status)
        items = re.findall(r"<guid>(.*?)</guid>.*?<pubDate>(.*?)</pubDate>", text)
        dated = [(uid, parsedate_to_datetime(date)) for uid, date in items]
        entries = tuple(Entry(source.name, uid, "", "", "", "", "", date, None) for uid, date in dated)
        ttl = re.search(r"<ttl>(\d+)", text)
        rhythm = Rhythm(
            timedelta(minutes=int(ttl[1])) if ttl else None,
            tuple(map(int, re.findall(r"<hour>(\d+)", text))),
            tuple(map(DAYS.index, re.findall(r"<day>(\w+)", text))),
        )
        return Harvest(Visit(source.name, self.now, 0.0, "fresh", 200), entries, got, rhythm=rhythm)


@pytest.fixture(scope="module")
def month() -> Reader:
    reader = Reader()
    reader.run(SPAN)
    return reader


def a_day(reader: Reader, host: str, first: int = 0, last: int = SPAN) -> float:
    asked = [each for each in reader.score.requests if each.url == f"http://{host}.example/feed"]
    return sum(first <= (each.at - START).days < last for each in asked) / (last - first)


def test_no_rule_is_broken(month: Reader) -> None:
    assert month.score.violations == []


def test_nothing_is_missed_but_what_nobody_could_have_read(month: Reader) -> None:
    missed = {url for url, record in month.score.records.items() if record.missed}
    unreadable = {f"http://{host}.example/feed" for host in ("down", "busy", "captcha", "home")}
    assert missed <= unreadable


def test_a_normal_source_is_asked_about_once_an_hour(month: Reader) -> None:
    assert 20 <= a_day(month, "plain", 0, WEEK) <= 24


def test_a_slow_source_is_asked_about_twice_a_day(month: Reader) -> None:
    assert 1 <= a_day(month, "slow", 5) <= 3


def test_a_flood_is_asked_more_often_and_misses_nothing(month: Reader) -> None:
    assert 48 <= a_day(month, "flood", 0, UNTIL["flood"]) <= 96


def test_a_dead_source_is_still_asked_about_once_a_day(month: Reader) -> None:
    assert 1 <= a_day(month, "dead", 2) <= 1.5


def test_a_source_that_comes_back_is_seen_within_a_day(month: Reader) -> None:
    good = [each.at for each in month.score.requests if "//down." in each.url and each.status == 200]
    back = min(at for at in good if at > START + 20 * DAY)
    assert back < START + 21 * DAY
    assert a_day(month, "down", 22) > 20


def test_gone_is_asked_for_the_last_time(month: Reader) -> None:
    gone = [each.status for each in month.score.requests if "//gone." in each.url]
    assert (gone.count(410), gone[-1]) == (1, 410)


def test_a_stable_move_is_adopted_after_a_week_and_a_temporary_one_never(month: Reader) -> None:
    assert month.memories["http://old.example/feed"].address == "http://new.example/feed"
    assert a_day(month, "old", 12) == 0
    assert month.memories["http://home.example/feed"].address == ""


def test_every_reason_is_one_short_sentence(month: Reader) -> None:
    reasons = {reason for each in month.reasons.values() for reason in each}
    assert all(reason and "\n" not in reason and len(reason) < 200 for reason in reasons)


def test_the_scorer_notices_a_rude_program() -> None:
    reader = Reader()
    rude = Web(reader.score.transport(), "python-httpx/1")
    for _ in range(2):
        for url in ("http://plain.example/feed", "http://cached.example/feed", "http://guest.example/feed"):
            fetch(Job("s", "url", url, etag='"mine"' if "guest" in url else ""), rude, START + 5 * DAY)
    told = " ".join(reader.score.violations)
    words = ["unconditional", "before its time", "user agent", "was given out"]
    assert [word for word in words if word not in told] == []
