"""How visits spread over the workers of a cluster on this machine: cold (all is new) and warm (304).

    python benchmarks/cluster.py [--feeds 500] [--entries 30] [--workers 1,2,4]

Prints, for a local run and for each number of workers: seconds; CPU milliseconds a visit of the writer, of
the scheduler and of all workers together, without what the writer takes to start; and their shares. All
processes and the server of the feeds share this machine's cores: the seconds shrink only as far as these go,
the CPU time says what other machines would take over.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from made_feeds import write_feeds
from refresh import OURS, configure, measured, serving, stored

AGGREGATOR = (sys.executable, "-m", "aggregator")


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def cpu(process: subprocess.Popen[str]) -> float:
    """Seconds so far, in user and system mode: fields 14 and 15 of proc(5)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def refreshed(folder: Path, port: int, feeds: int, cluster: str) -> tuple[float, float]:
    """Seconds, and the writer's CPU seconds. `cluster`: address of a scheduler, or "" for a local run."""
    configure(folder, feeds, port)
    file = folder / "aggregator.toml"
    head = "workers = 64\n" + (f'[work]\ncluster = "{cluster}"\n' if cluster else "")
    text = file.read_text(encoding="utf-8").replace("[[source]]", f"{head}[[source]]", 1)
    file.write_text(text, encoding="utf-8")
    start = time.monotonic()
    seconds, _ = measured(OURS, folder)
    return time.monotonic() - start, seconds


def row(name: str, feeds: int, took: float, writer: float, others: Sequence[float]) -> str:
    """`others`: CPU seconds of the scheduler and of each worker."""
    scheduler, *workers = others or (0.0,)
    shares = " ".join(f"{each / sum(workers):.0%}" for each in workers if each)
    figures = (1000 * each / feeds for each in (writer, scheduler, sum(workers)))
    return f"{name:16}{took:8.1f} s" + "".join(f"{each:11.2f}" for each in figures) + f"   {shares}"


def rows(port: int, feeds: int, workers: int) -> Iterator[str]:
    with ExitStack() as stack:
        address, processes = "", []
        folder, spare = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        if workers:
            address, processes = started(stack, folder, workers)
        _, start = refreshed(spare, port, 1, address)
        for phase in ("cold", "warm"):
            before = [cpu(each) for each in processes]
            took, writer = refreshed(folder, port, feeds, address)
            others = [cpu(each) - was for each, was in zip(processes, before, strict=True)]
            yield row(f"{phase} {workers or 'local'}", feeds, took, writer - start, others)
        yield f"{stored(OURS, folder)} entries stored"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--workers", default="1,2,4")
    given = parser.parse_args()
    print(f"{'':26}{'writer':>11}{'scheduler':>11}{'workers':>11}   ms a visit; shares of the workers")
    with tempfile.TemporaryDirectory() as folder:
        write_feeds(Path(folder), given.feeds, given.entries)
        with serving(Path(folder)) as port:
            for workers in (0, *map(int, given.workers.split(","))):
                for line in rows(port, given.feeds, workers):
                    print(line, flush=True)


def started(stack: ExitStack, folder: Path, workers: int) -> tuple[str, list[subprocess.Popen[str]]]:
    """Address of a scheduler, and its process before those of its workers."""
    file = folder / "scheduler.json"
    options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    dask = "from distributed.cli.dask_scheduler import main; main()"
    scheduler = stack.enter_context(running(sys.executable, "-c", dask, *options))
    while not (file.exists() and file.read_text(encoding="utf-8").rstrip().endswith("}")):
        time.sleep(0.1)
    address = file.read_text(encoding="utf-8").partition('"address": "')[2].partition('"')[0]
    given = [stack.enter_context(running(*AGGREGATOR, "worker", address)) for _ in range(workers)]
    for each in given:
        assert each.stdout
        each.stdout.readline()  # it has joined
    return address, [scheduler, *given]


if __name__ == "__main__":
    main()
