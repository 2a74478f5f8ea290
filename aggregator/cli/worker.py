"""The command `worker`: visits for an aggregator on another machine."""

import click

from aggregator.cli.common import say
from aggregator.config.addresses import scheduler


class SchedulerAddress(click.ParamType[str]):
    name = "address"

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> str:
        try:
            return scheduler(value)
        except ValueError as e:
            self.fail(str(e), param, context)


@click.command()
@click.argument("address", metavar="SCHEDULER", type=SchedulerAddress())
@click.option(
    "--threads",
    metavar="N",
    type=click.IntRange(1, 500),
    default=32,
    show_default=True,
    help="Visits at a time.",
)
def worker(address: str, threads: int) -> None:
    """Make visits for an aggregator whose [work] cluster is SCHEDULER, until SIGTERM.

    Needs neither configuration nor database.
    """
    from aggregator.visit.cluster.engine import work  # loading its library takes most of a second

    work(address, threads, say)
