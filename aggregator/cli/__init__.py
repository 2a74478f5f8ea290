"""The command `aggregator`. The only place that prints."""

import sys

import click

from aggregator.cli.commands import commands
from aggregator.errors import AggregatorError, ConfigError, PublishError, StoreError

EXIT_CODES: dict[type[AggregatorError], int] = {ConfigError: 2, StoreError: 3, PublishError: 4}


def main() -> None:
    """One line on stderr for each fault, and the exit code that names its kind; never a traceback."""
    try:
        code = commands.main(prog_name="aggregator", standalone_mode=False)
    except AggregatorError as e:
        for fault in e.faults if isinstance(e, ConfigError) else [str(e)]:
            click.echo(f"aggregator: {fault}", err=True)
        code = EXIT_CODES[type(e)]
    except click.ClickException as e:
        e.show()
        code = e.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; Python would complain about it at exit
        code = 0
    sys.exit(code or 0)
