"""Problems of sources as a feed: one item per problem."""

import re
from html import escape
from typing import Any
from uuid import UUID, uuid5

from aggregator.model import Entry, Report, Story, Visit
from aggregator.plan.words import UNREADABLE, fault_in_words
from aggregator.publish.explain import ADDRESS
from aggregator.store import Problem
from aggregator.text.urls import shareable

NAMESPACE = UUID("3c1d7a52-92f4-5b0e-a6a9-0d1f5e7c4b18")  # of our problem ids; must never change

STATUS = re.compile(r"\D{0,2}([45]\d\d)\b")
"""At the beginning of a note on what a server answered."""


def without_details(problem: Problem) -> Problem:
    """The public version, without addresses that may hold keys and without paths of this machine."""
    if problem.address:
        return problem._replace(note=ADDRESS.sub("…", problem.note))
    return problem._replace(note=UNREADABLE)


def fault_of(problem: Problem) -> str:
    """In English, as words for other languages are found by it."""
    status = STATUS.match(problem.note)
    fault: Any = problem.fault
    visit = Visit(problem.source, problem.began, 0, "failed", int(status[1]) if status else 0, fault=fault)
    return fault_in_words(visit, "url" if problem.address else "file")


def problem_story(problem: Problem, language: str) -> Story:
    """Changes once, when the problem is over; further failed visits change nothing.

    `language`: of what it says; the note of the visit is always English.
    """
    from aggregator.render.language import spoken  # takes longer to load than a refresh without news

    words = spoken(language).words
    source = problem.title or problem.source
    since = words["Since {time} UTC."].format(time=f"{problem.began:%Y-%m-%d %H:%M}")
    over = (
        words["Over since {time} UTC."].format(time=f"{problem.ended:%Y-%m-%d %H:%M}")
        if problem.ended
        else ""
    )
    said = words["The first failed visit said:"]
    text = " ".join(filter(None, (since, over, said, words.get(problem.note, problem.note) or "–")))
    fault = words[fault_of(problem)]
    address = shareable(problem.address)
    entry = Entry(
        source=problem.source,
        uid=str(problem.number),
        title=f"{source}: {fault}{words[' (over)'] if problem.ended else ''}",
        url=address,
        summary=f"<p>{escape(text)}</p>",
        body="",
        lede=text,
        published=problem.began,
        updated=problem.ended,
    )
    return Story(
        number=problem.number,
        guid=uuid5(NAMESPACE, f"{problem.source}\n{problem.began.isoformat()}").urn,
        published=problem.began,
        updated=problem.ended or problem.began,
        changed=problem.ended or problem.began,
        lead=Report(entry, problem.number, source, "", address),
    )
