"""Decides which reports belong to one event."""

from aggregator.stories.compare import why
from aggregator.stories.reasons import explain_reason, spelled
from aggregator.stories.settings import DEFAULT, Settings
from aggregator.stories.stream import group_lines
from aggregator.stories.terms import fingerprint
from aggregator.stories.window import Window

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
