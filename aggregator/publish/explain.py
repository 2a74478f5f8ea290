"""Explains stories and sources in words, for pages."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from aggregator.model import Account, Entry, Reason, Record, Report, Sketch, Story, Told, Visit
from aggregator.plan.words import fault_in_words
from aggregator.store import Store
from aggregator.stories import explain_reason, spelled


def accounts(store: Store, stories: Sequence[Story]) -> list[Account]:
    """In the given order, the reports of each from first to last."""
    numbers = [story.number for story in stories]
    reasons = store.accounts.reasons(numbers)
    joined = store.accounts.joined(numbers)
    titles = store.accounts.titles({reason.other for reason in reasons.values() if reason.other})
    return [
        Account(
            story=story,
            told=tuple(
                explained_report(report, reasons.get(report.number), titles) for report in timeline(story)
            ),
            joined=tuple(joined.get(story.number, ())),
        )
        for story in stories
    ]


def timeline(story: Story) -> list[Report]:
    reports = (story.lead, *story.others)
    return sorted(reports, key=lambda report: (written_time(report.entry), report.number))


def written_time(entry: Entry) -> str:
    return entry.published.isoformat() if entry.published else ""


def explained_report(report: Report, reason: Reason | None, titles: dict[int, str]) -> Told:
    if reason is None:  # moved elsewhere since the story was read
        return Told(report, "")
    other = reason.other or 0
    return Told(
        report=report,
        why=because(reason, report),
        first=reason.level == "alone",
        other=other,
        other_title=titles.get(other, ""),
    )


def because(reason: Reason, report: Report) -> str:
    entry = report.entry
    published = entry.published or UNDATED
    sketch = Sketch(report.number, entry.source, entry.title, entry.lede, entry.page, published)
    return explain_reason(spelled(reason, sketch))


UNDATED = datetime.min.replace(tzinfo=UTC)  # for the type only: the store gives every entry a date
ADDRESS = re.compile(r"https?://[^\s)\]}>\"']+")


def records(store: Store, latest: int) -> list[Record]:
    """All active sources, failing ones first, each with its `latest` latest visits."""
    explained = map(in_words, store.records.all(latest))
    return sorted(explained, key=lambda record: (not record.trouble, record.name.casefold(), record.name))


def in_words(record: Record) -> Record:
    """Removes what only the operator may see: addresses that may hold keys, paths of this machine."""
    trouble = record.ended or troubled(record)
    if not record.host:
        return replace(record, trouble=trouble, reason="local sources are checked regularly")
    return replace(record, trouble=ADDRESS.sub("…", trouble), reason=ADDRESS.sub("…", record.reason))


def troubled(record: Record) -> str:
    """Why its last visit failed; "" when it did not."""
    last = record.visits[-1] if record.visits else None
    if last is None or last.result != "failed":
        return ""
    visit = Visit(record.name, last.at, 0, "failed", last.status, fault=last.fault)
    words = fault_in_words(visit, "url" if record.host else "file")
    return f"{words} ({last.status})" if last.status else words
