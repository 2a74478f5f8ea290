"""What is kept is sealed, so that damage is told before anything is read out of it."""

from __future__ import annotations

from zlib import crc32

from aggregator.errors import StoreError

SIZE = 8
"""Hexadecimal digits behind the data."""


def sealed(data: bytes, before: int) -> tuple[bytes, int]:
    """`before`: the seal of the part that it continues, 0 for none. Gives the new seal, too."""
    seal = crc32(data, before)
    return data + b"%08x" % seal, seal


def unsealed(blob: bytes, before: int) -> tuple[bytes, int]:
    """Raises StoreError: damaged, or not what comes after `before`."""
    data = blob[: max(0, len(blob) - SIZE)]
    seal = crc32(data, before)
    if blob[len(data) :] != b"%08x" % seal:
        raise StoreError("the remembered stories are damaged, or of another version")
    return data, seal
