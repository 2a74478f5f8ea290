"""JSON Feed 1.1 (jsonfeed.org/version/1.1); reports and related stories are in the extension `_story`."""

import json
from collections.abc import Iterator
from typing import Any

from aggregator.model import NO_EPISODE, Edition, Episode, Related, Report, Story, file_name
from aggregator.render.byline import author_names
from aggregator.render.iri import iri
from aggregator.render.item import (
    categories,
    content,
    headed,
    language_of,
    own_or_default,
    own_text,
    place_of,
    story_address,
    summary,
)
from aggregator.render.media import enclosures_of, episode_of, image_of, recorded
from aggregator.render.origin import copies_in, origin_of, report_id
from aggregator.text.languages import language_code

ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def json_feed(edition: Edition) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": edition.title,
        "description": own_or_default(edition),
        "home_page_url": edition.link,
        "feed_url": feed_address(edition, edition.archive),
        "next_url": feed_address(edition, edition.before) if edition.before is not None else "",
        "language": edition.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in edition.hubs],
    }
    # One line per item: Python's fast encoder cannot indent.
    head = ENCODE(given(feed)).removesuffix("}")
    items = ",\n".join(ENCODE(json_item(story, edition)) for story in edition.stories)
    return f'{head}, "items": [\n{items}\n]}}\n'.encode()


def feed_address(edition: Edition, archive: int | None) -> str:
    return "" if edition.private else edition.link + file_name(edition.name, archive, "json") + edition.query


def json_item(story: Story, edition: Edition) -> dict[str, Any]:
    played = recorded(story)
    recording = episode_of(played) if played else NO_EPISODE
    # JSON Feed: `external_url` is the page an item is about; `url` is the item's own page.
    elsewhere, own = iri(story.lead.entry.url), story_address(story.number, edition)
    return given(
        {
            "id": story.guid,
            "url": own or elsewhere,
            "external_url": elsewhere if own else "",
            "title": headed(story, edition.byline),
            "content_html": content(story, edition.byline, own, edition.language),
            "summary": summary(story),
            "image": image_of(story),
            "date_published": story.published.isoformat(),
            "date_modified": story.updated.isoformat(),
            "authors": [{"name": name} for name in author_names(story)],
            "tags": categories(story, edition),
            "language": language_of(story),
            "attachments": attachments(story, recording),
            "_story": {
                "text_length": len(own_text(story)),  # code points of content_html before our byline
                "reports": [reported(report) for report in listed(story)],
            }
            | given(
                {
                    "related": [related_item(each, edition) for each in story.related],
                    "episode": episode_item(recording),
                }
            ),
        }
    )


def listed(story: Story) -> Iterator[Report]:
    """The lead first, without the copies that other aggregators relayed."""
    copies = copies_in(story)
    for each in (story.lead, *story.others):
        if each.number not in copies or not each.entry.upstream:
            yield each


def attachments(story: Story, recording: Episode) -> list[dict[str, Any]]:
    """The duration belongs to the recording, which comes first."""
    files = [
        given(
            {
                "url": each.url,
                "mime_type": each.type or "application/octet-stream",
                "size_in_bytes": each.length,
            }
        )
        for each in enclosures_of(story)
    ]
    if recording.seconds:
        files[0]["duration_in_seconds"] = recording.seconds
    return files


def episode_item(recording: Episode) -> dict[str, Any]:
    return given(
        {
            "number": recording.number,
            "season": recording.season,
            "chapters": recording.chapters,
            "transcripts": [
                given({"url": each.url, "mime_type": each.type, "language": each.language})
                for each in recording.transcripts
            ],
        }
    )


def reported(report: Report) -> dict[str, Any]:
    published, origin = report.entry.published, origin_of(report)
    return given(
        {
            "id": report_id(report),
            "source": origin.title,
            "source_url": origin.page or origin.feed,
            "title": report.entry.title,
            "url": iri(report.entry.url),
            "date_published": published.isoformat() if published else "",
            "language": language_code(report.entry.language),
            "text_key": report.entry.fingerprint,
        }
    )


def related_item(related: Related, edition: Edition) -> dict[str, Any]:
    return given(
        {
            "id": related.guid,
            "title": related.title,
            "url": place_of(related, edition),
            "source": related.source,
            "date_published": related.published.isoformat(),
        }
    )


def given(values: dict[str, Any]) -> dict[str, Any]:
    """Drops empty values, as JSON Feed asks."""
    return {key: value for key, value in values.items() if value}
