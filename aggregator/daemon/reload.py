"""The configuration of a running daemon, read again when its file has changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from aggregator.config import Config, load
from aggregator.errors import ConfigError
from aggregator.model import Output, Source
from aggregator.runtime import Runtime, reconfigured

Say = Callable[[str, bool], None]
"""A line for people, and whether it is about a fault."""
LASTING = (
    "[store]",
    "[publish] folder and private",
    "[serve] host, port and metrics",
    "[fetch] workers and websub",
)


NAMED = 3  # of the sources that are gone
REST = 0.5  # of the sources: with fewer left, the file may be one that somebody has only begun to write


def watch(path: Path, say: Say) -> "ConfigFile":
    """Reads it for the first time. Raises ConfigError."""
    written = read_or_nothing(path)  # before it is loaded: a change in between is seen at the next look
    return ConfigFile(path, load(path), written, say)


def read_or_nothing(path: Path) -> bytes:
    """b"" for a file that cannot be read: `load` reports that."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


@dataclass(slots=True)
class ConfigFile:
    """Called before each look at what is due. A faulty file is reported once and changes nothing.

    A file that has lost an output, or most of its sources, may be half-written, and valid all the same: it
    counts once it is the same at two looks.
    """

    path: Path
    config: Config
    """As the file said when it was last understood."""
    written: bytes
    say: Say
    unfinished: Config | None = None
    """What the file says, if it must say so once more."""

    def __call__(self, runtime: Runtime) -> Runtime:
        config = self.newer(runtime.config)
        if config == runtime.config:
            return runtime
        return reconfigured(runtime, config)

    def newer(self, now: Config) -> Config:
        """`now` as long as the file is as it was."""
        written = read_or_nothing(self.path)
        if written == self.written:
            return self.take_over(self.unfinished, now) if self.unfinished else now
        self.unfinished = None
        try:
            config = load(self.path)
        except ConfigError as e:
            self.written = written
            self.say(f"{e}; what was read before stays in force", True)
            return now
        if read_or_nothing(self.path) != written:
            return now  # it is being written: the next look reads it
        self.written = written
        if perhaps_unfinished(self.config, config):
            self.unfinished = config
            lost = losses(self.config, config) or "gone: a token_file"
            self.say(f"{self.path}: {lost}: in force at the next look, if it stays so", True)
            return now
        return self.take_over(config, now)

    def take_over(self, config: Config, now: Config) -> Config:
        old, self.config, self.unfinished = self.config, config, None
        lost = losses(old, config)
        self.say(
            f"{self.path}: read again, {sources_in_words(config)}{f'; {lost}' if lost else ''}", bool(lost)
        )
        if lasting(old) != lasting(config):
            self.say(f"{', '.join(LASTING)} change with the next start", True)
        return replace(
            config,
            store=now.store,
            publish=replace(config.publish, folder=now.publish.folder, private=now.publish.private),
            serve=replace(now.serve, cache=config.serve.cache),
            fetch=replace(config.fetch, workers=now.fetch.workers, websub=now.fetch.websub),
        )


def perhaps_unfinished(old: Config, new: Config) -> bool:
    """Every output and secret counts: what is not written yet may keep a feed from the public."""
    left = len(old.sources) - len(missing(old.sources, new.sources))
    secrets = missing(secret(old.outputs), secret(new.outputs))
    return left < len(old.sources) * REST or bool(secrets or missing(old.outputs, new.outputs))


def losses(old: Config, new: Config) -> str:
    """ "gone: sources One, Two and 7 more; output mine", or ""."""
    parts = []
    for kind, gone in (
        ("source", missing(old.sources, new.sources)),
        ("output", missing(old.outputs, new.outputs)),
    ):
        more = f" and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
        if gone:
            parts.append(f"{kind}{'s' if len(gone) > 1 else ''} {', '.join(gone[:NAMED])}{more}")
    return f"gone: {'; '.join(parts)}" if parts else ""


def missing(old: Iterable[Source | Output], new: Iterable[Source | Output]) -> list[str]:
    left = {each.name for each in new}
    return [each.name for each in old if each.name not in left]


def secret(outputs: Iterable[Output]) -> list[Output]:
    return [each for each in outputs if each.token_file]


def sources_in_words(config: Config) -> str:
    return "1 source" if len(config.sources) == 1 else f"{len(config.sources)} sources"


def lasting(config: Config) -> tuple[object, ...]:
    """What is opened, or agreed on with others, when we start."""
    publish, serve, fetch = config.publish, config.serve, config.fetch
    paths = config.store.path, publish.folder, publish.private
    return *paths, serve.host, serve.port, serve.metrics, fetch.workers, fetch.websub
