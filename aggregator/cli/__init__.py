"""The command `aggregator`. The only place that prints."""

import io
import os
import sys
from contextlib import suppress

import click

from aggregator.cli.commands import commands
from aggregator.cli.common import tell
from aggregator.cli.names import COMPLETING
from aggregator.cli.usage import usage_line
from aggregator.errors import (
    AggregatorError,
    ClusterError,
    ConfigError,
    NumberError,
    PublishError,
    StoreError,
)

EXIT_CODES: dict[type[AggregatorError], int] = {
    ConfigError: 2,
    NumberError: 2,
    StoreError: 3,
    PublishError: 4,
    ClusterError: 5,
}


def main() -> None:
    """One line on stderr for each fault, and the exit code that names its kind; never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None where it is closed
            stream.reconfigure(errors="replace")
    try:
        code = outcome()
        if sys.stdout:
            sys.stdout.flush()  # so that we report a full disk here, not Python at exit
    except BrokenPipeError:  # the reader of our output has ended, which is normal
        code = 0
        silence()
    except OSError as e:
        tell(f"{e.filename or 'cannot write the output'}: {e.strerror or e}")
        code = 1
        silence()
    sys.exit(code)


def outcome() -> int:
    """Runs the command; returns the exit code. Raises OSError when stdout cannot be written."""
    try:
        return commands.main(prog_name="aggregator", standalone_mode=False) or 0
    except AggregatorError as e:
        for fault in e.faults if isinstance(e, ConfigError) else [str(e)]:
            tell(fault)
        return next((code for kind, code in EXIT_CODES.items() if isinstance(e, kind)), 1)
    except click.exceptions.NoArgsIsHelpError as e:
        click.echo(e.format_message(), err=True)
        return e.exit_code
    except click.ClickException as e:
        tell(usage_line(e))
        return e.exit_code
    except SystemExit as e:  # click's way out after a completion, and of a broken pipe, where we return 0
        if os.environ.get(COMPLETING):
            return int(e.code or 0)
        raise BrokenPipeError from e
    except (click.Abort, KeyboardInterrupt):
        return 130
    except RecursionError:
        tell("the input is nested too deeply")
    except UnicodeError as e:
        tell(f"text cannot be encoded: {e}")
    return 1


def silence() -> None:
    """Discards the rest of stdout: Python would try to write it at exit, and complain."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
