"""Our own stories that come back to us: from our own feed, or from somebody who republishes it."""

from collections.abc import Iterable
from json import dumps

from aggregator.model import Entry
from aggregator.store.connection import Database
from aggregator.store.pruned import Pruned

MADE = "urn:uuid:"  # the ids that we give to stories, and some publishers to entries, begin so
OTHERS = """
SELECT guid FROM stories JOIN entries ON entries.id = stories.lead
WHERE guid IN (SELECT value FROM json_each(:uids)) AND entries.source <> :source
"""
LISTED = """
SELECT 1 FROM stories JOIN members ON members.story = stories.id JOIN entries ON entries.id = members.entry
WHERE guid = :story AND source <> :source
AND CASE page WHEN '' THEN entries.title = :title ELSE page = :page END
"""


def echoes(db: Database, source: str, new: Iterable[Entry]) -> list[str]:
    """Ids of new entries that repeat another source's story under the id we gave it.

    Two feeds of one site may share ids, and both keep theirs: such entries name no other source, and have a
    page by which they are grouped.
    """
    doubtful = {
        each.uid: bool(each.upstream)
        for each in new
        if each.via_title or each.via_url or not each.page or is_made(each)
    }
    if not doubtful:
        return []
    # An aggregator that says what it relays may lead the story with a report that we do not have.
    bare = [uid for uid, relayed in doubtful.items() if not relayed]
    found = db.execute(OTHERS, {"uids": dumps(bare), "source": source})
    return [*{*(each[0] for each in found.fetchall()), *Pruned(db).echoes(source, doubtful)}]


def listed_echoes(db: Database, source: str, new: Iterable[Entry]) -> list[str]:
    """Ids of new entries that another aggregator has in a story that has them here too, from elsewhere."""
    return [
        each.uid
        for each in new
        if each.upstream
        and db.execute(
            LISTED, {"story": each.upstream, "source": source, "page": each.page, "title": each.title}
        ).fetchone()
    ]


def is_made(entry: Entry) -> bool:
    return entry.uid.startswith(MADE)
