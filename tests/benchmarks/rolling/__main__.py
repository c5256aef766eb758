"""`python -m tests.benchmarks.rolling`: some policies on some evenings, as a table."""

from collections.abc import Iterator

import click

from .evening import CARS_A_MINUTE, HOURS
from .trials import POLICIES, Trial, heading, row, trials


class Numbers(click.ParamType):
    """`1,5,10-12`"""

    name = "numbers"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        try:
            return tuple(_numbers(str(value)))
        except ValueError:
            self.fail(f"{value!r} is not like 1,5,10-12", param, ctx)


@click.command()
@click.option("--officers", type=Numbers(), default="10,50,100", show_default=True)
@click.option("--seeds", type=Numbers(), default="0-4", show_default=True, help="An evening each.")
@click.option("--policies", default=",".join(POLICIES), show_default=True)
@click.option("--shown", is_flag=True, help="The sensors show departures at once.")
@click.option("--hours", default=HOURS, show_default=True)
@click.option("--cars-a-minute", default=CARS_A_MINUTE, show_default=True)
@click.option("--jobs", default=1, show_default=True, help="Processes.")
def rolling(
    officers: tuple[int, ...],
    seeds: tuple[int, ...],
    policies: str,
    shown: bool,
    hours: float,
    cars_a_minute: float,
    jobs: int,
) -> None:
    """Play evenings, and tell what each policy caught; what ours is ahead by, if it stands first."""
    wanted = policies.split(",")
    if unknown := set(wanted) - set(POLICIES):
        raise click.UsageError(f"No policy {', '.join(unknown)}; there are: {', '.join(POLICIES)}")
    for line in heading():
        click.echo(line)
    conditions = {"departures_shown": shown, "hours": hours, "cars_a_minute": cars_a_minute}
    for count in officers:
        told: list[Trial] = []
        for each in trials(wanted, count, seeds, jobs, **conditions):
            told.append(each)
            click.echo(row(each, told))


def _numbers(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


if __name__ == "__main__":
    rolling()
