"""Parsing with a time limit: what may take quadratic time runs in a child process that can be killed.

One child serves all threads of a process, one document at a time; it starts when first needed.
feedparser is quadratic in places (author fields, attributes, comments), Markdown in brackets.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from aggregator.errors import SourceError
from aggregator.model import Document, Limits, Parsed
from aggregator.parse.frames import receive_frame, send_frame

STEP = 2_000_000  # bytes; the time limit is per STEP, so larger documents get more
START = 60.0  # seconds a child may take to start on a busy machine
PATIENCE = 8  # times the limit in CPU seconds that may pass on the clock, on a busy machine
_CODE = "from aggregator.parse.child import main; main()"


_lock = threading.Lock()
_child: _Child | None = None


def run_bounded(reader: str, document: Document, limits: Limits) -> Parsed:
    """`reader`: a name in child.READERS. Raises SourceError: slow, bug, or what the reader raised."""
    seconds = limits.seconds * max(1.0, len(document.body) / STEP)
    with _lock:
        answer = _ask((reader, document, limits, seconds), seconds)
    if isinstance(answer, Parsed):
        return answer
    raise SourceError(*answer)


def _ask(question: tuple[str, Document, Limits, float], seconds: float) -> Any:
    """Retries once with a new child: the old one may have just exited because it was idle."""
    for _ in range(2):
        child = _running()
        try:
            return child.ask(question, seconds * PATIENCE)
        except (EOFError, OSError):
            late = child.is_late()
            stop_child()
            if late:
                note = f"reading {len(question[1].body)} bytes took more than {seconds:g} s and was stopped"
                raise SourceError("slow", note) from None
    raise SourceError("bug", "this document crashed the parser process twice")


def _running() -> _Child:
    global _child
    if _child is None or _child.owner != os.getpid() or _child.process.poll() is not None:
        stop_child()
        _child = _Child()
        _child.ask(None, START)
    return _child


def stop_child() -> None:
    """Runs at exit; a forked process leaves its parent's child alone."""
    global _child
    child, _child = _child, None
    if child is not None and child.owner == os.getpid():
        child.process.kill()
        child.process.communicate()


atexit.register(stop_child)


class _Child:
    def __init__(self) -> None:
        home = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))
        self.owner = os.getpid()
        self.late = False
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
            [sys.executable, "-c", _CODE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        if self.process.stdin is None or self.process.stdout is None:
            raise OSError("the child process has no pipes")
        self.questions: IO[bytes] = self.process.stdin
        self.answers: IO[bytes] = self.process.stdout

    def ask(self, question: object, seconds: float) -> Any:
        """`seconds`: wall-clock time. Raises EOFError or OSError when the child has ended."""
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            if question is not None:
                send_frame(self.questions, question)
            return receive_frame(self.answers)
        finally:
            timer.cancel()

    def is_late(self) -> bool:
        """For a child that has ended: whether it exceeded its limit of CPU or wall-clock time."""
        return self.late or self.process.wait(START) == -signal.SIGPROF

    def _end(self) -> None:
        self.late = True
        self.process.kill()
