"""Small makers of our own nouns for tests."""

from datetime import UTC, datetime, timedelta

from aggregator.model import Edition, Entry, Report, Story

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def entry(uid: str = "urn:x:1", **more: object) -> Entry:
    values: dict[str, object] = {
        "source": "One",
        "title": "A bridge opens",
        "url": "https://one.example/bridge",
        "summary": "<p>It opened.</p>",
        "body": "",
        "lede": "It opened.",
        "published": NOON,
        "updated": None,
        "digest": uid,
    }
    return Entry(uid=uid, **values | more)  # type: ignore[arg-type]


def report(number: int = 1, name: str = "One", **more: object) -> Report:
    return Report(
        entry=entry(f"urn:x:{number}", source=name, **more),
        number=number,
        source_title=name,
        source_url=f"https://{name.lower()}.example/",
        feed_url=f"https://{name.lower()}.example/feed",
        publisher=name.lower(),
    )


def story(number: int = 1, lead: Report | None = None, others: tuple[Report, ...] = ()) -> Story:
    lead = lead or report(number)
    return Story(
        number=number,
        guid=f"urn:story:{number}",
        published=NOON,
        updated=NOON,
        changed=NOON,
        lead=lead,
        others=others,
    )


def edition(*stories: Story) -> Edition:
    return Edition(
        name="feed",
        guid="urn:feed",
        title="Stories & more",
        description="All of it",
        link="https://news.example/",
        language="en",
        updated=NOON,
        stories=stories,
    )
