"""A recording's details, as JSON in an entry's column `more`."""

from typing import Any

from aggregator.model import NO_EPISODE, Episode, Transcript

SHAPE = {"seconds": int, "number": int, "season": int, "chapters": str, "transcripts": list}
TRANSCRIPT = {"url": str, "type": str, "language": str}


def read_episode(given: Any) -> Episode:
    """From asdict(); parts that a failing disk has damaged are left out."""
    if not isinstance(given, dict):
        return NO_EPISODE
    known = {name: given[name] for name, kind in SHAPE.items() if type(given.get(name)) is kind}
    read = [Transcript(**each) for each in known.get("transcripts", ()) if transcribed(each)]
    return Episode(**known | {"transcripts": tuple(read)})


def transcribed(one: Any) -> bool:
    return isinstance(one, dict) and {name: type(one[name]) for name in one} == TRANSCRIPT
