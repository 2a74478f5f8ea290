"""Raw chunks -> the decoded body, with a limit on the bytes in memory."""

import zlib
from collections.abc import Callable, Iterable, Iterator

from aggregator.errors import SourceError

GZIP, ZLIB, RAW = 31, 15, -15  # zlib's wbits
CODINGS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": ZLIB}
PIECE = 1_000_000  # bytes
GZIP_MAGIC = b"\x1f\x8b"


def body(chunks: Iterable[bytes], coding: str, limit: int, grown: Callable[[int], None]) -> bytes:
    """Calls `grown` with the size so far after each piece, before it reads more.

    Raises SourceError: size; protocol (a coding we did not ask for, broken or truncated data).
    """
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return joined_body(chunks, limit, grown)
    if coding not in CODINGS:
        raise SourceError("protocol", f"sent in an encoding that we did not ask for: {coding[:40]!r}")
    try:
        return joined_body(inflated(chunks, CODINGS[coding]), limit, grown)
    except zlib.error as e:
        raise SourceError("protocol", f"the {coding} data is broken") from e


def joined_body(chunks: Iterable[bytes], limit: int, grown: Callable[[int], None]) -> bytes:
    kept, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise SourceError("size", f"more than {limit} bytes")
        kept.append(chunk)
        grown(size)
    return b"".join(kept)


def inflated(chunks: Iterable[bytes], wbits: int) -> Iterator[bytes]:
    """Yields at most PIECE bytes at a time: 64 KiB of input can expand to 64 MiB."""
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
                    break  # padding after the end, which some servers send
                engine = zlib.decompressobj(wbits)
            yield engine.decompress(data, PIECE)
            data = engine.unconsumed_tail or engine.unused_data
    while not engine.eof and (rest := engine.decompress(b"", PIECE)):
        yield rest  # output that the size limit of the last call held back
    if begun and not engine.eof:
        raise SourceError("protocol", "the compressed body is truncated")


def window(wbits: int, start: bytes) -> int:
    """Returns wbits. "deflate" should have a zlib header, but some servers send the raw stream."""
    zlib_header = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] << 8 | start[1]) % 31 == 0)
    return RAW if wbits == ZLIB and not zlib_header else wbits
