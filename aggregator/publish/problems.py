"""Problems of sources as a feed: one item per problem."""

from html import escape
from uuid import UUID, uuid5

from aggregator.model import Entry, Report, Story
from aggregator.plan.words import UNREADABLE
from aggregator.publish.explain import ADDRESS
from aggregator.store import Problem
from aggregator.text.urls import shareable

NAMESPACE = UUID("3c1d7a52-92f4-5b0e-a6a9-0d1f5e7c4b18")  # of our problem ids; must never change


def without_details(problem: Problem) -> Problem:
    """The public version, without addresses that may hold keys and without paths of this machine."""
    if problem.address:
        return problem._replace(note=ADDRESS.sub("…", problem.note))
    return problem._replace(note=UNREADABLE)


def problem_story(problem: Problem) -> Story:
    """Changes once, when the problem is over; further failed visits change nothing."""
    source = problem.title or problem.source
    over = f", over since {problem.ended:%Y-%m-%d %H:%M} UTC" if problem.ended else ""
    text = (
        f"Since {problem.began:%Y-%m-%d %H:%M} UTC{over}. The first failed visit said: {problem.note or '–'}"
    )
    address = shareable(problem.address)
    entry = Entry(
        source=problem.source,
        uid=str(problem.number),
        title=f"{source}: cannot be read ({problem.fault}){' (over)' if problem.ended else ''}",
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
