"""A damaged database file, page by page, and the changes in its write-ahead log. Only read, never opened."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from aggregator.store.records import (
    HEAD,
    INNER_INDEX,
    INNER_TABLE,
    LEAF_INDEX,
    Cell,
    Page,
    TornError,
)

MAGIC = b"SQLite format 3\0"
USUAL = 4096  # bytes of a page, since SQLite 3.12
SIZES = {1 << power for power in range(9, 17)}
WAL_HEAD, FRAME_HEAD = 32, 24  # bytes (section 4.1)
DEEPEST = 40  # pages from a root to a leaf; more is a circle


class Leaf(NamedTuple):
    """A page with rows."""

    number: int
    cells: list[Cell]
    torn: int
    """Further rows, which cannot be read."""
    by_key: bool
    """Of an index, or of a table that is stored as one: even its inner pages have rows."""


class DamagedFile:
    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        self.file = path.open("rb")
        head = self.file.read(HEAD)
        self.size, self.usable = sizes(head)
        self.log = committed(path.with_name(f"{path.name}-wal"), self.size)
        whole = path.stat().st_size // self.size
        self.pages = max(whole, *self.log) if self.log else whole
        self.seen = bytearray(self.pages + 1)
        """Pages that are accounted for: 1."""
        self.unreadable: set[int] = set()
        """Pages that should be a tree's, and are not."""

    def page(self, number: int) -> Page:
        """Raises TornError."""
        return Page(self.content(number), number == 1, self.usable)

    def content(self, number: int) -> bytes:
        if not 0 < number <= self.pages:
            raise TornError
        data = self.log.get(number)
        if data is None:
            self.file.seek((number - 1) * self.size)
            data = self.file.read(self.size)
        if len(data) < self.size:
            raise TornError
        return data

    def overflow(self, number: int, size: int) -> bytes:
        """The rest of a payload, out of a chain of pages (section 1.6). Raises TornError."""
        if size > self.pages * self.usable:
            raise TornError
        parts = []
        while size > 0:
            data = self.content(number)
            parts.append(data[4 : min(self.usable, size + 4)])
            size -= self.usable - 4
            number = int.from_bytes(data[:4], "big")
        return b"".join(parts)

    def tree(self, number: int, kinds: tuple[int, int], depth: int = 0) -> Iterator[Leaf]:
        """The pages with rows below one, as far as they can be read. `kinds`: of a tree's pages."""
        if depth > DEEPEST or number <= 0 or (number <= self.pages and self.seen[number]):
            return
        try:
            page = self.page(number)
            if page.kind not in kinds:
                raise TornError
        except TornError:
            self.unreadable.add(number)
            return
        self.seen[number] = 1
        for at in page.places:
            yield from self.tree(page.child(at), kinds, depth + 1)
        yield from self.tree(page.right, kinds, depth + 1)
        if page.kind != INNER_TABLE:
            yield self.leaf(number, page)

    def leaf(self, number: int, page: Page) -> Leaf:
        cells = []
        for at in page.places:
            with suppress(TornError):
                cells.append(page.cell(at, self.overflow))
        return Leaf(number, cells, len(page.places) - len(cells), page.kind in (LEAF_INDEX, INNER_INDEX))

    def let_go(self, number: int) -> None:
        """What looked like a page of one tree is another's: a stray."""
        self.seen[number] = 0

    def pass_free(self) -> None:
        """Accounts for the pages that hold nothing any more, in which old rows may still be read (1.5)."""
        try:
            trunk = int.from_bytes(self.content(1)[32:36], "big")
            while trunk and not self.seen[trunk]:
                data = self.content(trunk)
                self.seen[trunk] = 1
                count = int.from_bytes(data[4:8], "big")
                for at in range(8, min(8 + 4 * count, self.usable), 4):
                    leaf = int.from_bytes(data[at : at + 4], "big")
                    if leaf <= self.pages:
                        self.seen[leaf] = 1
                trunk = int.from_bytes(data[:4], "big")
        except (TornError, IndexError):
            return

    def strays(self) -> Iterator[Leaf]:
        """Each page with rows to which no tree leads."""
        for number in range(1, self.pages + 1):
            if self.seen[number]:
                continue
            try:
                page = self.page(number)
            except TornError:
                continue
            if page.kind != INNER_TABLE:
                yield self.leaf(number, page)

    def close(self) -> None:
        self.file.close()


def sizes(head: bytes) -> tuple[int, int]:
    """Bytes of a page, and those of them that hold data; the usual ones where the header is lost (1.3)."""
    size = int.from_bytes(head[16:18], "big")
    size = 65536 if size == 1 else size
    if not head.startswith(MAGIC) or size not in SIZES or size - head[20] < 480:
        return USUAL, USUAL
    return size, size - head[20]


def committed(log: Path, size: int) -> dict[int, bytes]:
    """Page -> its newest content in the log, of whole transactions only (section 4)."""
    try:
        data = log.read_bytes()
    except FileNotFoundError:
        return {}
    order = {0x377F0682: "little", 0x377F0683: "big"}.get(int.from_bytes(data[:4], "big"))
    if order is None or int.from_bytes(data[8:12], "big") != size:
        return {}
    pages: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    sums = checksum(data[:24], (0, 0), order)
    for at in range(WAL_HEAD, len(data) - FRAME_HEAD - size + 1, FRAME_HEAD + size):
        head, page = data[at : at + FRAME_HEAD], data[at + FRAME_HEAD : at + FRAME_HEAD + size]
        sums = checksum(page, checksum(head[:8], sums, order), order)
        told = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
        if head[8:16] != data[16:24] or told != sums:
            break
        waiting[int.from_bytes(head[:4], "big")] = page
        if int.from_bytes(head[4:8], "big"):  # ends a transaction
            pages |= waiting
            waiting.clear()
    return pages


def checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """Section 4.2."""
    one, two = sums
    words = struct.unpack(f"{'<' if order == 'little' else '>'}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
