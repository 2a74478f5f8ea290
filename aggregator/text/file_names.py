"""Names of files after the words of people: tags and names of sources."""

import re
from hashlib import sha256

NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def readable_name(words: str) -> str:
    """Readable where the words are plain, and another for other words, also where capitals do not count."""
    plain = NOT_PLAIN.sub("-", words.lower()).strip("-")[:40]
    return plain if plain == words else f"{plain}-{sha256(words.encode()).hexdigest()[:6]}".lstrip("-")


def source_file(name: str) -> str:
    """The page of a source below the output folder."""
    return f"source/{readable_name(name)}.html"
