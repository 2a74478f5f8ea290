"""Row numbers as a JSON list: how a set of them is given to one statement."""

from collections.abc import Iterable


def json(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, sorted(numbers)))}]"
