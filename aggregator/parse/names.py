"""Names of date fields in front matter; dates and titles from names of files."""

from __future__ import annotations

import re
from datetime import datetime

from aggregator.text.dates import parse_date

# As the users of Jekyll, Hugo, Eleventy, Astro and Obsidian write them, in lower case without joints.
_PUBLISHED = """
date pubdate pubdatetime publishdate publishdatetime publisheddate published publish datepublished
datepublish publishedat publishedon publishedtime publishtime publicationdate dateofpublication
firstpublished firstpublishedat publishon dateissued issued issuedate releasedate
released posted posteddate postedat postedon postdate dateposted dcdate dctermsdate datetime
"""
PUBLISHED = tuple(_PUBLISHED.split())
_CREATED = """
created createdat createdon createddate creationdate datecreated createdtime creationtime ctime
dateadded added written timestamp
"""
CREATED = tuple(_CREATED.split())
_CHANGED = """
lastmodifiedat lastmod lastmodified updated updatedat updatedon updateddate updatedate dateupdated
lastupdated lastupdatedat lastupdate modified modifiedat modifiedon modifieddate datemodified
moddate moddatetime modifiedtime updatedtime edited editedat dateedited lastedited lasteditedat mtime
"""
CHANGED = tuple(_CHANGED.split())
_DAY = re.compile(
    r"(?:(\d{4})-(\d{1,2})-(\d{1,2})(?![^-_ .T])"  # Jekyll
    r"|((?:19|20)\d\d)([_.]?)(\d\d)\5(\d\d)(?:\d{4}|\d{6})?(?!\d))[-_ ]*",  # notes: 20261103, 202611031530
    re.ASCII,
)
_FOLDERS = re.compile(r"(?:.*/)?((?:19|20)\d\d)/(\d\d)/(\d\d)/", re.ASCII)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BUNDLES = {"index", "_index"}  # Hugo's page bundles: the folder's name counts
_EMPTY = {"readme", "untitled", "new", "note", "post", "draft", "text", "document", "copy"}


def day_of(name: str) -> datetime | None:
    """The day in "2026-11-03-quay-reopens.md", as Jekyll reads it, or of the folder "2026/11/03".

    `name`: path below the source's folder.
    """
    match = _DAY.match(_stem(name)) or _FOLDERS.match(name)
    if match is None:
        return None
    year, month, day = (part for part in match.groups() if part and part.isdigit())
    return parse_date(f"{year}-{int(month):02}-{int(day):02}")


def title_of(name: str) -> str:
    """ "2026-11-03-quay-reopens.md" -> "Quay Reopens", as Jekyll does it; "" when the name has no words."""
    slug = _DAY.sub("", _stem(name), count=1) if _DAY.match(_stem(name)) and day_of(name) else _stem(name)
    words = [word for word in re.split(r"[-_\s]+", slug) if word]
    said = [word for word in words if _WORD.search(word) and word.lower() not in _EMPTY]
    return " ".join(word[:1].upper() + word[1:] for word in words) if said else ""


def _stem(name: str) -> str:
    folder, _, file = name.rpartition("/")
    stem = _ENDING.sub("", file)
    return folder.rpartition("/")[2] if stem in _BUNDLES and folder else stem
