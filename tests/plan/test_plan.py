"""When to visit next, and why. Expected times allow for the jitter: up to a tenth later, never sooner."""

from datetime import UTC, datetime, timedelta

import pytest

from aggregator.model import (
    Entry,
    Fault,
    Fetched,
    Harvest,
    Job,
    Kind,
    Next,
    Rhythm,
    Source,
    SourceState,
    Visit,
)
from aggregator.plan import bundles, concerns, may_be_hurried, next_visit, offline, postponed
from aggregator.plan.interval import Interval, beside_a_hub

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEWS = Source(name="News", kind="url", address="http://news.example/feed", every=HOUR)


def entry(published: datetime | None) -> Entry:
    return Entry("News", f"{published}", "title", "", "", "", "", published, None)


def answered(*gaps: timedelta, rhythm: Rhythm | None = None, **fetched: object) -> Harvest:
    """A list whose entries are `gaps` apart, the latest an hour old."""
    dates, date = [], NOW - HOUR
    for gap in gaps:
        dates.append(date)
        date -= gap
    return Harvest(
        Visit("News", NOW, 1.0, "fresh", 200),
        tuple(map(entry, dates)),
        Fetched(status=200, digest="d", **fetched),  # type: ignore[arg-type]
        rhythm=rhythm or Rhythm(),
    )


def same(**fetched: object) -> Harvest:
    visit = Visit("News", NOW, 1.0, "same", 304)
    return Harvest(visit, fetched=Fetched(status=304, digest="d", **fetched))  # type: ignore[arg-type]


def failed(
    fault: Fault = "timeout", status: int = 0, wait: timedelta | None = None, note: str = "a note"
) -> Harvest:
    return Harvest(Visit("News", NOW, 1.0, "failed", status, fault=fault, notes=(note,), wait=wait))


def plan(harvest: Harvest, memory: SourceState | None = None, added: int = 0, source: Source = NEWS) -> Next:
    return next_visit(source, memory or SourceState(), harvest, NOW, added)


def after(next_: Next) -> timedelta:
    assert next_.due is not None
    return next_.due - NOW


def about(found: timedelta, wanted: timedelta) -> bool:
    return wanted <= found <= wanted * 1.1 + MINUTE


# --- a source that answers


def test_a_busy_source_is_visited_as_configured() -> None:
    assert about(after(plan(answered(*[HOUR] * 20))), HOUR)


def test_a_source_that_posts_twice_a_week_is_visited_about_twice_a_day() -> None:
    got = plan(answered(*[3.5 * DAY] * 10))
    assert about(after(got), 14 * HOUR)
    assert got.reason == "it posts about every 4 days"


def test_a_source_asleep_for_a_year_is_still_visited_every_day() -> None:
    memory = SourceState(answered=NOW - DAY, newest=NOW - 365 * DAY)
    assert DAY <= after(plan(same(), memory)) <= DAY + HOUR


def test_a_sleeper_that_wakes_up_is_visited_as_configured_again() -> None:
    memory = SourceState(answered=NOW - DAY, newest=NOW - 365 * DAY, gap=60 * DAY)
    woken = plan(answered(*[HOUR] * 10), memory, added=5).memory
    assert about(after(plan(same(), woken)), HOUR)


def test_a_list_that_overflows_between_visits_is_visited_sooner() -> None:
    got = plan(answered(*[3 * MINUTE] * 10), SourceState(answered=NOW - HOUR), added=10)
    assert about(after(got), HOUR / 2)
    assert "full of new entries" in got.reason


def test_a_full_list_is_noticed_at_the_first_visit() -> None:
    assert 15 * MINUTE <= after(plan(answered(*[timedelta()] * 9, timedelta()), added=10)) <= 34 * MINUTE


def test_a_list_that_dates_everything_as_of_now_is_not_hammered() -> None:
    everything_now = Harvest(
        Visit("News", NOW, 1.0, "fresh", 200), (entry(NOW), entry(NOW)), Fetched(status=200, digest="d")
    )
    assert about(after(plan(everything_now, SourceState(answered=NOW - HOUR, newest=NOW))), HOUR)


def test_no_overflow_makes_a_visit_sooner_than_a_quarter_of_an_hour() -> None:
    memory = SourceState(answered=NOW - 4 * MINUTE)
    assert about(after(plan(answered(*[timedelta(seconds=9)] * 10), memory, added=10)), 15 * MINUTE)


def test_a_first_visit_is_not_an_overflow() -> None:
    assert about(after(plan(answered(*[HOUR] * 10), added=10)), HOUR)


def test_a_first_answer_after_failures_is_not_an_overflow() -> None:
    memory = plan(failed(), plan(failed()).memory).memory
    assert about(after(plan(answered(*[HOUR] * 10), memory, added=10)), HOUR)


def test_dates_in_the_future_and_missing_dates_teach_nothing() -> None:
    dates = [NOW + DAY, NOW + 9 * DAY, None, None]
    harvest = Harvest(Visit("News", NOW, 1.0, "fresh", 200), tuple(map(entry, dates)), Fetched(status=200))
    assert about(after(plan(harvest)), HOUR)


def test_the_server_may_ask_for_longer_but_not_for_sooner() -> None:
    assert about(after(plan(answered(HOUR, HOUR, fresh=5 * HOUR))), 5 * HOUR)
    assert about(after(plan(answered(HOUR, HOUR, fresh=MINUTE))), HOUR)


def test_a_304_may_ask_for_longer_too() -> None:
    got = plan(same(fresh=5 * HOUR), SourceState(newest=NOW - HOUR))
    assert about(after(got), 5 * HOUR)
    assert got.reason == "its server says it is fresh for 5 hours"


def test_an_absurd_freshness_parks_nothing_for_longer_than_a_week() -> None:
    assert 7 * DAY <= after(plan(answered(HOUR, HOUR, fresh=3650 * DAY))) <= 7 * DAY + HOUR


def test_the_ttl_of_a_feed_is_remembered_for_visits_without_news() -> None:
    learned = plan(answered(HOUR, HOUR, rhythm=Rhythm(every=DAY))).memory
    got = plan(same(), learned)
    assert DAY <= after(got) <= DAY + HOUR
    assert got.reason == "the feed asks for a visit every day"


def test_a_feed_that_takes_back_its_ttl_is_believed() -> None:
    memory = SourceState(rhythm=Rhythm(every=DAY), newest=NOW)
    assert about(after(plan(answered(HOUR, HOUR), memory)), HOUR)


def test_hours_to_skip_are_skipped() -> None:
    got = plan(answered(HOUR, HOUR, rhythm=Rhythm(skip_hours=(12, 13, 14, 15))))
    assert 4 * HOUR <= after(got) <= 4 * HOUR + 30 * MINUTE
    assert "skipHours" in got.reason


def test_days_to_skip_are_skipped() -> None:
    got = plan(answered(HOUR, HOUR, rhythm=Rhythm(skip_days=(0, 1, 2))))
    assert 60 * HOUR <= after(got) <= 60 * HOUR + 30 * MINUTE


def test_a_feed_that_skips_every_hour_is_visited_all_the_same() -> None:
    assert about(after(plan(answered(HOUR, HOUR, rhythm=Rhythm(skip_hours=tuple(range(24)))))), HOUR)


def test_the_same_facts_give_the_same_plan_and_sources_are_spread() -> None:
    names = [Source(f"News {n}", "url", "http://n.example/", every=HOUR) for n in range(50)]
    dues = [plan(answered(HOUR, HOUR), source=each).due for each in names]
    assert dues == [plan(answered(HOUR, HOUR), source=each).due for each in names]
    assert len(set(dues)) == 50


# --- a source that does not


def test_back_off_grows_and_never_gives_up() -> None:
    memory, waits = SourceState(answered=NOW), []
    for _ in range(40):
        got = plan(failed(), memory)
        memory = got.memory
        waits.append(after(got))
    assert [about(wait, hours * HOUR) for wait, hours in zip(waits, (1, 2, 4, 8, 16), strict=False)] == [
        True
    ] * 5
    assert all(22 * HOUR <= wait < DAY for wait in waits[5:])


def test_an_answer_ends_the_back_off() -> None:
    assert plan(answered(HOUR, HOUR), SourceState(failures=9)).memory.failures == 0


def test_a_failure_forgets_nothing_that_was_learned() -> None:
    memory = SourceState(gap=DAY, newest=NOW, rhythm=Rhythm(every=DAY), moved_to="http://b.example/")
    got = plan(failed(), memory).memory
    assert (got.gap, got.newest, got.rhythm, got.moved_to) == (DAY, NOW, Rhythm(every=DAY), memory.moved_to)


def test_the_reason_of_a_failure_is_a_sentence() -> None:
    assert plan(failed(), SourceState(failures=2)).reason == (
        "failed 3 times in a row: it did not answer in time (a note); again after 4 hours"
    )


@pytest.mark.parametrize(
    ("fault", "status", "note", "words"),
    [
        ("status", 401, "401 Unauthorized", "https://user:password@host/"),
        ("status", 404, "404 Not Found", "`aggregator add`"),
        ("status", 503, "503 Service Unavailable", "its server is in trouble"),
        ("status", 999, "999", "its server refused the request (999)"),
        ("format", 200, "this is a web page, not a feed: Home", "`aggregator add`"),
        ("address", 0, "10.0.0.1 is not on the public internet", "[fetch] allow_networks"),
        ("address", 0, "a.example: port 81 is not allowed", "[fetch] allow_ports"),
        ("size", 200, "more than 5 bytes", "[fetch] max_size"),
    ],
)
def test_a_reason_says_what_a_person_can_do(fault: Fault, status: int, note: str, words: str) -> None:
    got = plan(failed(fault, status, note=note))
    assert words in got.reason
    assert got.reason.endswith("again after an hour")


def test_nobody_is_advised_to_open_a_network_to_a_site_that_redirects_there() -> None:
    note = "redirected to http://10.0.0.1/: 10.0.0.1 is not on the public internet"
    assert "allow_networks" not in plan(failed("address", note=note)).reason


def test_what_fails_for_days_may_be_taken_out() -> None:
    assert "`aggregator remove`" not in plan(failed("dns"), SourceState(failures=5)).reason
    assert "`aggregator remove`" in plan(failed("dns"), SourceState(failures=10)).reason


def test_a_quiet_source_is_distinguished_from_a_rare_one() -> None:
    assert plan(answered(4 * DAY, 4 * DAY)).reason == "it posts about every 4 days"
    assert plan(same(), SourceState(gap=DAY, newest=NOW - 730 * DAY)).reason == "nothing new for 2 years"


def test_a_source_that_has_moved_says_what_to_write_into_the_configuration() -> None:
    assert "http://new.example/feed" in plan(same(), SourceState(address="http://new.example/feed")).reason


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(status: int) -> None:
    got = plan(failed("status", status, 5 * HOUR))
    assert about(after(got), 5 * HOUR)
    assert got.reason == f"its server asked to wait 5 hours ({status})"


def test_a_short_wait_is_not_a_licence_to_hammer_and_a_huge_one_is_cut() -> None:
    assert after(plan(failed("status", 429, timedelta(seconds=1)))) >= 10 * MINUTE
    assert 7 * DAY <= after(plan(failed("status", 429, 366 * DAY))) <= 7 * DAY + HOUR


def test_too_many_requests_is_not_taken_for_broken() -> None:
    assert about(after(plan(failed("status", 429), SourceState(failures=30))), 6 * HOUR)


def test_gone_ends_it_and_says_so() -> None:
    got = plan(failed("gone", 410))
    assert (got.due, got.memory.ended) == (None, got.reason)
    assert "410" in got.reason


def test_404_does_not_end_it() -> None:
    assert plan(failed("status", 404), SourceState(failures=500)).due is not None


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_local_source_reports_what_it_skips(kind: Kind) -> None:
    local = Source("Notes", kind, "/notes", every=HOUR)
    notes = ("a.md: no text", "b.md: no text", "c.md: no text")
    harvest = Harvest(Visit("Notes", NOW, 0, "fresh", notes=notes))
    assert plan(harvest, source=local).reason == "checked every hour; noted: a.md: no text (and 2 more)"


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_local_source_is_looked_at_as_configured_even_when_it_is_gone(kind: Kind) -> None:
    local = Source("Notes", kind, "/notes", every=HOUR)
    assert after(plan(failed("gone"), SourceState(failures=30), source=local)) == HOUR
    assert after(plan(answered(), source=local)) == HOUR


def test_a_short_wait_asked_for_again_and_again_becomes_longer() -> None:
    waits = []
    memory = SourceState()
    for _ in range(9):
        got = plan(failed("status", 503, wait=MINUTE), memory)
        waits.append(after(got))
        memory = got.memory
    assert about(waits[0], 10 * MINUTE)
    assert about(waits[1], HOUR)
    assert about(waits[-1], 6 * HOUR)


def test_a_host_that_is_waiting_holds_its_other_sources() -> None:
    got = postponed(NEWS, SourceState(failures=2), 3 * HOUR, NOW)
    assert about(after(got), 3 * HOUR)
    assert got.memory.failures == 2


def test_being_offline_is_not_a_fault_of_a_source() -> None:
    got = offline(NEWS, SourceState(answered=NOW - HOUR, failures=2), NOW)
    assert about(after(got), 10 * MINUTE)
    assert (got.memory.failures, "offline" in got.reason) == (2, True)


def test_a_long_outage_is_not_looked_at_more_often_than_the_source() -> None:
    assert about(after(offline(NEWS, SourceState(answered=NOW - 30 * DAY), NOW)), NEWS.every)


def test_what_was_never_reached_is_tried_less_and_less_often() -> None:
    memory, waits = SourceState(), []
    for _ in range(4):
        got = offline(NEWS, memory, NOW)
        memory = got.memory
        waits.append(after(got) // (9 * MINUTE))
    assert waits == sorted(set(waits))


# --- a source that moves


def sightings(*days: float, to: str = "http://new.example/feed") -> SourceState:
    memory = SourceState()
    for day in days:
        memory = next_visit(NEWS, memory, same(moved_to=to), NOW + timedelta(days=day)).memory
    return memory


def test_a_move_is_believed_when_it_has_been_stable_for_a_week() -> None:
    assert sightings(0, 1, 2, 6.9).address == ""
    assert sightings(0, 1, 2, 7).address == "http://new.example/feed"


def test_a_move_seen_only_twice_is_not_believed() -> None:
    assert sightings(0, 30).address == ""


def test_a_move_that_was_taken_back_starts_again() -> None:
    memory = sightings(0, 1, 6)
    memory = next_visit(NEWS, memory, same(), NOW + 7 * DAY).memory
    assert (memory.moved_to, memory.moved_seen) == ("", 0)


def test_a_move_to_https_is_adopted_immediately() -> None:
    assert sightings(0, to="https://news.example/feed").address == "https://news.example/feed"


def test_a_source_lost_where_it_was_is_visited_where_it_was_moving_to() -> None:
    for status in (404, 410):
        got = plan(failed("gone" if status == 410 else "status", status), sightings(0, 1))
        assert got.memory.address == "http://new.example/feed"
        assert about(after(got), 10 * MINUTE)


def test_a_source_lost_where_it_moved_to_goes_back_to_where_it_came_from() -> None:
    got = plan(failed("gone", 410), SourceState(address="http://new.example/feed"))
    assert (got.memory.address, got.memory.ended) == ("", "")
    assert "http://news.example/feed" in got.reason


# --- company


def test_all_sources_of_one_owner_are_one_bundle_and_the_largest_comes_first() -> None:
    addresses = [
        "http://a.co.uk/",
        "https://one.blogspot.com/f",
        "http://b.co.uk/",
        "http://two.blogspot.com/f",
        "http://BLOGSPOT.com./f",
        "http://127.0.0.1:1/",
        "http://127.0.0.2/",
        "http://localhost/",
        "http://[::1]/",
        "http://[broken",
    ]
    jobs = [Job(source=str(n), kind="url", address=each) for n, each in enumerate(addresses)]
    jobs.append(Job(source="x", kind="folder", address="/notes"))
    found = [[job.source for job in bundle] for bundle in bundles(jobs)]
    assert found == [["1", "3", "4"], ["0"], ["2"], ["5"], ["6"], ["7"], ["8"], ["9"], ["x"]]


def test_on_a_machine_nearby_every_service_is_an_owner() -> None:
    near = ["http://127.0.0.1:1200/a", "http://u:p@127.0.0.1:1200/b", "http://127.0.0.1:3000/", "http://nas/"]
    jobs = [Job(source=each, kind="url", address=each) for each in near]
    assert [len(bundle) for bundle in bundles(jobs)] == [2, 1, 1]


def test_429_concerns_all_hosts_of_an_owner_and_503_only_one() -> None:
    asked, sister = "https://One.blog.example/feed", "https://two.blog.example/feed"
    assert concerns(429, asked, sister)
    assert not concerns(503, asked, sister)
    assert concerns(503, asked, "https://one.blog.example/other")
    assert not concerns(500, asked, asked)
    assert not concerns(429, asked, "https://two.blog.example.org/feed")
    assert not concerns(429, asked, "/folder/blog.example")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1200", "[::1]", "bridge", "192.168.1.4", "nas.lan"])
def test_a_pause_of_a_bridge_nearby_concerns_one_source_only(host: str) -> None:
    assert not concerns(429, f"http://{host}/?site=a", f"http://{host}/?site=b")


@pytest.mark.parametrize(("usual", "backup"), [(0.25, 6), (1, 6), (2, 8), (6, 24), (24, 24), (100, 100)])
def test_a_source_whose_hub_pushes_is_visited_less_often_but_daily_as_before(
    usual: float, backup: float
) -> None:
    chosen = beside_a_hub(Interval(usual * HOUR, "because"))
    assert chosen.length == backup * HOUR
    assert chosen.reason.startswith("pushed by its hub; also visited every ")


def test_only_a_healthy_source_without_a_pause_may_be_hurried() -> None:
    paused = postponed(NEWS, SourceState(), HOUR, NOW)
    assert may_be_hurried(SourceState(), "every hour")
    assert not may_be_hurried(SourceState(failures=1), "every hour")
    assert not may_be_hurried(SourceState(ended="410"), "gone")
    assert not may_be_hurried(paused.memory, paused.reason)
