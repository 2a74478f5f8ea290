"""The real program over 22 days of a pretend web under a pretend clock, started anew for every beat."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from scoring_web import ScoringWeb
from sites import DAY, HOUR, SITES, START, TARGETS

from aggregator.config import load
from aggregator.fetch import Web
from aggregator.model import Visit
from aggregator.refresh import refresh_due
from aggregator.runtime import Runtime
from aggregator.store import Store
from aggregator.visit.visit import VisitContext, visit

AGENT = "story-aggregator/1 (+https://example.org)"
# What costs is stories, which are not asked about here: one is published, and all sites post seldom. They are
# visited about twice a day, so whatever they ask us to wait is longer than that.
LIGHT = '[feed]\nitems = 1\narchives = 0\n[stories]\nwindow = "1h"\n[fetch]\nevery = "6h"\n'
LEFT_OUT = ("flood", "etag", "bare", "flaky")  # whose rules the others or test_plan_month try, too
SLOW = [
    replace(site, posts=84 * HOUR, window=2, max_age=4 * site.max_age, wait=max(DAY, site.wait))
    for site in SITES
    if not any(f"//{host}." in site.url for host in LEFT_OUT)
]
SOURCES = [site.url for site in SLOW if site.url not in TARGETS]
SPAN = 22  # days; the last trouble ends after 20


@dataclass
class Month:
    """A pretend month to its last event; nothing but the files in `folder` outlives a beat."""

    folder: Path
    now: datetime = START
    visits: list[Visit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.score = ScoringWeb(SLOW, lambda: self.now)
        listed = (f'[[source]]\nname = "{url}"\nurl = "{url}"\n' for url in SOURCES)
        text = "\n".join([LIGHT, *listed])
        (self.folder / "aggregator.toml").write_text(text, encoding="utf-8")

    def expect(self, jobs: int) -> None:
        pass

    def visited(self, visit: Visit) -> None:
        self.visits.append(visit)

    def run(self) -> None:
        config = load(self.folder / "aggregator.toml")
        while self.now < START + SPAN * DAY:
            context = VisitContext(Web(self.score.transport(), AGENT))
            with Store(config.store.path) as store, ThreadPoolExecutor(4) as pool:
                refresh_due(
                    store, Runtime(config, partial(visit, context=context), pool, lambda: self.now, self)
                )
                due = store.sources.next_due()
            assert due and due > self.now
            self.now = due

    def asked(self, host: str) -> list[int]:
        return [each.status for each in self.score.requests if each.url == f"http://{host}.example/feed"]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    month = Month(tmp_path_factory.mktemp("month"))
    month.run()
    return month


def test_no_rule_of_good_manners_is_broken(month: Month) -> None:
    assert month.score.violations == []


def test_a_slow_source_is_mostly_told_that_nothing_has_changed(month: Month) -> None:
    assert month.asked("slow").count(304) > 3 * month.asked("slow").count(200)


def test_a_dead_source_costs_about_one_request_a_day(month: Month) -> None:
    assert SPAN <= len(month.asked("dead")) <= 1.5 * SPAN


def test_gone_is_asked_for_the_last_time(month: Month) -> None:
    assert (month.asked("gone").count(410), month.asked("gone")[-1]) == (1, 410)


def test_a_stable_move_is_adopted_and_its_entries_stay(month: Month) -> None:
    assert 301 in month.asked("old")
    assert max(each.at for each in month.score.requests if "//old." in each.url) < START + 13 * DAY
    assert set(month.asked("new")) == {200, 304}
    assert len(month.asked("new")) > SPAN


def test_a_source_that_comes_back_is_read_again_within_a_day(month: Month) -> None:
    good = [each.at for each in month.score.requests if "//down." in each.url and each.status == 200]
    assert min(at for at in good if at > START + 20 * DAY) < START + 21 * DAY
