"""`flask whatif`: a council's own recorded days, walked by a blanket patrol and by our planner, told on a page."""

from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from enforcement.adapters.travel.graph import WalkingGraph
from enforcement.adapters.travel.graph_files import BadGraph
from enforcement.adapters.travel.walks import travel_of
from enforcement.config import Settings
from enforcement.simulation.whatif.figures import Figures, figures_of
from enforcement.simulation.whatif.history import read_history
from enforcement.simulation.whatif.hours import A_DAY, Hours
from enforcement.simulation.whatif.report import report_of
from enforcement.simulation.whatif.stops import Stop, Stops, stops_of
from enforcement.simulation.whatif.words import certainty, headline

from ..auth import clock
from ..database import session
from .terminal import act_for_named, authority_option, in_words, progress

DAY = click.DateTime(["%Y-%m-%d"])
EARLIEST, MOST_DAYS = 2000, 92


class TimeOfDay(click.ParamType):
    """A time by the clock on the wall, in seconds after midnight; 24:00 is the end of the day."""

    name = "HH:MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if str(value) == "24:00":
            return A_DAY
        try:
            at = datetime.strptime(str(value), "%H:%M")  # noqa: DTZ007  (a clock on a wall)
        except ValueError:
            self.fail(f"{value!r} is no time of day: write it as 07:30", param, ctx)
        return at.hour * 3600 + at.minute * 60


@click.command("whatif")
@authority_option
@click.option("--from", "first", type=DAY, required=True, help="The first day, as 2026-03-02.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
@click.option("--officers", type=click.IntRange(1, 100), required=True, help="How many are out at a time.")
@click.option("--starts", type=TimeOfDay(), default="07:00", show_default=True, help="Local time.")
@click.option("--ends", type=TimeOfDay(), default="19:00", show_default=True, help="Local time.")
@click.option(
    "--attendance-minutes",
    type=click.FloatRange(0, 60),
    default=5.0,
    show_default=True,
    help="With each car.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False, writable=True), default="whatif.html",
    show_default=True, help="The page to write.",
)  # fmt: skip
@with_appcontext
@in_words
def whatif(
    slug: str,
    first: datetime,
    last: datetime,
    officers: int,
    starts: int,
    ends: int,
    attendance_minutes: float,
    output: Path,
) -> None:
    """Replay the council's recorded days under blanket patrol and under ours, and write a page about it."""
    _refuse(first, last, starts, ends)
    act_for_named(slug)
    tell = progress()
    tell("Reading what is on record")
    history = read_history(session, first.date(), last.date(), Hours(starts, ends), clock())
    session.rollback()  # what follows takes minutes, and needs no database
    stops, too_far = stops_of(history.places)
    settings: Settings = current_app.extensions["openpatrol"].settings
    figures = figures_of(
        history,
        _walkable(stops, settings),
        too_far,
        officers=officers,
        attendance_minutes=attendance_minutes,
        tell=tell,
    )
    _write(output, report_of(figures, clock()))
    _tell(figures, output)


def _refuse(first: datetime, last: datetime, starts: int, ends: int) -> None:
    """Days and hours that make no sense. Raises UsageError."""
    days = (last - first).days + 1
    if days < 1:
        raise click.UsageError("--to is before --from.")
    if first.year < EARLIEST:
        raise click.UsageError(f"--from is before the year {EARLIEST}: there were no sensors.")
    if days > MOST_DAYS:
        raise click.UsageError(f"These are {days} days: at most {MOST_DAYS} can be replayed at once.")
    if ends <= starts:
        raise click.UsageError("--ends has to be later than --starts: officers are out within one day.")


def _walkable(stops: list[Stop], settings: Settings) -> Stops:
    if settings.travel.kind == "graph":
        try:
            WalkingGraph.read(Path(settings.travel.where))
        except BadGraph as fault:
            raise click.ClickException(f"TRAVEL: {fault}") from fault
    return Stops(stops, travel_of(settings.travel), settings.travel.kind)


def _write(output: Path, page: str) -> None:
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise click.ClickException(f"{output} can't be written: {fault.strerror}.") from None


def _tell(figures: Figures, output: Path) -> None:
    click.echo()
    click.echo(headline(figures))
    click.echo(certainty(figures))
    click.echo(f"The report is in {output}.")
