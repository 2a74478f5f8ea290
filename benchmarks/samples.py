"""What a process takes as it runs: memory by kind, descriptors, threads.

python benchmarks/samples.py PID DATABASE [MINUTES]     looks once a minute
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    at: float
    memory: dict[str, float]
    """MB: "files" are libraries, "heap" is what C code asks for (texts, pages, SQLite's cache), and the rest,
    "others", is mostly Python's objects."""
    descriptors: int
    threads: int
    log: float
    """MB."""

    @property
    def rss(self) -> float:
        return sum(self.memory.values())


def sample(pid: int, at: float, log: Path) -> Sample:
    return Sample(
        at,
        memory_of(pid),
        len(list(Path(f"/proc/{pid}/fd").iterdir())),
        len(list(Path(f"/proc/{pid}/task").iterdir())),
        log.stat().st_size / 1e6 if log.exists() else 0,
    )


def memory_of(pid: int) -> dict[str, float]:
    found, kind = {"files": 0.0, "heap": 0.0, "others": 0.0}, "others"
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        first, *rest = line.split()
        if first == "Rss:":
            found[kind] += int(rest[0]) / 1024
        elif not first.endswith(":"):  # the head of an area
            kind = "heap" if rest[-1] == "[heap]" else "files" if rest[-1].startswith("/") else "others"
    return found


def report(samples: list[Sample]) -> None:
    print("seconds   RSS MB =  files + heap + others   descriptors   threads   write-ahead log MB")
    for each in samples[:: max(1, len(samples) // 30)]:
        parts = "".join(f"{size:7.0f}" for size in (each.rss, *each.memory.values()))
        print(f"{each.at:7.0f}  {parts} {each.descriptors:15} {each.threads:9} {each.log:12.1f}")
    settled = samples[len(samples) // 3 :]
    half = len(settled) // 2
    first, last = (sum(each.rss for each in part) / len(part) for part in (settled[:half], settled[half:]))
    print(
        f"memory of the last third against the second: {first:.0f} -> {last:.0f} MB, {last / first - 1:+.1%}"
    )


def main(pid: int, database: str, minutes: int = 10) -> None:
    samples = []
    for minute in range(minutes):
        samples.append(sample(pid, 60 * minute, Path(f"{database}-wal")))
        time.sleep(60)
    report(samples)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:]))
