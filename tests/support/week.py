"""A week of made-up news: events told by several sources, series, a wire text, digests."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from make import NOON, entry

from aggregator.model import Entry
from aggregator.stories import fingerprint

SOURCES = ("Herald", "Gazette", "Courier", "Post")
PLACES = """
Varnmouth Lindmark Teschwitz Orlia Torvik Kelsby Marrowby Hesper Dunmore Askvale Calder Brenwick Oxmere
Tamsin Varde Holloway Ketterby Ruun Salvik Thornby Ulverne Wexmoor Yarrowdale Zellin
"""
THINGS = "harbour-bridge tram-line water-law bakery-chain owl-colony chess-union ferry-port opera-house"
DEEDS = "closed reopened sold flooded praised audited painted robbed"
DETAILS = """
engineers divers teachers bakers sailors judges farmers nurses pillars ledgers windows cellars engines
tickets lanterns gardens archives cranes ropes mirrors bells stairs maps crates anchors pianos orchards
wardens goats barrels clocks towers kites sculptors fountains carpets looms ovens tiles brushes saddles
violins candles pigeons hedges shutters paddles drums quarries kettles benches wagons stamps masks
"""


def week(days: int = 7) -> list[list[Entry]]:
    """Batches of half a day."""
    random = Random(7)
    news = sorted(told(random, days), key=lambda each: (each.published, each.uid))
    halves = [NOON + timedelta(hours=12 * half) for half in range(2 * days + 2)]
    return [
        [each for each in news if start <= (each.published or start) < start + timedelta(hours=12)]
        for start in halves
    ]


def told(random: Random, days: int) -> Iterator[Entry]:
    for day in range(days):
        for number in range(8):
            yield from event(random, f"{day}.{number}", 24 * day + 3 * number)
        yield report(
            f"brief{day}", "Herald", 24.0 * day, "Daily briefing", "All you need to know this morning."
        )
        yield digest(random, day)
        yield from three_sides(PLACES.split()[day], day)


def three_sides(place: str, day: int) -> Iterator[Entry]:
    """One event from two sides, which nobody would take for one, and then by a report that has both."""
    closed = "Engineers closed the harbour bridge after divers found cracks in two pillars"
    stranded = (
        "housands of commuters walked home on Monday; the trams across the harbour will not run for weeks"
    )
    title = f"Commuters in {place} stranded as trams stop at the harbour"
    both = f"{place} harbour bridge closed, commuters stranded as trams stop"
    hour = 24.0 * day + 8
    yield report(f"side{day}.1", "Herald", hour, f"Harbour bridge in {place} closed", f"{closed}.")
    yield report(f"side{day}.2", "Gazette", hour + 2, title, f"T{stranded}, the operator said.")
    yield report(f"side{day}.3", "Courier", hour + 4, both, f"{closed}; t{stranded}, the operator said.")


def event(random: Random, name: str, hour: float) -> Iterator[Entry]:
    """Told by one to four sources, each in a part of its words; sometimes as the same wire text."""
    place, thing, deed = one(random, PLACES), one(random, THINGS), one(random, DEEDS)
    details = random.sample(DETAILS.split(), 9)
    for teller, source in enumerate(random.sample(SOURCES, random.randint(1, 4))):
        title = " ".join([place, thing, deed, *random.sample(details, random.randint(1, 4))])
        text = " ".join(random.sample(details, 6)) + f" in {place} where the {thing} was {deed}."
        if random.random() < 0.15:
            text = f"{place} {thing} {deed}: {' '.join(details)}. " * 4
        yield report(f"{name}.{teller}", source, hour + 4 * teller * random.random(), title, text)


def one(random: Random, words: str) -> str:
    return random.choice(words.split())


def digest(random: Random, day: int) -> Entry:
    parts = [" ".join([one(random, PLACES), one(random, THINGS), one(random, DEEDS)]) for _ in range(5)]
    return report(f"digest{day}", "Post", 24.0 * day + 20, "; ".join(parts), ". ".join(parts))


def report(uid: str, source: str, hour: float, title: str, text: str) -> Entry:
    made = entry(f"urn:x:{uid}", source=source, title=title, summary=text, lede=text, url="")
    return replace(
        made, published=NOON + timedelta(hours=hour), fingerprint=fingerprint(title, text), page=""
    )
