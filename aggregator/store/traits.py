"""What is kept of a pruned entry: enough to recognise it when it comes again."""

import json
import zlib
from datetime import UTC, datetime
from typing import NamedTuple

# Deflate refers back to it: what many entries have in common, the most frequent at the end.
COMMON = (
    b"www.youtube.com/watch?v= .mp3.m4a /podcast/episode/ /archive/ /articles/ /blog/ /posts/ "
    b"die der und den von zu das mit sich des auf ist im dem nicht ein eine als auch es an werden aus er hat "
    b"les des une pour dans que est sur par avec los las del una por con para "
    b"would could their there which about after when more than were been have this will said they from has "
    b"with his her was that for are and the of to in on is at by it as a "
    b'.html","https://www.https://'
)


class Traits(NamedTuple):
    title: str
    text: str
    """Plain text: the first words."""
    page: str
    published: int
    """Seconds since 1970."""
    dated: bool
    files: tuple[str, ...]
    """URLs of its enclosures."""
    digest: str
    uid: str
    """Only of entries that shared the id of their document; otherwise ""."""

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.published, UTC)

    @property
    def when(self) -> datetime | None:
        """None where its date is not evidence."""
        return self.moment if self.dated else None


def packed(traits: Traits) -> bytes:
    facts = (*traits[:4], int(traits.dated), *traits[5:])
    written = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS, zdict=COMMON)
    return deflate.compress(written.encode()) + deflate.flush()


def unpacked(data: bytes) -> Traits:
    """Raises ValueError: the disk has damaged them."""
    try:
        written = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=COMMON).decompress(data)
        title, text, page, published, dated, files, digest, uid = json.loads(written)
    except zlib.error as e:
        raise ValueError(str(e)) from e
    return Traits(title, text, page, published, bool(dated), tuple(files), digest, uid)
