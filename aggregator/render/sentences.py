"""Sentences that the store keeps in English, such as why a visit is due, in the language of the pages."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

from aggregator.render.language import Language, table

UNITS = "second|minute|hour|day|month|year"
PLACES = {"time": rf"(?:an?|\d+) (?:{UNITS})s?", "unit": UNITS, "n": r"\d+", "note": ".+"}
STATUS = re.compile(r"(.+) (\(\d+\))")


def in_language(text: str, language: Language) -> Markup:
    """Part by part, as semicolons divide it; a part without a translation is marked as English."""
    if language.tag.split("-")[0] == "en":
        return escape(text)
    return Markup("; ").join(part_of_sentence(part, language) for part in sentence_parts(text))


def sentence_parts(text: str) -> list[str]:
    """As semicolons divide it, but for those in parentheses, which hold what a server or a parser says."""
    parts = [""]
    for piece in text.split("; "):
        whole = parts[-1].count("(") <= parts[-1].count(")")
        parts = [*parts, piece] if whole else [*parts[:-1], f"{parts[-1]}; {piece}"]
    return parts[1:]


def part_of_sentence(part: str, language: Language) -> Markup:
    if said := from_table(part, language):
        return said
    found = STATUS.fullmatch(part)
    known = from_table(found[1], language) if found else None
    if found and known:
        return Markup("{} {}").format(known, found[2])
    return Markup('<span lang="en">{}</span>').format(part)


def from_table(part: str, language: Language) -> Markup | None:
    if part in language.words:
        return language.say(part)
    for key, pattern in patterns():
        if found := pattern.fullmatch(part):
            places = found.groupdict().items()
            return language.say(key, **{name: placed(name, said, language) for name, said in places})
    return None


def placed(name: str, said: str, language: Language) -> Markup:
    if name == "note":
        return Markup('<bdi lang="en">{}</bdi>').format(said)
    if name == "n":
        return escape(said)
    number, _, unit = said.rpartition(" ")
    return escape(language.count(int(number) if number.isdigit() else 1, unit.removesuffix("s")))


@lru_cache(1)
def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Of the keys with places."""
    return [(key, sentence_pattern(key)) for key in table("sentences.tsv")["en"] if "{" in key]


def sentence_pattern(key: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", key)
    fixed, names = map(re.escape, pieces[::2]), [f"(?P<{name}>{PLACES[name]})" for name in pieces[1::2]]
    return re.compile("".join(piece + name for piece, name in zip(fixed, [*names, ""], strict=True)))
