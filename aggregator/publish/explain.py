"""Stories and sources with their reasons: what pages tell people."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from aggregator.model import Account, Entry, Reason, Record, Report, Sketch, Story, Told, Visit
from aggregator.plan.words import what
from aggregator.store import Store
from aggregator.stories import spelled


def accounts(store: Store, stories: Sequence[Story]) -> list[Account]:
    """In the given order, each from its first report to its last."""
    numbers = [story.number for story in stories]
    reasons = store.accounts.reasons(numbers)
    joined = store.accounts.joined(numbers)
    titles = store.accounts.titles({reason.other for reason in reasons.values() if reason.other})
    return [
        Account(
            story=story,
            told=tuple(explained_reports(story, reasons, titles)),
            joined=tuple(joined.get(story.number, ())),
        )
        for story in stories
    ]


def explained_reports(story: Story, reasons: dict[int, Reason], titles: dict[int, str]) -> Iterator[Told]:
    times = {report.number: written_time(report.entry) for report in (story.lead, *story.others)}
    for report in timeline(story):
        reason = reasons.get(report.number)
        other = reason.other if reason else None
        later = times[report.number] >= times[other] if other in times else None
        yield Told(report, reason and in_own_words(reason, report), titles.get(other or 0, ""), later)


def timeline(story: Story) -> list[Report]:
    reports = (story.lead, *story.others)
    return sorted(reports, key=lambda report: (written_time(report.entry), report.number))


def written_time(entry: Entry) -> str:
    return entry.published.isoformat() if entry.published else ""


def in_own_words(reason: Reason, report: Report) -> Reason:
    entry = report.entry
    published = entry.published or UNDATED
    return spelled(
        reason, Sketch(report.number, entry.source, entry.title, entry.lede, entry.page, published)
    )


UNDATED = datetime.min.replace(tzinfo=UTC)  # for the type only: the store gives every entry a date
ADDRESS = re.compile(r"https?://[^\s)\]}>\"']+")


def records(store: Store, latest: int) -> list[Record]:
    """All active sources, those in trouble first, each with so many of its latest visits."""
    told = map(in_words, store.records.all(latest))
    return sorted(told, key=lambda record: (not record.trouble, record.name.casefold(), record.name))


def in_words(record: Record) -> Record:
    """Without what is the operator's business alone: addresses with keys in them, paths of this machine."""
    trouble = record.ended or troubled(record)
    if not record.host:
        return replace(record, trouble=trouble, reason="a local source is looked at regularly")
    return replace(record, trouble=ADDRESS.sub("…", trouble), reason=ADDRESS.sub("…", record.reason))


def troubled(record: Record) -> str:
    """What its last visit failed for; "" when it did not."""
    last = record.visits[-1] if record.visits else None
    if last is None or last.result != "failed":
        return ""
    visit = Visit(record.name, last.at, 0, "failed", last.status, fault=last.fault)
    words = what(visit, "url" if record.host else "file")
    return f"{words} ({last.status})" if last.status else words
