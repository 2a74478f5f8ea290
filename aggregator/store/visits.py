"""The log of visits."""

from datetime import datetime

from aggregator.model import Visit
from aggregator.store.columns import moment_of_stamp, stamp
from aggregator.store.connection import Database
from aggregator.store.entries import KeptCounts

KEPT = 200  # per source: people look only at recent visits
LOG = """
INSERT INTO visits (source, at, seconds, result, status, size, added, edited, fault, notes)
VALUES (:source, :at, :seconds, :result, :status, :size, :added, :edited, :fault, :notes)
"""
FORGET = """
DELETE FROM visits WHERE source = :source AND id <= (
    SELECT id FROM visits WHERE source = :source ORDER BY id DESC LIMIT 1 OFFSET :kept
)
"""
# A push from a hub has no status: it holds a part of the document, or an older version.
NOTES = """
SELECT notes FROM visits JOIN sources ON name = source
WHERE source = ? AND result <> 'failed' AND (status > 0 OR kind <> 'url')
ORDER BY visits.id DESC LIMIT 1
"""


class Visits:
    def __init__(self, db: Database) -> None:
        self.db = db

    def log(self, visit: Visit, kept: KeptCounts) -> None:
        """Also drops old visits. Within a transaction."""
        row = {
            "source": visit.source,
            "at": stamp(visit.at),
            "seconds": round(visit.seconds, 3),
            "result": visit.result,
            "status": visit.status,
            "size": visit.size,
            "added": kept.added,
            "edited": kept.edited,
            "fault": visit.fault,
            "notes": "\n".join(visit.notes),
        }
        self.db.execute(LOG, row)
        self.db.execute(FORGET, {"source": visit.source, "kept": KEPT})

    def notes(self, source: str) -> tuple[str, ...]:
        """Notes of the source's last successful visit."""
        found = self.db.execute(NOTES, [source]).fetchone()
        return tuple(found[0].splitlines()) if found else ()

    def latest(self) -> datetime | None:
        """The time of the latest visit of any source."""
        found = self.db.execute("SELECT at FROM visits ORDER BY id DESC LIMIT 1").fetchone()
        return moment_of_stamp(found[0]) if found else None

    def answers_since(self, source: str) -> bool:
        """Whether any visit on the web succeeded since the last visit of `source`."""
        found = self.db.execute(
            "SELECT max(succeeded) > (SELECT max(at) FROM visits WHERE source = ?) FROM sources"
            " WHERE kind = 'url'",
            [source],
        )
        return bool(found.fetchone()[0])
