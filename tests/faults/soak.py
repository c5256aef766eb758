"""`make soak`: a long storm against a stack of its own, with a report at the end.

python -m tests.faults.soak --minutes 60 --rate 300 --seed 1
"""

import json
import os
import sys
from pathlib import Path
from random import SystemRandom

import click
import structlog

from enforcement.simulation.stack import Stack

from .borough import SETTINGS
from .storm import Storm, Wanted

STRIKE_EVERY = (4.0, 14.0)  # seconds from when all is well again to the next strike: some 280 an hour
SECONDS_A_READING = 4.0  # of one sensor
LEAST_BAYS = 200


@click.command()
@click.option("--minutes", default=60.0, show_default=True)
@click.option("--rate", default=300.0, show_default=True, help="Readings a second.")
@click.option("--seed", default=None, type=int, help="Chooses the same strikes again.")
@click.option("--report", default="soak.json", show_default=True, type=click.Path(path_type=Path))
def soak(minutes: float, rate: float, seed: int | None, report: Path) -> None:
    """Readings, officers and kills for so many minutes; ends with what was lost and what was there twice."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(40)
    )  # a server that is away is no news
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):  # the database is killed too, so it is one of its own
        os.environ.pop(name, None)
    seed = SystemRandom().randrange(10**6) if seed is None else seed
    wanted = Wanted(minutes * 60, rate, seed, max(LEAST_BAYS, int(rate * SECONDS_A_READING)), STRIKE_EVERY)
    with Stack(SETTINGS, webs=2, workers=2) as stack:
        storm = Storm(stack, wanted, click.echo)
        try:
            storm.run()
        finally:
            report.write_text(json.dumps(storm.report(), indent=2) + "\n")
    click.echo(report.read_text())
    click.echo(f"lost: {storm.lost} · twice: {storm.twice}")
    if storm.history.faults:
        click.echo(str(storm.history))
        sys.exit(1)


if __name__ == "__main__":
    soak()
