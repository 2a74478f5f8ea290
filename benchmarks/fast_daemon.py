"""The daemon under a clock that runs faster: `python benchmarks/fast_daemon.py CONFIG SPEED BEGAN`.

`BEGAN`: when it was first started, in seconds since 1970; the same for each restart. The clock showed the
time of the newest made entry then.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from made_feeds import NEWEST

from aggregator.cli.log import open_journal
from aggregator.daemon.daemon import Daemon
from aggregator.daemon.reload import watch
from aggregator.daemon.server import listen
from aggregator.runtime import new_runtime


def pretend_time(speed: float, began: float) -> datetime:
    return NEWEST + timedelta(seconds=(time.time() - began) * speed)


def main(path: Path, speed: float, began: float) -> None:
    journal = open_journal("text")
    file = watch(path, journal.say)
    config = file.config
    with ThreadPoolExecutor(config.fetch.workers) as pool, journal.watching() as watcher:
        runtime = new_runtime(config, pool, partial(pretend_time, speed, began), watcher)
        daemon = Daemon(runtime, journal.refreshed, file, elapsed=lambda: time.monotonic() * speed)
        daemon.run(listen(config))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
