"""Stories and sources with their reasons, for pages."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from aggregator.model import (
    Entry,
    ExplainedReport,
    ExplainedStory,
    Joined,
    Reason,
    Report,
    Sketch,
    SourceStatus,
    Story,
    Visit,
)
from aggregator.plan.failures import SEEMS_OFFLINE
from aggregator.plan.words import fault_in_words, without_fault
from aggregator.store import Store

UNDATED = datetime.min.replace(tzinfo=UTC)  # of an entry for the type only: the store gives every one a date


def explained_stories(store: Store, stories: Sequence[Story]) -> list[ExplainedStory]:
    """In the given order, the reports of each from first to last."""
    numbers = [story.number for story in stories]
    reasons = store.details.reasons(numbers)
    joined = store.details.joined(numbers)
    titles = store.details.titles({reason.other for reason in reasons.values() if reason.other})
    for number, merged in joined.items():
        reasons |= dict.fromkeys(put_here(store, number, merged), Reason("ruling"))
    return [
        ExplainedStory(
            story=story,
            reports=tuple(explained_reports(story, reasons, titles)),
            joined=tuple(joined.get(story.number, ())),
        )
        for story in stories
    ]


def put_here(store: Store, story: int, merged: Iterable[Joined]) -> list[int]:
    """Reports that began stories which a person has merged into this one: what kept them out is overruled."""
    ruled = {each.number for each in merged if each.reason.startswith("ruling")}
    if not ruled:
        return []
    reasons = store.stories.reasons(story)
    origins = store.stories.origins(story)
    return [entry for entry, reason in reasons.items() if reason.level == "alone" and origins[entry] in ruled]


def explained_reports(
    story: Story, reasons: dict[int, Reason], titles: dict[int, str]
) -> Iterator[ExplainedReport]:
    times = {report.number: written_time(report.entry) for report in (story.lead, *story.others)}
    for report in timeline(story):
        reason = reasons.get(report.number)
        other = reason.other if reason else None
        later = times[report.number] >= times[other] if other in times else None
        yield ExplainedReport(
            report, reason and in_own_words(reason, report), titles.get(other or 0, ""), later
        )


def timeline(story: Story) -> list[Report]:
    reports = (story.lead, *story.others)
    return sorted(reports, key=lambda report: (written_time(report.entry), report.number))


def written_time(entry: Entry) -> str:
    return entry.published.isoformat() if entry.published else ""


def in_own_words(reason: Reason, report: Report) -> Reason:
    entry = report.entry
    published = entry.published or UNDATED
    from aggregator.stories import spelled  # grouping, which a refresh without news does not need

    return spelled(
        reason, Sketch(report.number, entry.source, entry.title, entry.lede, entry.page, published)
    )


ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\");,.]", re.IGNORECASE)


def source_statuses(store: Store, latest: int, order: str = "state") -> list[SourceStatus]:
    """All active sources, each with so many of its latest visits. `order`: as in SORTED."""
    told = map(in_words, store.statuses.all(latest))
    named = sorted(told, key=lambda record: ((record.title or record.name).casefold(), record.name))
    return sorted_records(named, order)


SORTED: dict[str, Callable[[SourceStatus], object]] = {
    "state": lambda record: not record.trouble,
    "name": lambda _: 0,
    "success": lambda record: record.answered or UNDATED,
    "next": lambda record: (record.due is None, record.due or UNDATED),
}
"""What a page of sources can be sorted by; the longest ago, and the soonest, first."""


def sorted_records(records: Sequence[SourceStatus], order: str) -> list[SourceStatus]:
    """Equal ones stay in their order."""
    return sorted(records, key=SORTED[order])  # type: ignore[arg-type]


def seems_offline(records: Iterable[SourceStatus]) -> bool:
    """Whether the latest visit of all found that nothing could be reached."""
    visited = [record for record in records if record.host and record.visits]
    latest = max(visited, key=lambda record: record.visits[-1].at, default=None)
    return latest is not None and latest.reason == SEEMS_OFFLINE


def in_words(record: SourceStatus) -> SourceStatus:
    """Removes what only the operator may see: addresses that may hold keys, paths of this machine."""
    if record.ended:
        trouble, _, reason = record.ended.partition("; ")
        return replace(record, trouble=trouble, reason=reason)
    trouble = troubled(record)
    if not record.host:
        return replace(record, trouble=trouble, reason="local sources are checked regularly")
    detail, reason = without_fault(record.reason) if trouble else ("", record.reason)
    return replace(record, trouble=private(trouble), detail=private(detail), reason=private(reason))


def private(said: str) -> str:
    return ADDRESS.sub("…", said)


def troubled(record: SourceStatus) -> str:
    """Why it is failing; "" when it is not."""
    if record.condition != "failing":
        return ""
    last = record.visits[-1] if record.visits else None
    if last is None or last.result != "failed":
        return "it failed"
    visit = Visit(record.name, last.at, 0, "failed", last.status, fault=last.fault)
    words = fault_in_words(visit, "url" if record.host else "file")
    return f"{words} ({last.status})" if last.status else words
