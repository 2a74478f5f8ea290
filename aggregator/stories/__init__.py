"""Decides which reports belong to one event.

Its parts are loaded when they are asked for: a refresh that finds nothing new needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aggregator.stories.compare import why
    from aggregator.stories.reasons import explain_reason, spelled
    from aggregator.stories.settings import DEFAULT, Settings
    from aggregator.stories.stream import group_lines
    from aggregator.stories.terms import fingerprint
    from aggregator.stories.window import Window

HOMES = {
    "DEFAULT": "settings",
    "Settings": "settings",
    "Window": "window",
    "explain_reason": "reasons",
    "fingerprint": "terms",
    "group_lines": "stream",
    "spelled": "reasons",
    "why": "compare",
}
__all__ = [
    "DEFAULT",
    "Settings",
    "Window",
    "explain_reason",
    "fingerprint",
    "group_lines",
    "spelled",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
