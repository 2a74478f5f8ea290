"""Problems of sources: each lasts from the first of several failed visits to the next successful one."""

from datetime import datetime
from typing import NamedTuple

from aggregator.plan.condition import is_problem
from aggregator.store import source_state
from aggregator.store.columns import moment_of_stamp, moment_or_none
from aggregator.store.connection import Database

FAILING = """
SELECT name, memory FROM sources
WHERE active AND NOT EXISTS (SELECT 1 FROM problems WHERE source = name AND ended IS NULL)
AND 'failed' = (SELECT result FROM visits WHERE source = name ORDER BY id DESC LIMIT 1)
"""
BEGIN = """
INSERT INTO problems (source, began, fault, note)
SELECT source, min(at), fault, notes FROM visits
WHERE source = :source AND id > coalesce(
    (SELECT max(id) FROM visits WHERE source = :source AND result <> 'failed'), 0
)
GROUP BY source
"""
# Ends with the first successful visit; for a source no longer configured, with its last visit.
END = """
UPDATE problems SET ended = coalesce(
    (SELECT min(at) FROM visits WHERE source = problems.source AND at > began AND result <> 'failed'),
    (SELECT max(at) FROM visits WHERE source = problems.source)
)
WHERE ended IS NULL AND EXISTS (
    SELECT 1 FROM sources WHERE name = problems.source AND (NOT active OR succeeded > began)
)
"""
LATEST = """
SELECT problems.id AS number, source, began, ended, fault, note, title,
    CASE kind WHEN 'url' THEN address ELSE '' END AS address
FROM problems JOIN sources ON sources.name = source
ORDER BY began DESC, source LIMIT ?
"""


class Problem(NamedTuple):
    number: int
    source: str
    began: datetime
    ended: datetime | None
    fault: str
    note: str
    """The message of the first failed visit."""
    title: str
    address: str
    """"" for local files."""


class Problems:
    def __init__(self, db: Database) -> None:
        self.db = db

    def follow(self) -> None:
        """Records which problems began or ended, from the log of visits. Within a transaction."""
        self.db.execute(END)
        for row in list(self.db.query(FAILING)):
            if is_problem(source_state.load_state(row["memory"]).failures):
                self.db.execute(BEGIN, {"source": row["name"]})

    def latest(self, limit: int) -> list[Problem]:
        """Newest first."""
        return [
            Problem(
                **each | {"began": moment_of_stamp(each["began"]), "ended": moment_or_none(each["ended"])}
            )
            for each in self.db.query(LATEST, [limit])
        ]
