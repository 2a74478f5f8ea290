"""Searches text for the configuration's words and regular expressions. Only this file imports RE2.

Python's own expressions can take hours on a hostile text such as a feed, and a limit on its length does not
help against `(a|a)*$`. RE2 takes linear time, but has no look-around and no back-references.
"""

import re
from functools import lru_cache
from typing import Any

import re2

BIGGEST = 1 << 20  # bytes per compiled expression: "(a{1000}){1000}" would need gigabytes
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def words_pattern(given: str) -> str:
    """Returns an expression that finds these words as whole words, with any blanks between them.

    In scripts without blanks between words, it finds them anywhere.
    """
    inner = r"[\s\p{Z}]+".join(map(re2.escape, given.split()))
    if UNSPACED.search(given):
        return inner
    return rf"(?:^|[^\pL\pN_]){inner}(?:[^\pL\pN_]|$)"


def check_pattern(pattern: str) -> None:
    """Raises ValueError with the reason if RE2 does not accept the expression."""
    try:
        compiled(pattern)
    except re2.error as e:
        said = e.args[0] if e.args else b""
        raise ValueError(said.decode(errors="replace") if isinstance(said, bytes) else str(said)) from e


def matches_pattern(pattern: str, text: str) -> bool:
    return compiled(pattern).search(text) is not None


@lru_cache(1000)
def compiled(pattern: str) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = BIGGEST
    return re2.compile(pattern, options)
