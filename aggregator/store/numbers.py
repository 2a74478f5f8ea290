"""Row numbers as a JSON list, so that one statement can take a set of them."""

from collections.abc import Iterable


def json(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, sorted(numbers)))}]"
