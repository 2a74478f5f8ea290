"""Measures the speed of grouping, in windows of 1,000 to 100,000 live entries.

    python benchmarks/grouping_speed.py FILE.jsonl... [--sizes 1000,5000,20000,100000]

Reads one entry from each file in turn and repeats the files as often as the window needs, each time with
another spelling of all but the commonest words, so that copies are other events in the same language. Times
are spread evenly: exactly `size` entries fall into the 96 hours of the window. Each size is measured in its
own process, in CPU seconds, on all entries of the files once after a full window: the speed on a part would
depend on its share of bare titles, which take half the time.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice, zip_longest
from multiprocessing import get_context
from pathlib import Path

from aggregator.model import Sketch
from aggregator.stories import Window
from aggregator.stories.terms import number
from aggregator.stories.weights import background
from aggregator.text.words import CUT

REFRESH = 50
START = datetime(2026, 1, 1, tzinfo=UTC)
LETTERS = "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщыэюя"
WORD = re.compile(r"[^\W\d_]+")


def sketches(rows: list[dict[str, str]], size: int) -> Iterator[Sketch]:
    common = background()
    step = timedelta(hours=96) / size
    for entry in range(size + len(rows) + REFRESH):
        copy, place = divmod(entry, len(rows))
        title, text = (renamed(rows[place][part], copy, common) for part in ("title", "text"))
        yield Sketch(entry, "", title, text, "", START + entry * step)


def lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as handle:
        yield from map(json.loads, handle)


def renamed(text: str, copy: int, common: Mapping[int, float]) -> str:
    if not copy:
        return text
    table = str.maketrans(LETTERS, LETTERS[copy:] + LETTERS[:copy])

    def other(word: re.Match[str]) -> str:
        plain = word.group().lower()
        return plain if number(plain[:CUT]) in common else plain.translate(table)

    return WORD.sub(other, text)


def resident() -> int:
    """Resident memory of this process in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def measure(paths: list[Path], size: int) -> str:
    rows = [row for turn in zip_longest(*map(lines, paths)) for row in turn if row]
    everything = list(sketches(rows, size))
    stream = iter(everything)
    before = resident()
    window = Window()
    for sketch in islice(stream, size):
        window.place(sketch)
    used = (resident() - before) / size
    seconds = spent(window, list(islice(stream, len(rows))))
    line = f"{size:7} live  {len(rows) / seconds:6.0f} entries/s  {used:5.0f} bytes/entry"
    return line + "\n" + refresh(window, list(stream))


def spent(window: Window, news: list[Sketch]) -> float:
    start = time.process_time()
    for sketch in news:
        window.place(sketch)
    return time.process_time() - start


def refresh(window: Window, news: list[Sketch]) -> str:
    """Measures a refresh: thaws the window, places entries, and writes the journal."""
    t0 = time.process_time()
    blob = window.freeze()
    t1 = time.process_time()
    thawed = Window.thaw(blob)
    t2 = time.process_time()
    for sketch in news:
        thawed.place(sketch)
    journal = thawed.journal()
    t3 = time.process_time()
    return (
        f"         thaw {1000 * (t2 - t1):.0f} ms, place {len(news)} and journal {1000 * (t3 - t2):.0f} ms "
        f"({len(journal)} bytes); freeze {1000 * (t1 - t0):.0f} ms, {len(blob) / 1e6:.1f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sizes", default="1000,5000,20000,100000")
    args = parser.parse_args()
    for size in map(int, args.sizes.split(",")):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            print(pool.submit(measure, args.files, size).result(), flush=True)


if __name__ == "__main__":
    main()
