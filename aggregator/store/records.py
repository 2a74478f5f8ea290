"""Rows as SQLite writes them into the cells of its pages (sqlite.org/fileformat2.html, sections 1.6 and 2.1).

SQLite's own reader gives up a whole table at the first bad page; this one takes every cell by itself.
"""

import re
import struct
from collections.abc import Callable
from typing import NamedTuple

Value = int | float | str | bytes | None
LEAF_TABLE, INNER_TABLE, LEAF_INDEX, INNER_INDEX = 0x0D, 0x05, 0x0A, 0x02
KINDS = (LEAF_TABLE, INNER_TABLE, LEAF_INDEX, INNER_INDEX)
INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # serial type -> bytes
STRANGE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""No text of ours has them: what does was overwritten, and no feed can carry it."""
HEAD = 100  # bytes of the file's header, on its first page


class Cell(NamedTuple):
    child: int
    """Page to the left of it; 0 on a leaf."""
    row: int
    """0 in an index."""
    values: tuple[Value, ...]
    """Empty in an inner page of a table."""


class TornError(ValueError):
    """These bytes are no cell, or one whose rest cannot be read."""


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The number, and where what follows it begins."""
    number = 0
    for count in range(8):
        byte = data[at + count]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + count + 1
    return number << 8 | data[at + 8], at + 9


def signed_number(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number


def record_values(payload: bytes) -> tuple[Value, ...]:
    """Raises TornError: what is said of lengths does not come out even."""
    try:
        end, at = varint(payload, 0)
        kinds = []
        while at < end:
            kind, at = varint(payload, at)
            kinds.append(kind)
        if at != end or end > len(payload):
            raise TornError
        values = []
        for kind in kinds:
            found, at = value(payload, at, kind)
            values.append(found)
    except (IndexError, struct.error, UnicodeDecodeError) as e:
        raise TornError from e
    if at != len(payload):
        raise TornError
    return tuple(values)


def value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind >= 12:
        end = at + (kind - 12) // 2
        found = payload[at:end]
        if not kind % 2:
            return found, end
        text = found.decode()
        if STRANGE.search(text):
            raise TornError
        return text, end
    if kind in INTEGERS:
        end = at + INTEGERS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind in (10, 11):
        raise TornError
    return {0: None, 8: 0, 9: 1}[kind], at


class Page:
    """One page of a tree. Raises TornError when it is none."""

    def __init__(self, data: bytes, first: bool, usable: int) -> None:
        """`usable`: bytes of a page that hold data."""
        self.data = data
        self.usable = usable
        head = HEAD if first else 0
        self.kind = data[head]
        count = int.from_bytes(data[head + 3 : head + 5], "big")
        self.inner = self.kind in (INNER_TABLE, INNER_INDEX)
        start = head + (12 if self.inner else 8)
        if self.kind not in KINDS or start + 2 * count > usable:
            raise TornError
        self.right = int.from_bytes(data[head + 8 : head + 12], "big") if self.inner else 0
        self.places = struct.unpack_from(f">{count}H", data, start)

    def cell(self, at: int, overflow: Callable[[int, int], bytes]) -> Cell:
        """`overflow`: the first page of a payload's rest, and its length -> the rest. Raises TornError."""
        child = row = 0
        try:
            if self.inner:
                child, at = int.from_bytes(self.data[at : at + 4], "big"), at + 4
            size, at = varint(self.data, at) if self.kind != INNER_TABLE else (0, at)
            if self.kind in (LEAF_TABLE, INNER_TABLE):
                row, at = varint(self.data, at)
        except IndexError as e:
            raise TornError from e
        if self.kind == INNER_TABLE:
            return Cell(child, signed_number(row), ())
        here = self.local(size)
        payload = self.data[at : at + here]
        if size > here:
            rest = int.from_bytes(self.data[at + here : at + here + 4], "big")
            payload += overflow(rest, size - here)
        if len(payload) != size:
            raise TornError
        return Cell(child, signed_number(row), record_values(payload))

    def local(self, size: int) -> int:
        """How many bytes of a payload lie on this page (section 1.6)."""
        usable = self.usable
        most = usable - 35 if self.kind == LEAF_TABLE else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return size
        least = (usable - 12) * 32 // 255 - 23
        here = least + (size - least) % (usable - 4)
        return here if here <= most else least

    def child(self, at: int) -> int:
        """The child page of a cell, even of a torn one."""
        return int.from_bytes(self.data[at : at + 4], "big") if self.inner else 0
