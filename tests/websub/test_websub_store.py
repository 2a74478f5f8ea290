"""The database's records of hubs."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fresh import fresh
from make import NOON, hours

from aggregator.model import Hub, Ping, Reply, Source, Subscription
from aggregator.store import Store
from aggregator.store.connection import Database
from aggregator.store.migrate import migrate

HUB = Hub("https://hub.example/", "https://one.example/feed")
OTHER = Hub("https://other.example/", "https://one.example/feed")
BASE = "https://news.example/"
DAY = timedelta(days=1)
FEED = "https://news.example/feed.atom"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(fresh(tmp_path / "a.db")) as store, store.writing():
        store.sources.sync([Source("One", "url", "https://one.example/feed")], NOON)
        yield store


def claimed(store: Store, after: timedelta = timedelta()) -> list[Subscription]:
    return store.subscriptions.claim(NOON + after, BASE, 10)


def live(store: Store, hub: Hub = HUB) -> Subscription:
    store.subscriptions.offered("One", hub, NOON)
    (asked,) = claimed(store)
    assert store.subscriptions.confirmed(asked.key, 10 * DAY, NOON) == "One"
    found = store.subscriptions.find(asked.key)
    assert found
    return found


def test_a_hub_is_asked_once_and_again_only_when_it_has_not_confirmed(store: Store) -> None:
    store.subscriptions.offered("One", HUB, NOON)
    store.subscriptions.offered("One", HUB, NOON)
    assert [each.hub for each in claimed(store)] == [HUB]
    assert claimed(store, timedelta(minutes=4)) == []
    assert [each.attempts for each in claimed(store, timedelta(minutes=6))] == [1]


def test_a_confirmed_subscription_is_live_until_its_lease_ends_and_renewed_before(store: Store) -> None:
    subscription = live(store)
    assert (subscription.state, subscription.lease) == ("live", NOON + 10 * DAY)
    assert store.subscriptions.live("One", NOON + 9.9 * DAY)
    assert not store.subscriptions.live("One", NOON + 10 * DAY)
    assert claimed(store, 7 * DAY) == []
    assert [each.key for each in claimed(store, 8.5 * DAY)] == [subscription.key]
    assert store.subscriptions.lapse(NOON + 9.9 * DAY) == []
    assert store.subscriptions.lapse(NOON + 10 * DAY) == ["One"]
    assert not store.subscriptions.live("One", NOON + 10 * DAY)


def test_a_confirmation_that_nobody_asked_for_gives_no_lease(store: Store) -> None:
    subscription = live(store)
    assert store.subscriptions.confirmed(subscription.key, 14 * DAY, NOON + DAY) == ""
    assert store.subscriptions.confirmed("nobody", DAY, NOON) == ""
    found = store.subscriptions.find(subscription.key)
    assert found
    assert found.lease == NOON + 10 * DAY


def test_a_refused_request_is_no_longer_open_and_is_made_again_later(store: Store) -> None:
    store.subscriptions.offered("One", HUB, NOON)
    (asked,) = claimed(store)
    store.subscriptions.refused(asked.key, Reply(503, "busy", hours(3)), NOON)
    assert store.subscriptions.confirmed(asked.key, DAY, NOON) == ""
    assert claimed(store, hours(2.9)) == []
    assert len(claimed(store, hours(3.1))) == 1


def test_a_hub_that_confirms_before_it_answers_has_confirmed(store: Store) -> None:
    subscription = live(store)
    store.subscriptions.refused(subscription.key, Reply(500, "late"), NOON)
    assert store.subscriptions.live("One", NOON)


def test_a_hub_that_says_no_is_left_alone_for_a_week(store: Store) -> None:
    subscription = live(store)
    assert store.subscriptions.denied(subscription.key, "not for you", NOON) == "One"
    assert store.subscriptions.denied(subscription.key, "not for you", NOON + 6 * DAY) == ""
    assert not store.subscriptions.live("One", NOON)
    assert claimed(store, 6.9 * DAY) == []
    assert len(claimed(store, 7 * DAY)) == 1


def test_another_hub_replaces_the_old_one_which_is_notified(store: Store) -> None:
    old = live(store)
    store.subscriptions.offered("One", OTHER, NOON + DAY)
    asked = {each.hub: each.state for each in claimed(store, DAY)}
    assert asked == {HUB: "leaving", OTHER: "wanted"}
    store.subscriptions.left(old.key)
    assert store.subscriptions.find(old.key) is None


def test_a_hub_that_was_never_asked_is_forgotten_without_a_word(store: Store) -> None:
    store.subscriptions.offered("One", HUB, NOON)
    store.subscriptions.offered("One", Hub(topic="https://one.example/feed"), NOON)
    assert claimed(store, DAY) == []


def test_who_comes_back_while_leaving_is_asked_for_again(store: Store) -> None:
    subscription = live(store)
    store.subscriptions.offered("One", OTHER, NOON)
    store.subscriptions.offered("One", HUB, NOON)
    found = store.subscriptions.find(subscription.key)
    assert found
    assert found.state == "live"
    assert [each.hub for each in claimed(store)] == [HUB]


def test_a_removed_source_leaves_its_hub_which_may_never_answer(store: Store) -> None:
    live(store)
    store.sources.sync([], NOON + DAY)
    store.subscriptions.leave_unlisted(NOON + DAY)
    attempts = 0
    for day in range(1, 30):
        attempts += len(claimed(store, day * 2 * DAY))
    assert attempts == 5
    assert store.db.execute("SELECT count(*) FROM subscriptions").fetchone()[0] == 0


def test_a_new_public_address_is_sent_to_every_hub(store: Store) -> None:
    subscription = live(store)
    (asked,) = store.subscriptions.claim(NOON + DAY, "https://moved.example/", 10)
    assert asked.key == subscription.key
    assert store.subscriptions.claim(NOON + DAY, "https://moved.example/", 10) == []


def test_a_body_that_comes_again_is_known(store: Store) -> None:
    key = live(store).key
    for digest in ("a", *map(str, range(19))):
        assert not store.subscriptions.knows(key, digest)
        store.subscriptions.pushed(key, digest)
    assert store.subscriptions.knows(key, "a")
    store.subscriptions.pushed(key, "one of very many")
    assert not store.subscriptions.knows(key, "a")


def test_a_hub_that_does_not_push_what_visits_find_is_not_relied_on_until_it_does(store: Store) -> None:
    key = live(store).key
    store.subscriptions.missed("One")
    assert store.subscriptions.live("One", NOON)
    store.subscriptions.missed("One")
    assert not store.subscriptions.live("One", NOON)
    store.subscriptions.pushed(key, "a")
    assert store.subscriptions.live("One", NOON)


def test_three_wrong_signatures_in_a_row_end_a_subscription_and_all_is_agreed_on_anew(store: Store) -> None:
    old = live(store)
    assert [store.subscriptions.distrust(old.key, NOON) for _ in range(2)] == [False, False]
    store.subscriptions.pushed(old.key, "good")
    assert [store.subscriptions.distrust(old.key, NOON) for _ in range(3)] == [False, False, True]
    assert not store.subscriptions.live("One", NOON)
    (new,) = claimed(store, hours(1))
    assert new.hub == old.hub
    assert {new.key, new.secret}.isdisjoint({old.key, old.secret})


def test_when_hubs_are_not_to_push_any_more_none_is_relied_on_and_later_all_is_asked_for_again(
    store: Store,
) -> None:
    live(store)
    store.subscriptions.forget(NOON + DAY)
    assert not store.subscriptions.live("One", NOON)
    assert store.subscriptions.relied_on() == []
    assert [each.state for each in claimed(store, DAY)] == ["wanted"]


def test_a_hub_is_notified_once_of_the_same_bytes(store: Store) -> None:
    store.pings.note(["h"], {FEED: "a"}, NOON)
    (ping,) = store.pings.claim(NOON)
    assert store.pings.claim(NOON) == []
    store.pings.answered(ping, Reply(204), NOON)
    store.pings.note(["h"], {FEED: "a"}, NOON + DAY)
    assert store.pings.claim(NOON + DAY) == []
    store.pings.note(["h"], {FEED: "b"}, NOON + DAY)
    assert store.pings.claim(NOON + DAY) == [Ping("h", FEED, "b")]


def test_a_ping_without_an_answer_is_sent_again(store: Store) -> None:
    store.pings.note(["h"], {FEED: "a"}, NOON)
    (ping,) = store.pings.claim(NOON)
    assert store.pings.claim(NOON + timedelta(minutes=4)) == []
    assert store.pings.claim(NOON + hours(1)) == [ping]


def test_a_hub_that_fails_is_not_asked_more_often_because_there_is_more_news(store: Store) -> None:
    asked = 0
    for minute in range(24 * 60):
        now = NOON + timedelta(minutes=minute)
        store.pings.note(["h"], {FEED: str(minute)}, now)
        for ping in store.pings.claim(now):
            asked += 1
            store.pings.answered(ping, Reply(0, "timeout"), now)
    assert 8 <= asked <= 12
    later = NOON + 2 * DAY
    (ping,) = store.pings.claim(later)
    store.pings.answered(ping, Reply(204), later)
    store.pings.note(["h"], {FEED: "news"}, later)
    assert len(store.pings.claim(later)) == 1


def test_bytes_that_change_while_a_hub_is_notified_are_announced_as_well(store: Store) -> None:
    store.pings.note(["h"], {FEED: "a"}, NOON)
    (ping,) = store.pings.claim(NOON)
    store.pings.note(["h"], {FEED: "b"}, NOON)
    store.pings.answered(ping, Reply(204), NOON)
    assert [each.digest for each in store.pings.claim(NOON)] == ["b"]


def test_hubs_and_topics_that_are_not_ours_any_more_are_forgotten(store: Store) -> None:
    store.pings.note(["h", "i"], {FEED: "a", "old": "a"}, NOON)
    assert store.pings.news(["h"], {FEED: "a"})
    store.pings.note(["h"], {FEED: "a"}, NOON)
    assert not store.pings.news(["h"], {FEED: "a"})
    assert store.pings.claim(NOON) == [Ping("h", FEED, "a")]


def test_a_database_from_before_hubs_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = Database(sqlite3.connect(path))
    migrate(old, stop_before="0006_subscriptions_and_pings")
    old.execute("INSERT INTO sources (name, kind, address, due) VALUES ('One', 'url', 'u', '2026')")
    old.conn.commit()
    old.close()
    with Store(path) as store, store.writing():
        store.subscriptions.offered("One", HUB, NOON)
        assert [each.hub for each in claimed(store)] == [HUB]
