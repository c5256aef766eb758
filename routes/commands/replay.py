"""`flask replay`: a recorded day, through the HTTP API of a server of its own."""

import signal
import sys
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from enforcement.adapters.postgres_programs import EmbeddedPostgresError
from enforcement.simulation import replay as replaying
from enforcement.simulation.recorded_day import BadRecording, read_area
from enforcement.simulation.stack import StackFault

from .terminal import progress


class Day(click.ParamType):
    """A day written as 20161108."""

    name = "YYYYMMDD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return datetime.strptime(str(value), "%Y%m%d").date()  # noqa: DTZ007  (a date has no zone)
        except ValueError:
            self.fail(f"{value!r} is no day: write it as 20161108", param, ctx)


class TimeZone(click.ParamType):
    """A name of the IANA time zones."""

    name = "zone"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return ZoneInfo(str(value)).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fail(f"{value!r} is no time zone: write it as Australia/Melbourne", param, ctx)


HOUR = click.DateTime(["%H:%M"])


@click.command("replay")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--day", type=Day(), required=True, help="The recorded day.")
@click.option("--speed", type=click.FloatRange(1, 3600), default=120.0, show_default=True, help="Times.")
@click.option("--officers", type=click.IntRange(1, 20), default=3, show_default=True)
@click.option("--zone", type=TimeZone(), default="Australia/Melbourne", show_default=True)
@click.option("--from", "start", type=HOUR, default="07:00", show_default=True, help="Local time.")
@click.option("--to", "end", type=HOUR, default="19:00", show_default=True, help="Local time.")
@click.option("--seed", type=int, default=1, show_default=True, help="For what officers do by chance.")
def replay(
    folder: Path, day: date, speed: float, officers: int, zone: str, start: datetime, end: datetime, seed: int
) -> None:
    """Run a recorded day (four CSV files in FOLDER) through the HTTP API, and account for it."""
    if end <= start:
        raise click.UsageError("--to must be later than --from")
    signal.signal(signal.SIGTERM, _end)
    wanted = replaying.Wanted(day, zone, start.time(), end.time(), speed, officers, seed)
    try:
        report = replaying.replay(read_area(folder), wanted, progress())
    except (BadRecording, StackFault, EmbeddedPostgresError) as fault:
        raise click.ClickException(str(fault)) from None
    click.echo()
    for line in report.lines():
        click.echo(line)
    sys.exit(1 if report.faults else 0)


def _end(signum: int, frame: FrameType | None) -> None:
    """A wish to end comes as an exception, so that what was started is stopped."""
    raise SystemExit(128 + signum)
