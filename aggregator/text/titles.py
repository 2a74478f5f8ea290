"""What an entry is called where people see it (pure)."""

from datetime import datetime
from urllib.parse import unquote, urlsplit

WORDS = 12  # of a text, where there is no title
LONGEST = 80  # characters of an address


def shown_title(title: str, lede: str, url: str, source: str, published: datetime | None) -> str:
    """Plain text, never empty: the title, else the first words, else the page, else its source and day."""
    day = f", {published:%Y-%m-%d}" if published else ""
    return title or " ".join(lede.split()[:WORDS]) or place(url) or f"{source}{day}"


def place(url: str) -> str:
    """ "example.org/2026/bridge"; "" without an address."""
    if not url:
        return ""
    parts = urlsplit(url)
    path = " ".join(unquote(parts.path, errors="ignore").split()).rstrip("/")
    return ((parts.hostname or "").removeprefix("www.") + path)[:LONGEST]
