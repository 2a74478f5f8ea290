"""Requests of hubs and our answers, without clock, socket or database."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import NOON, hours

from aggregator.fetch.links import hub_of, link_header
from aggregator.model import Hub, Ping, Subscription
from aggregator.plan.leases import lease, renewal, retry
from aggregator.websub.requests import publish_request, subscription_request
from aggregator.websub.signature import genuine, sign
from aggregator.websub.verification import question, verdict

TOPIC = "https://one.example/feed"
ASKED = Subscription(
    key="k", source="One", hub=Hub("https://hub.example/", TOPIC), secret="shh", state="wanted", asked=NOON
)
LIVE = replace(ASKED, state="live", asked=None)
LEAVING = replace(LIVE, state="leaving")


def asked(mode: str = "subscribe", topic: str = TOPIC, **more: str) -> str:
    said = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": "abc", "hub.lease_seconds": "864000"}
    said |= {"hub." + name: value for name, value in more.items()}
    found = question(said.items())
    assert found
    return verdict(ASKED, found)


def test_what_was_asked_for_is_confirmed() -> None:
    assert asked() == "yes"


@pytest.mark.parametrize(
    ("mode", "more"),
    [
        ("unsubscribe", {}),
        ("publish", {}),
        ("", {}),
        ("subscribe", {"topic": TOPIC + "x"}),
        ("subscribe", {"topic": ""}),
        ("subscribe", {"challenge": ""}),
        ("subscribe", {"lease_seconds": "0"}),
        ("subscribe", {"lease_seconds": "-5"}),
        ("subscribe", {"lease_seconds": "59"}),
        ("subscribe", {"lease_seconds": "ten days"}),
    ],
)
def test_what_was_not_asked_for_is_not_confirmed(mode: str, more: dict[str, str]) -> None:
    assert asked(mode, **more) == "no"


def test_a_refusal_is_taken_for_the_topic_only() -> None:
    assert asked("denied", reason="no\nmore") == "denied"
    assert asked("denied", topic="https://two.example/") == "no"


def test_a_hub_that_asks_again_by_itself_is_confirmed_as_long_as_it_is_wanted() -> None:
    again = question({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "x"}.items())
    gone = question({"hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.challenge": "x"}.items())
    assert again
    assert gone
    assert [verdict(each, again) for each in (LIVE, LEAVING, replace(LIVE, state="wanted"))] == [
        "yes",
        "no",
        "no",
    ]
    assert [verdict(each, gone) for each in (LIVE, LEAVING)] == ["no", "yes"]


@pytest.mark.parametrize("challenge", ["x" * 1_000_000, "a\nb", "a\x00", "\x1b[2J"])
def test_a_challenge_that_no_hub_sends_is_not_a_question(challenge: str) -> None:
    assert question({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": challenge}.items()) is None


def test_a_repeated_parameter_is_not_a_question() -> None:
    assert question([("hub.mode", "subscribe"), ("hub.mode", "unsubscribe")]) is None
    assert question([("hub.topic", TOPIC), ("hub.topic", TOPIC)]) is None


def test_a_reason_is_one_short_line() -> None:
    found = question([("hub.mode", "denied"), ("hub.reason", "no\r\nERROR forged line " + "x" * 5000)])
    assert found
    assert found.reason.startswith("no ERROR")
    assert len(found.reason) == 200


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("864000", timedelta(days=10)),
        ("3600", timedelta(hours=1)),
        ("3599", None),
        ("", timedelta(days=1)),
        ("9999999999", timedelta(days=14)),
        ("9" * 5000, timedelta(days=14)),
        ("1e9", None),
        ("٣٦٠٠٠", None),
        (" 864000", None),
    ],
)
def test_a_lease_is_taken_within_bounds(said: str, taken: timedelta | None) -> None:
    assert lease(said) == taken


@given(st.text(max_size=30))
def test_renewal_comes_before_the_end_of_a_lease(key: str) -> None:
    span = timedelta(days=10)
    assert NOON + span * 0.7 <= renewal(NOON, span, key) <= NOON + span * 0.85


def test_a_hub_that_fails_is_asked_less_and_less_often() -> None:
    waits = [retry(NOON, attempts, "k") - NOON for attempts in range(1, 40)]
    assert waits == sorted(waits)
    assert timedelta(minutes=5) <= waits[0] <= timedelta(minutes=6)
    assert timedelta(days=7) <= waits[-1] <= timedelta(days=8)
    assert retry(NOON, 40, "k", hours(6)) - NOON <= hours(7)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_signature_with_the_secret_is_genuine(method: str) -> None:
    signature = sign(method, "shh", b"body")
    assert genuine(f"{method}={signature}", "shh", b"body")
    assert genuine(f"{method.upper()}={signature.upper()}", "shh", b"body")
    assert not genuine(f"{method}={signature}", "ssh", b"body")
    assert not genuine(f"{method}={signature}", "shh", b"body!")
    assert not genuine(f"{method}={signature[:-1]}", "shh", b"body")


@pytest.mark.parametrize(
    "header", ["", "=", "sha256", "sha256=", "md5=" + "0" * 32, "sha256=é", "none=", "sha1"]
)
def test_what_is_not_a_signature_is_not_genuine(header: str) -> None:
    assert not genuine(header, "shh", b"")


def test_a_request_names_callback_topic_lease_and_secret() -> None:
    said = parse_qs(subscription_request(ASKED, "https://news.example/").decode(), strict_parsing=True)
    assert said == {
        "hub.callback": ["https://news.example/websub/k"],
        "hub.mode": ["subscribe"],
        "hub.topic": [TOPIC],
        "hub.lease_seconds": ["864000"],
        "hub.secret": ["shh"],
    }


def test_who_leaves_names_the_callback_that_was_subscribed_and_no_secret() -> None:
    said = parse_qs(
        subscription_request(replace(LEAVING, base="https://old.example/"), "https://news.example/").decode()
    )
    assert said == {
        "hub.callback": ["https://old.example/websub/k"],
        "hub.mode": ["unsubscribe"],
        "hub.topic": [TOPIC],
    }


def test_news_name_the_topic_in_both_ways() -> None:
    ping = Ping("https://hub.example/", "https://news.example/feed.atom", "d")
    said = parse_qs(publish_request(ping).decode())
    topic = ["https://news.example/feed.atom"]
    assert said == {"hub.mode": ["publish"], "hub.url": topic, "hub.topic": topic}


def test_nothing_that_is_printed_holds_a_secret_or_a_key() -> None:
    assert "shh" not in repr(ASKED)
    assert "'k'" not in repr(ASKED)


@pytest.mark.parametrize(
    ("headers", "hub"),
    [
        ([], Hub()),
        (['<https://h.example/>; rel="hub"', f'<{TOPIC}>; rel="self"'], Hub("https://h.example/", TOPIC)),
        ([f"<https://h.example/>;rel=hub,<{TOPIC}>;rel=self"], Hub("https://h.example/", TOPIC)),
        (['</hub?a=1,2>; title="a, b; rel=self"; rel="x HUB"'], Hub("https://one.example/hub?a=1,2", "")),
        (["<https://a.example/>; rel=hub, <https://b.example/>; rel=hub"], Hub("https://a.example/", "")),
        (["<javascript:alert(1)>; rel=hub"], Hub()),
        (["<https://h.example/>; rel=hubs"], Hub()),
        (["https://h.example/; rel=hub"], Hub()),
    ],
)
def test_link_headers_name_hub_and_self(headers: list[str], hub: Hub) -> None:
    assert hub_of(headers, TOPIC) == hub


def test_endless_link_headers_are_read_quickly() -> None:
    for piece in ("<", "<a>;", "<a>; rel=", '<a>; a="', "<a>; rel  ", " = "):
        assert hub_of([piece * 100_000], TOPIC).topic == ""


def test_our_own_link_header_reads_back() -> None:
    ours = link_header(("https://h.example/", "https://i.example/"), TOPIC)
    assert hub_of([ours], "https://x.example/") == Hub("https://h.example/", TOPIC)


@given(st.lists(st.text(max_size=60), max_size=3))
def test_no_link_header_is_an_error(headers: list[str]) -> None:
    hub_of(headers, TOPIC)


@given(st.text(max_size=100), st.binary(max_size=50))
def test_no_signature_is_an_error(header: str, body: bytes) -> None:
    assert not genuine(header, "shh", body)
