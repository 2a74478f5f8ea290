"""Checksums on the stored state, so that damage is detected before any of it is read."""

from __future__ import annotations

from zlib import crc32

from aggregator.errors import StoreError

SIZE = 8
"""Hexadecimal digits after the data."""


def sealed(data: bytes, before: int) -> tuple[bytes, int]:
    """The data with its checksum, and that checksum. `before`: that of the part it continues; 0 for none."""
    seal = crc32(data, before)
    return data + b"%08x" % seal, seal


def unsealed(blob: bytes, before: int) -> tuple[bytes, int]:
    """Raises StoreError: damaged, or not the continuation of `before`."""
    data = blob[: max(0, len(blob) - SIZE)]
    seal = crc32(data, before)
    if blob[len(data) :] != b"%08x" % seal:
        raise StoreError("the remembered stories are damaged, or of another version")
    return data, seal
