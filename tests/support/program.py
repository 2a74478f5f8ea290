"""The command in a process of its own, forked from one that has loaded it, as loading takes longest.

All else is as with `python -m aggregator`: arguments, environment, streams, signals, the interpreter's end.
"""

import gc
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO

PATIENCE = 150  # seconds after which a test that waits has failed, on a busy machine
LARGEST = 1 << 17  # bytes of arguments and environment


@dataclass
class Program:
    """As much of subprocess.Popen as tests need."""

    pid: int
    stdout: IO[str]
    stderr: IO[str]
    end: IO[bytes]
    """Gives one line, the exit status, when the program has ended."""
    returncode: int | None = None

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(int(self.end.readline()))
        return self.returncode


@contextmanager
def started(*words: object, out: int | None = None, err: int | None = None) -> Iterator[Program]:
    """Runs `aggregator WORDS` until it, the block or PATIENCE ends. `out`, `err`: used in place of pipes."""
    asked = json.dumps([[str(each) for each in words], dict(os.environ), str(Path.cwd())]).encode()
    with ExitStack() as opened:
        pipes = [os.pipe(), os.pipe()]
        stdout, stderr = (opened.enter_context(open(ours, encoding="utf-8")) for ours, _ in pipes)
        ours, theirs = socket.socketpair()
        streams = [given or own for given, (_, own) in zip((out, err), pipes, strict=True)]
        socket.send_fds(parent(), [asked], [*streams, theirs.fileno()])
        for _, own in pipes:
            os.close(own)
        theirs.close()
        end = opened.enter_context(opened.enter_context(ours).makefile("rb"))
        program = Program(int(end.readline()), stdout, stderr, end)
        timer = threading.Timer(PATIENCE, program.kill)
        timer.start()
        try:
            yield program
        finally:
            timer.cancel()
            if program.returncode is None:
                program.kill()
                program.wait()


@dataclass(frozen=True)
class Ended:
    returncode: int
    stdout: str
    stderr: str


def ended(*words: object, out: int | None = None, err: int | None = None) -> Ended:
    """For outputs that fit into a pipe."""
    with started(*words, out=out, err=err) as program:
        return Ended(program.wait(), program.stdout.read(), program.stderr.read())


_parent: list[tuple[subprocess.Popen[bytes], socket.socket]] = []


def parent() -> socket.socket:
    """Where programs are asked for; the process behind it starts with the first and ends by `stop`."""
    if not _parent:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", __file__, str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=Path(__file__).parents[2])
        theirs.close()
        _parent.append((process, ours))
    return _parent[0][1]


def stop() -> None:
    for process, ours in _parent:
        ours.close()
        process.wait(PATIENCE)
    _parent.clear()


def be_parent(asked: socket.socket) -> None:
    """Returns in the children only, each with the streams, environment and arguments of its program."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(asked, LARGEST, 3)
        reap(os.WNOHANG if message else 0)
        if not message:
            os._exit(0)
        words, environment, folder = json.loads(message)
        if words[0] == "worker":  # several are started: what takes longest to load is loaded once
            import_module("aggregator.visit.cluster.engine")
        if os.fork() == 0:
            asked.close()
            break
        for each in descriptors:
            os.close(each)
    out, err, end = descriptors
    if program := os.fork():
        os.close(out)
        os.close(err)
        os.write(end, f"{program}\n".encode())
        _, status = os.waitpid(program, 0)
        os.write(end, f"{status}\n".encode())
        os._exit(0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    for each in descriptors:
        os.close(each)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["aggregator", *words]
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), "utf-8")
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), "utf-8", write_through=True)


def reap(how: int) -> None:
    """So that the time they took counts as ours."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, how)[0]:
            pass


if __name__ == "__main__":
    for module in ("__main__", "cli.run", "cli.fetch", "cli.show", "cli.sources"):
        import_module(f"aggregator.{module}")
    gc.freeze()  # so that a child does not copy what it shares with us, only to look through it
    be_parent(socket.socket(fileno=int(sys.argv[1])))
    sys.modules["aggregator.__main__"].main()
