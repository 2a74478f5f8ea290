"""The configuration of a running daemon, read again when its file has changed."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import click

from aggregator.cli.manners import manners
from aggregator.cli.plain import plain
from aggregator.config import Config, load, token_files
from aggregator.errors import ConfigError
from aggregator.refresh import Means
from aggregator.work import post_by, visit_by

LASTING = ("[store]", "[publish]", "[serve]", "[fetch] workers", "[fetch] websub", "token_file")


@dataclass(slots=True)
class Reread:
    """Called before each look at what is due. A file that cannot be used is told once and changes nothing."""

    path: Path
    config: Config
    """As the file said when it was last understood."""
    written: bytes

    def __call__(self, means: Means) -> Means:
        try:
            written = self.path.read_bytes()
        except OSError:
            written = b""
        if written == self.written:
            return means
        self.written = written
        try:
            config = load(self.path)
        except ConfigError as e:
            click.echo(plain(f"{e}; what was read before stays in force"), err=True)
            return means
        return self.take(config, means)

    def take(self, config: Config, means: Means) -> Means:
        old, self.config = self.config, config
        click.echo(plain(f"{self.path}: read again, {len(config.sources)} sources"))
        now = means.config
        fetch = replace(config.fetch, workers=now.fetch.workers, websub=now.fetch.websub)
        kept = replace(config, store=now.store, publish=now.publish, serve=now.serve, fetch=fetch)
        if lasting(old) != lasting(config):
            click.echo(f"{', '.join(LASTING)} change with the next start", err=True)
        return replace(
            means,
            config=kept,
            visit=partial(visit_by, manners(kept)),
            post=partial(post_by, manners(kept)),
        )


def lasting(config: Config) -> tuple[object, ...]:
    fetch, secrets = config.fetch, token_files(config)
    return config.store, config.publish, config.serve, fetch.workers, fetch.websub, secrets
