"""The command `aggregator`. The only place that prints."""

import io
import os
import sys
from contextlib import suppress

import click

from aggregator.cli.commands import commands
from aggregator.cli.plain import printable
from aggregator.errors import AggregatorError, ConfigError, PublishError, StoreError

EXIT_CODES: dict[type[AggregatorError], int] = {ConfigError: 2, StoreError: 3, PublishError: 4}


def main() -> None:
    """One line on stderr for each fault, and the exit code that names its kind; never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # None where it is closed
            stream.reconfigure(errors="replace")
    try:
        code = outcome()
        if sys.stdout:
            sys.stdout.flush()  # a full disk is told here and not by Python at exit
    except BrokenPipeError:  # the reader of our output has gone, which is its right
        code = 0
        silence()
    except OSError as e:
        tell(f"{e.filename or 'cannot write the output'}: {e.strerror or e}")
        code = 1
        silence()
    sys.exit(code)


def outcome() -> int:
    """Runs the command; gives the exit code. Raises OSError: there is no writing to stdout."""
    try:
        return commands.main(prog_name="aggregator", standalone_mode=False) or 0
    except AggregatorError as e:
        for fault in e.faults if isinstance(e, ConfigError) else [str(e)]:
            tell(fault)
        return EXIT_CODES.get(type(e), 1)
    except click.ClickException as e:
        with suppress(OSError):
            e.show()
        return e.exit_code
    except SystemExit as e:  # click's way out of a broken pipe, whose 1 means something else here
        raise BrokenPipeError from e
    except (click.Abort, KeyboardInterrupt):
        return 130
    except RecursionError:
        tell("what was given is nested too deeply")
    except UnicodeError as e:
        tell(f"a text that cannot be written or sent: {e}")
    return 1


def tell(fault: str) -> None:
    with suppress(OSError):  # where stderr is full or gone, the exit code still speaks
        click.echo(f"aggregator: {printable(fault)}", err=True)


def silence() -> None:
    """What stdout still holds goes nowhere: Python would write it at exit, and complain."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
