"""One line of text, whatever a server, a file name or an old database wrote into it."""

from aggregator.config.values import UNPRINTABLE


def printable(text: str) -> str:
    return UNPRINTABLE.sub("?", " ".join(text.split()))
