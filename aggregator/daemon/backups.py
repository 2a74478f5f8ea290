"""Copies of the database that the daemon makes by itself, between two refreshes."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from aggregator.config.keys import StoreSection
from aggregator.errors import ConfigError, StoreError
from aggregator.store.backup import back_up, copy_name, dated_copies

LOG = logging.getLogger("aggregator")
AGAIN = timedelta(hours=1)  # after one that failed: a copy may be gigabytes


class Backups:
    """The names in the folder decide whether one is due: a restart neither skips nor repeats a copy."""

    def __init__(self, section: StoreSection, sign: Callable[[], None]) -> None:
        self.section = section
        self.sign = sign
        self.failed: datetime | None = None

    def __call__(self, now: datetime) -> None:
        """Logs what goes wrong; never raises."""
        folder = self.section.backup
        if not folder or (self.failed and abs(now - self.failed) < AGAIN):
            return
        try:
            made = dated_copies(folder, self.section.path)
            # A clock that was ahead once must not end all backups until it comes there again.
            newest = max((moment for moment in made if moment <= now), default=None)
            if newest and now - newest < self.section.backup_every:
                return
            folder.mkdir(parents=True, exist_ok=True)
            for draft in folder.glob(f".{self.section.path.stem}-*.new"):  # of a process that was killed
                draft.unlink()
            back_up(self.section.path, folder / copy_name(self.section.path, now), self.sign)
            self.failed = None
            self.thin_out(folder, now)
        except (StoreError, ConfigError) as e:
            self.failed = now
            LOG.error("backup: %s", e)
        except OSError as e:
            self.failed = now
            LOG.error("backup: %s: %s: it must be a folder that we can write to", folder, e.strerror)

    def thin_out(self, folder: Path, now: datetime) -> None:
        """Ignores and keeps copies from the future: perhaps their clock was the right one."""
        copies = dated_copies(folder, self.section.path)
        made = {moment: path for moment, path in copies.items() if moment <= now}
        for moment in sorted(made, reverse=True)[self.section.backup_keep :]:
            made[moment].unlink()
