"""The list of commands."""

import os
import signal
from importlib import import_module

import click
from click.shell_completion import CompletionItem

from aggregator import __version__
from aggregator.cli.common import with_config
from aggregator.cli.help import epilog, write_groups
from aggregator.cli.usage import unknown_command

MODULES = {
    "run": ("run", "serve"),
    "fetch": ("fetch",),
    "show": ("check", "sources", "stories"),
    "read": ("search", "show", "open"),
    "upkeep": ("backup", "verify", "repair", "doctor"),
    "explain": ("explain",),
    "stories": ("split", "merge", "never", "regroup", "group"),
    "sources": ("add", "remove", "import", "export"),
    "parse": ("parse",),
    "worker": ("worker",),
}
RENAMED = {"import": "import_", "open": "open_"}  # functions that cannot bear the name of their command
HOMES = {name: module for module, names in MODULES.items() for name in names}


class Commands(click.Group):
    """Loads only the requested command: loading all of them takes most of a second."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(HOMES)

    def resolve_command(
        self, context: click.Context, words: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if words[0] not in HOMES and not words[0].startswith("-"):
            context.fail(unknown_command(words[0], list(HOMES)))
        return super().resolve_command(context, words)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in HOMES:
            return None
        if HOMES[name] == "run":
            heed_signals()
        module = import_module(f"aggregator.cli.{HOMES[name]}")
        command: click.Command = getattr(module, RENAMED.get(name, name))
        command.epilog = epilog(name)
        return command

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names alone: their help would load every command at each press of the key."""
        names = [CompletionItem(name) for name in HOMES if name.startswith(incomplete)]
        return names + click.Command.shell_complete(self, context, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_groups(self, ctx, formatter)


def heed_signals() -> None:
    """Until the service runs, SIGTERM exits normally and SIGHUP is ignored: it is loading anyway."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    if not os.isatty(2):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@with_config
def commands(config_file: str | None) -> None:  # the option stores it for the command
    """Merges many feeds into one, with every story in it once."""
