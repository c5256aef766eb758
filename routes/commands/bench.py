"""`flask bench dispatch`: policies of dispatch, walked through recorded days under the same rules."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from enforcement.simulation.dispatch.bench import Wanted, measure
from enforcement.simulation.dispatch.city import NAME, city
from enforcement.simulation.dispatch.picture import picture_of
from enforcement.simulation.dispatch.policies import NAMES
from enforcement.simulation.dispatch.rules import PROFILES, Rules
from enforcement.simulation.recorded_day import BadRecording, RecordedArea, read_area

from .replay import Day
from .terminal import progress


class Days(click.ParamType):
    """A day, or the first and the last of several."""

    name = "YYYYMMDD[-YYYYMMDD]"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[date, date]:
        first, _, last = str(value).partition("-")
        span = Day().convert(first, param, ctx), Day().convert(last or first, param, ctx)
        if span[1] < span[0]:
            self.fail(f"{value!r} ends before it begins", param, ctx)
        return span


class Several(click.ParamType):
    """Values with commas between them, each once."""

    name = "list"

    def __init__(self, each: click.ParamType) -> None:
        self._each = each

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple:
        return tuple(dict.fromkeys(self._each.convert(part, param, ctx) for part in str(value).split(",")))


class Written(click.ParamType):
    """A file that will be written: that it can't be is said before the work, not after it."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(value))
        was_there = path.exists()
        try:
            path.open("a").close()
        except OSError as fault:
            self.fail(f"{path} can't be written: {fault.strerror}", param, ctx)
        if not was_there:
            path.unlink()
        return path


@click.group("bench")
def bench() -> None:
    """Measure what is done, against what else could be done."""


@bench.command("dispatch")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--fit", type=click.Path(path_type=Path), help="Learn from this folder's days instead.")
@click.option(
    "--days", type=Days(), help="The days to measure, all by default; the others may be learned from."
)
@click.option("--officers", type=Several(click.IntRange(1, 100)), default="1", show_default=True)
@click.option("--policies", type=Several(click.Choice(NAMES)), default=",".join(NAMES), show_default=True)
@click.option("--profile", type=click.Choice(list(PROFILES)), default="lmu", show_default=True)
@click.option(
    "--service-minutes", type=click.FloatRange(0, 60), help="For each car; else as the profile has it."
)
@click.option("--hidden-departures", is_flag=True, help="Nobody sees a car leave until an officer passes.")
@click.option(
    "--lost", type=click.FloatRange(0, 1), default=0.0, help="Share of sensor reports that get lost."
)
@click.option("--seed", type=int, default=1, show_default=True, help="For the city and for chance.")
@click.option("--json", "json_file", type=Written(), help="For anyone to recompute.")
@click.option("--picture", "picture_file", type=Written(), help="SVG.")
def dispatch(
    folder: Path | None,
    fit: Path | None,
    days: tuple[date, date] | None,
    officers: tuple[int, ...],
    policies: tuple[str, ...],
    profile: str,
    service_minutes: float | None,
    hidden_departures: bool,
    lost: float,
    seed: int,
    json_file: Path | None,
    picture_file: Path | None,
) -> None:
    """Walk the days of a recorded area (four CSV files in FOLDER; else a made-up city) by each policy."""
    rules = _rules(profile, service_minutes, hidden_departures, lost)
    try:
        area = read_area(folder) if folder else city(seed)
        wanted = Wanted(
            area=area,
            name=folder.resolve().name if folder else NAME.format(seed),
            days=_within(area, days),
            learn_from=read_area(fit) if fit else area,
            officers=officers,
            policies=policies,
            rules=rules,
            seed=seed,
        )
        report = measure(wanted, progress())
    except BadRecording as fault:
        raise click.ClickException(str(fault)) from None
    click.echo()
    for line in report.lines():
        click.echo(line)
    if json_file:
        json_file.write_text(json.dumps(report.as_json(), indent=1) + "\n")
    if picture_file:
        picture_file.write_text(picture_of(report))


def _rules(profile: str, service_minutes: float | None, hidden_departures: bool, lost: float) -> Rules:
    rules = replace(PROFILES[profile], departures_shown=not hidden_departures, lost=lost)
    return rules if service_minutes is None else replace(rules, service=round(service_minutes * 60))


def _within(area: RecordedArea, days: tuple[date, date] | None) -> Sequence[date]:
    found = [day for day in area.days if days is None or days[0] <= day <= days[1]]
    if not found:
        raise BadRecording(f"overstays.csv: no overstays {'in these days' if days else 'at all'}")
    return found
