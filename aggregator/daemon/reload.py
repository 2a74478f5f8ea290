"""Reloads the configuration of a running daemon when its file has changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from aggregator.config import NO_VARIABLES, Config, load
from aggregator.errors import ConfigError
from aggregator.model import Output, Source
from aggregator.runtime import Runtime, reconfigured

Say = Callable[[str, bool], None]
"""Takes a line for people, and whether it reports a fault."""
LASTING = (
    "[store]",
    "[publish] folder and private",
    "[serve] host, port and metrics",
    "[fetch] workers and websub",
    "[work]",
)


NAMED = 3  # sources listed by name when they are gone
SETTLED = 5.0  # seconds; two calls can follow within one
REST = 0.5  # share of the sources: if fewer are left, the file may be half-written


def watch(path: Path, say: Say, environ: Mapping[str, str] = NO_VARIABLES) -> "ConfigFile":
    """Loads the configuration for the first time. `environ`: overrides the file, now and later.

    Raises ConfigError.
    """
    written = read_or_nothing(path)  # before loading: the next check then sees a change in between
    return ConfigFile(path, load(path, environ), written, say, environ)


def read_or_nothing(path: Path) -> bytes:
    """b"" for an unreadable file, which `load` reports."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


@dataclass(slots=True)
class ConfigFile:
    """Called before each beat. A faulty file is reported once and ignored.

    A file that has other outputs, or has lost most of its sources, may be half-written although valid: it
    takes effect once it has stayed the same for SETTLED seconds.
    """

    path: Path
    config: Config
    """The last valid content of the file."""
    written: bytes
    say: Say
    environ: Mapping[str, str] = field(default_factory=dict)
    unfinished: Config | None = None
    """A configuration that takes effect if the file stays the same for SETTLED seconds."""
    elapsed: Callable[[], float] = monotonic
    since: float = 0.0
    """When `unfinished` was read, by `elapsed`."""

    def __call__(self, runtime: Runtime) -> Runtime:
        config = self.newer(runtime.config)
        if config == runtime.config:
            return runtime
        return reconfigured(runtime, config)

    def newer(self, now: Config) -> Config:
        """The configuration to use; `now` while the file is unchanged."""
        written = read_or_nothing(self.path)
        if written == self.written:
            settled = self.unfinished and self.elapsed() - self.since >= SETTLED
            return self.take_over(self.unfinished, now) if self.unfinished and settled else now
        self.unfinished = None
        try:
            config = load(self.path, self.environ)
        except ConfigError as e:
            self.written = written
            self.say(f"{e}; the previous configuration stays in force", True)
            return now
        if read_or_nothing(self.path) != written:
            return now  # it is being written: the next check reads it
        self.written = written
        if perhaps_unfinished(self.config, config):
            self.unfinished, self.since = config, self.elapsed()
            lost = losses(self.config, config) or "other outputs"
            self.say(f"{self.path}: {lost}: takes effect soon unless the file changes again", True)
            return now
        return self.take_over(config, now)

    def take_over(self, config: Config, now: Config) -> Config:
        old, self.config, self.unfinished = self.config, config, None
        lost = losses(old, config)
        self.say(
            f"{self.path}: reloaded, {sources_in_words(config)}{f'; {lost}' if lost else ''}", bool(lost)
        )
        if lasting(old) != lasting(config):
            self.say(f"changes to {', '.join(LASTING)} take effect after a restart", True)
        return replace(
            config,
            store=now.store,
            publish=replace(config.publish, folder=now.publish.folder, private=now.publish.private),
            serve=replace(now.serve, cache=config.serve.cache),
            fetch=replace(config.fetch, workers=now.fetch.workers, websub=now.fetch.websub),
            work=now.work,
        )


def perhaps_unfinished(old: Config, new: Config) -> bool:
    """Any new public output counts: a line not written yet may keep something private."""
    left = len(old.sources) - len(missing(old.sources, new.sources))
    others = [each for each in new.outputs if each not in old.outputs and not each.token_file]
    return left < len(old.sources) * REST or bool(others or missing(old.outputs, new.outputs))


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


def sources_in_words(config: Config) -> str:
    return "1 source" if len(config.sources) == 1 else f"{len(config.sources)} sources"


def lasting(config: Config) -> tuple[object, ...]:
    """Settings that are fixed at start: what is opened then, or agreed with others."""
    publish, serve, fetch = config.publish, config.serve, config.fetch
    served = serve.host, serve.port, serve.metrics
    visits = fetch.workers, fetch.websub, config.work
    return config.store, publish.folder, publish.private, *served, *visits
