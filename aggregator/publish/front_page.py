"""What the front page has besides the feed: the stories that most publishers report.

Days are counted back from the newest report, not from now: equal data give an equal page.
"""

from collections.abc import Iterable
from datetime import timedelta

from aggregator.model import Edition, Highlights, Output, Story
from aggregator.publish.compose import newest_report
from aggregator.publish.filters import wanted, witnesses
from aggregator.store import Store

DAY, WEEK = timedelta(days=1), timedelta(days=7)
TOP, MOST = 7, 8  # stories: a large one and three pairs; a column beside them
CANDIDATES = 120  # those with most sources: more than are shown, for filters leave some out


def highlights_of(store: Store, output: Output, edition: Edition) -> Highlights:
    """Of stories that an output lets through, with or without room for them in its feed."""
    if not edition.stories or output.join != "events":  # in parts, a story has one publisher
        return Highlights()
    newest = max(newest_report(story) for story in edition.stories)[0]
    since = newest - min(WEEK, output.max_age or WEEK)
    numbers = {
        *store.details.most_reported(since, since, CANDIDATES),
        *store.details.most_reported(since, newest - DAY, CANDIDATES),
    }
    there = {story.number for story in edition.stories}
    others = store.details.stories(numbers - there)
    fitting = [story for story in others if wanted(story, output)]
    recent = [story for story in (*edition.stories, *fitting) if story.published >= since]
    ranked = most_reported_first(recent)
    top = [story for story in ranked if newest_report(story)[0] >= newest - DAY]
    before = [story for story in ranked if newest_report(story)[0] < newest - DAY]
    return Highlights(tuple(top[:TOP]), tuple(before[:MOST]))


def most_reported_first(stories: Iterable[Story]) -> list[Story]:
    """Stories with several publishers: most publishers first, then the newest report."""
    counted = [(len(witnesses(story)), newest_report(story), story) for story in stories]
    counted.sort(key=lambda each: each[:2], reverse=True)
    return [story for publishers, _, story in counted if publishers > 1]
