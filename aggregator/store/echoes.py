"""Our own stories that come back to us: out of our own feed, or of somebody's who reads it."""

from collections.abc import Iterable
from json import dumps

from sqlite_utils import Database

from aggregator.model import Entry

MADE = "urn:uuid:"  # ids that we give to stories, among others
OTHERS = """
SELECT guid FROM stories JOIN entries ON entries.id = stories.lead
WHERE guid IN (SELECT value FROM json_each(:uids)) AND entries.source <> :source
"""


def echoes(db: Database, source: str, new: Iterable[Entry]) -> list[str]:
    """Ids of new entries that are another source's story under the id we gave it.

    Two feeds of one site may share their ids, and then both may have them: these name no other source, and
    have a page by which they are put together.
    """
    doubtful = [each.uid for each in new if each.via_title or each.via_url or not each.page or is_made(each)]
    if not doubtful:
        return []
    found = db.execute(OTHERS, {"uids": dumps(doubtful), "source": source})
    return [each[0] for each in found.fetchall()]


def is_made(entry: Entry) -> bool:
    return entry.uid.startswith(MADE)
