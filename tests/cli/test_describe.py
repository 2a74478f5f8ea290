"""The output of `aggregator parse`."""

import json
from datetime import UTC, datetime, timedelta

from aggregator.cli.describe import describe
from aggregator.model import Draft, Enclosure, Rhythm
from aggregator.visit.document import ReadDocument
from aggregator.visit.normalise import normalise

NOW = datetime(2024, 6, 1, tzinfo=UTC)
DRAFT = Draft(
    uid="1", title="T", published=NOW - timedelta(days=1), enclosures=(Enclosure("https://a.example/1.mp3"),)
)

NOTES = ("not well formed: x",)


def test_a_description_survives_json_and_leaves_out_what_is_empty() -> None:
    entry = normalise(DRAFT, source="s", now=NOW)
    shown = describe(ReadDocument("rss 2.0", "", "", "", Rhythm(timedelta(hours=2)), NOTES, (entry,)))

    assert json.loads(json.dumps(shown)) == shown
    assert shown["rhythm"] == {"every": 7200}
    assert shown["notes"] == ["not well formed: x"]
    assert "title" not in shown
    assert shown["entries"][0]["published"] == "2024-05-31T00:00:00Z"
    assert shown["entries"][0]["enclosures"] == [{"url": "https://a.example/1.mp3"}]
    assert "body" not in shown["entries"][0]


def test_an_empty_feed_still_has_its_format_and_entries() -> None:
    assert describe(ReadDocument("atom 1.0", "", "", "", Rhythm(), (), ())) == {
        "format": "atom 1.0",
        "entries": [],
    }
