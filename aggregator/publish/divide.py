"""Divides stories for an output that joins less than grouping does: each part becomes an item.

An item never changes its id: the part with a story's first report has the story's id, and a story merged
into another keeps its own. A part that never was a story gets an id once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from aggregator.model import Join, Membership, Report, Story
from aggregator.store import Store

Group = list[Membership]
"""A part: its reports in order of arrival."""


def divide(store: Store, stories: Sequence[Story], join: Join) -> Iterator[Story]:
    """`join`: "copies", or "nothing"."""
    members = store.parts.members(story.number for story in stories)
    merged = store.parts.merged(each.entry for each in members) if join == "copies" else []
    groups: defaultdict[int, list[Group]] = defaultdict(list)
    every = store.parts.reports(story.number for story in stories) if join == "nothing" else {}
    for group in copies(members, merged) if join == "copies" else [[each] for each in members]:
        groups[group[0].story].append(group)
    names = named_parts(store, groups.values())
    for story in stories:
        reports = singles(every, story) if join == "nothing" else shown_versions(story)
        for group in groups[story.number]:
            # Reports that arrived since the story was read follow next time.
            if known := [each for each in group if each.entry in reports]:
                yield part(story, known, names.get(group[0].entry, story.guid), reports)


def singles(every: dict[int, list[Report]], story: Story) -> dict[int, Report]:
    """Entry -> its report."""
    return {report.number: report for report in every.get(story.number, ())}


def shown_versions(story: Story) -> dict[int, Report]:
    """Entry -> its report, or the newer version that replaces it."""
    reports = (story.lead, *story.others)
    return {number: report for report in reports for number in (report.number, *report.earlier)}


def copies(members: Iterable[Membership], merged: Iterable[tuple[int, int]]) -> list[Group]:
    """Groups reports that repeat each other or the same third one, or that a person merged; in order."""
    parent: dict[int, int] = {}

    def root(entry: int) -> int:
        while (above := parent.setdefault(entry, entry)) != entry:
            entry = above
        return entry

    given = list(members)
    for one, two in (
        *((each.entry, each.duplicate_of) for each in given if each.duplicate_of is not None),
        *merged,
    ):
        parent[root(one)] = root(two)
    groups: defaultdict[tuple[int, int], Group] = defaultdict(list)
    for each in given:
        groups[each.story, root(each.entry)].append(each)
    return list(groups.values())


def named_parts(store: Store, stories: Iterable[list[Group]]) -> dict[int, str]:
    """First entry of a part -> its id, where it differs from the story's."""
    firsts = [group[0] for groups in stories for group in groups]
    own = {groups[0][0].entry for groups in stories}
    brought = {each.entry: each.guid for each in firsts if each.guid}
    nameless = {each.entry for each in firsts} - own - brought.keys()
    names = store.parts.names({each.entry for each in firsts})
    if nameless - names.keys():
        with store.writing():
            names |= store.parts.name(nameless)
    return brought | names


def part(story: Story, group: Group, guid: str, reports: dict[int, Report]) -> Story:
    """The part as a story of its own. Its lead never changes."""
    numbers = {each.entry for each in group}
    first = group[0]
    led = next(each for each in (first.lead, story.lead.number, first.entry) if each in numbers)
    listed = {reports[number].number: reports[number] for number in numbers}
    del listed[reports[led].number]
    began = reports[first.entry].entry.published or story.published
    out = (story.published, story.updated) if guid == story.guid else (began, began)
    return replace(
        story,
        guid=guid,
        published=out[0],
        updated=out[1],
        lead=reports[led],
        others=tuple(sorted(listed.values(), key=report_age)),
        joined=last_joined(group, [reports[each.entry].publisher for each in group]),
        revised=story.revised if led == story.lead.number else None,
    )


def last_joined(group: Group, publishers: Sequence[str]) -> datetime | None:
    """When the latest further publisher joined after the part was first published."""
    latest = None
    for place, each in enumerate(group):
        if each.came > group[0].came and publishers[place] not in publishers[:place]:
            latest = each.came
    return latest


def report_age(report: Report) -> tuple[str, str, str]:
    published = report.entry.published
    return published.isoformat() if published else "", report.entry.source, report.entry.uid
