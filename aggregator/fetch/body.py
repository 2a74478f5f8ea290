"""Bytes as they come -> the body, never more than a limit of them in memory."""

import zlib
from collections.abc import Iterable, Iterator

from aggregator.errors import SourceError

GZIP, ZLIB, RAW = 31, 15, -15  # zlib's wbits
CODINGS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": ZLIB}
GZIP_MAGIC = b"\x1f\x8b"


def body(chunks: Iterable[bytes], coding: str, limit: int) -> bytes:
    """Raises SourceError: size; protocol (a coding that was not asked for, broken or cut data)."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return joined(chunks, limit)
    if coding not in CODINGS:
        raise SourceError("protocol", f"sent in an encoding that was not asked for: {coding[:40]!r}")
    try:
        return joined(inflated(chunks, CODINGS[coding], limit), limit)
    except zlib.error as e:
        raise SourceError("protocol", f"broken {coding} data: {e}") from e


def joined(chunks: Iterable[bytes], limit: int) -> bytes:
    kept, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise SourceError("size", f"more than {limit} bytes")
        kept.append(chunk)
    return b"".join(kept)


def inflated(chunks: Iterable[bytes], wbits: int, limit: int) -> Iterator[bytes]:
    """At most limit + 1 bytes at a time: one read of 64 KiB can stand for 64 MiB."""
    engine = zlib.decompressobj(wbits)
    begun = False
    for chunk in chunks:
        if not begun and chunk:
            begun = True
            engine = zlib.decompressobj(window(wbits, chunk))
        data = chunk
        while data:
            if engine.eof:
                if not data.startswith(GZIP_MAGIC):
                    break  # padding after the end, which common servers send
                engine = zlib.decompressobj(wbits)
            yield engine.decompress(data, limit + 1)
            data = engine.unconsumed_tail or engine.unused_data
    if begun and not engine.eof:
        raise SourceError("protocol", "the compressed body ends before its end")


def window(wbits: int, start: bytes) -> int:
    """ "deflate" should have a zlib header; some servers send the raw stream."""
    zlib_header = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] << 8 | start[1]) % 31 == 0)
    return RAW if wbits == ZLIB and not zlib_header else wbits
