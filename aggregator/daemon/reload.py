"""The configuration of a running daemon, read again when its file has changed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from aggregator.config import Config, load
from aggregator.errors import ConfigError
from aggregator.runtime import Runtime, reconfigured

Say = Callable[[str, bool], None]
"""A line for people, and whether it is about a fault."""
LASTING = (
    "[store]",
    "[publish] folder and private",
    "[serve] host and port",
    "[fetch] workers and websub",
)


def watch(path: Path, say: Say) -> "ConfigFile":
    """Reads it for the first time. Raises ConfigError."""
    written = bytes_of(path)  # before it is loaded: a change in between is seen at the next look
    return ConfigFile(path, load(path), written, say)


def bytes_of(path: Path) -> bytes:
    """b"" for a file that cannot be read: `load` reports that."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


@dataclass(slots=True)
class ConfigFile:
    """Called before each look at what is due. A faulty file is reported once and changes nothing."""

    path: Path
    config: Config
    """As the file said when it was last understood."""
    written: bytes
    say: Say

    def __call__(self, runtime: Runtime) -> Runtime:
        config = self.newer(runtime.config)
        if config == runtime.config:
            return runtime
        return reconfigured(runtime, config)

    def newer(self, now: Config) -> Config:
        """`now` as long as the file is as it was."""
        written = bytes_of(self.path)
        if written == self.written:
            return now
        self.written = written
        try:
            config = load(self.path)
        except ConfigError as e:
            self.say(f"{e}; what was read before stays in force", True)
            return now
        return self.take_over(config, now)

    def take_over(self, config: Config, now: Config) -> Config:
        old, self.config = self.config, config
        self.say(f"{self.path}: read again, {len(config.sources)} sources", False)
        if lasting(old) != lasting(config):
            self.say(f"{', '.join(LASTING)} change with the next start", True)
        return replace(
            config,
            store=now.store,
            publish=replace(config.publish, folder=now.publish.folder, private=now.publish.private),
            serve=replace(now.serve, cache=config.serve.cache),
            fetch=replace(config.fetch, workers=now.fetch.workers, websub=now.fetch.websub),
        )


def lasting(config: Config) -> tuple[object, ...]:
    """What is opened, or agreed on with others, when we start."""
    publish, serve, fetch = config.publish, config.serve, config.fetch
    paths = config.store.path, publish.folder, publish.private
    return *paths, serve.host, serve.port, fetch.workers, fetch.websub
