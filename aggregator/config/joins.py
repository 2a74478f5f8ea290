"""How far an entry is joined with others: the lesser of the settings of [stories] and of its source."""

from collections.abc import Callable
from dataclasses import replace

from aggregator.config.keys import Config
from aggregator.model import Join, Sketch

LEAST_FIRST: tuple[Join, ...] = ("nothing", "copies", "events")


def least(*given: Join) -> Join:
    return min(given, key=LEAST_FIRST.index)


def joining(config: Config) -> Callable[[Sketch], Sketch]:
    """A function that sets the `join` of a sketch."""
    own = {source.name: source.join for source in config.sources}

    def joined(sketch: Sketch) -> Sketch:
        join = least(config.stories.join, own.get(sketch.source, "events"))
        if join == sketch.join == "events":
            return sketch
        return replace(sketch, join=join, upstream=False)

    return joined


def beyond(given: Join, most: Join) -> str:
    """The error message for an output that would join more than grouping does."""
    allowed = " or ".join(f'"{each}"' for each in LEAST_FIRST if least(each, most) == each)
    return f'"{given}" joins more than [stories] join = "{most}" does: take {allowed}, or leave it out'
