"""Which files of a folder a source reads."""

from fnmatch import fnmatchcase


def fits(name: str, pattern: str) -> bool:
    """ "*.md" is matched against the file's name, "drafts/*.md" against its path below the folder."""
    return fnmatchcase(name if "/" in pattern else name.rpartition("/")[2], pattern)
