"""Writes aggregator/stories/background.tsv: the commonest word beginnings of 17 languages.

Needs the `train` extra (wordfreq). The same wordfreq yields the same file.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

import wordfreq

from aggregator.text.words import terms

LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "ru",
    "uk",
    "pl",
    "sl",
    "tr",
    "ar",
    "he",
    "zh",
    "ja",
    "ko",
)
SHARES = {"en": 0.4}
OTHER_SHARE = 0.1
WORDS_AN_ENTRY = 40
ROWS = 8000

HEADER = """\
# Share of short news texts that hold a word beginning with these letters (a pair of signs in scripts
# without spaces): the commonest of 17 languages. Made by tools/make_background.py.
# Derived from the word frequencies of wordfreq by Robyn Speer (https://github.com/rspeer/wordfreq), whose
# data are under the Creative Commons Attribution-ShareAlike 4.0 licence; this file is under the same licence.
# wordfreq's sources include Wikipedia, OpenSubtitles (OPUS), SUBTLEX, Google Books Ngrams, the Leeds Internet
# Corpus and others named in its documentation.
"""


def main() -> None:
    share: dict[str, float] = defaultdict(float)
    for language in LANGUAGES:
        mass: dict[str, float] = defaultdict(float)
        for word, frequency in wordfreq.get_frequency_dict(language).items():
            for term in set(terms(word, 8)):
                if not term.isdecimal():  # wordfreq writes every number as zeros
                    mass[term] += frequency
        for term, frequency in mass.items():
            seen = 1.0 - math.exp(-WORDS_AN_ENTRY * frequency)
            share[term] += SHARES.get(language, OTHER_SHARE) * seen
    best = sorted(share.items(), key=lambda pair: (-pair[1], pair[0]))[:ROWS]
    path = Path(__file__).parent.parent / "aggregator" / "stories" / "background.tsv"
    rows = "".join(f"{term}\t{value:.6f}\n" for term, value in best)
    path.write_text(HEADER + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
