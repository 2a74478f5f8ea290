"""Prints how streams are grouped, to the last bit, so that two versions can be compared.

    python benchmarks/placements.py FILE.jsonl... > before     # and, with the other version, > after
    cmp before after

Lines: {id, title, text, published, source, url}. Prints each placement with its reason and folds; every 500
entries the checksum of the grouping state, from whose stored form it then continues.
"""

import argparse
import json
from pathlib import Path
from zlib import crc32

from aggregator.stories import Window
from aggregator.stories.stream import GroupedStream

EVERY = 500


def placements(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    stream = GroupedStream(Window())
    stream.expect(rows)
    for place, row in enumerate(rows, start=1):
        print(path.stem, row["id"], *stream.place(row))
        if place % EVERY == 0 or place == len(rows):
            kept = stream.window.freeze()
            print(path.stem, place, f"{crc32(kept):08x}")
            stream.window = Window.thaw(kept)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    for path in parser.parse_args().files:
        placements(path)


if __name__ == "__main__":
    main()
