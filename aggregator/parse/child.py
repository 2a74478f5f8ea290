"""A process that parses one document after another and may be killed at any moment.

It exits when its parent is gone or when it has been idle for a while.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import suppress

from aggregator.errors import SourceError
from aggregator.model import Document, Limits, Parsed
from aggregator.parse.article import load_extractor, read_article
from aggregator.parse.feed import read_feed
from aggregator.parse.frames import receive_frame, send_frame
from aggregator.parse.jekyll import read_post

IDLE = 60.0  # seconds, after which the child exits and frees its memory
MEMORY = 1 << 30  # bytes of address space: a document of 20 MB needs a tenth

READERS = {"feed": read_feed, "post": read_post, "article": read_article}


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library's print must not end up between the frames
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    _limit_memory()
    with suppress(EOFError, BrokenPipeError):
        send_frame(answers, "ready")
        while _asked():
            send_frame(answers, _answer(*receive_frame(sys.stdin.buffer)))


def _answer(reader: str, document: Document, limits: Limits, seconds: float) -> Parsed | tuple[str, str]:
    """Returns (fault, note) instead of a SourceError, which would not unpickle.

    After `seconds` of CPU time the kernel ends this process, even within a regular expression.
    """
    try:
        if reader == "article":
            load_extractor()  # the first time, this alone may take longer
        signal.setitimer(signal.ITIMER_PROF, seconds)
        return READERS[reader](document, limits)
    except SourceError as error:
        return error.fault, error.note
    except MemoryError:
        return "size", f"needs more than {MEMORY} bytes of memory to read"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _asked() -> bool:
    return bool(select.select([sys.stdin.buffer], [], [], IDLE)[0])


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
