"""`flask dwell`: how long a council's cars are expected to stay, and how right that was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from enforcement.pipeline import dwelling

from ..auth import clock
from ..database import session
from .terminal import act_for_named, authority_option, in_words

AGES = (0, 10, 30, 60, 120)  # minutes over
AHEAD = (5, 10, 20)


@click.command("dwell")
@authority_option
@click.option("--refit", is_flag=True, help="Learn from the stays now, not only at night.")
@with_appcontext
@in_words
def dwell(slug: str, refit: bool) -> None:
    """Tell how long overstaying cars stay, and whether what was expected came true."""
    act_for_named(slug)
    if refit:
        dwelling.refit(_sessions, clock())
    model, kept = dwelling.model_of(session), dwelling.kept(session)
    if kept is None:
        click.echo("Nothing was learned yet: cars are expected to stay as long as anywhere.")
    else:
        click.echo(f"Learned at {kept.fitted_at:%Y-%m-%d %H:%M} UTC from {model.stays} overstays,")
        click.echo(f"of which {model.departures} ended by a departure that was seen.")
    click.echo("\nStill there, per cent:\n" + _row("over", [f"+{ahead} min" for ahead in AHEAD]))
    for age in AGES:
        click.echo(_row(f"{age} min", [_percent(model.chance(age, ahead)) for ahead in AHEAD]))
    if kept is not None:
        _tell(kept.calibration)


@contextmanager
def _sessions() -> Iterator[Session]:
    yield session
    session.commit()


def _tell(judged: dict[str, Any]) -> None:
    ahead, deciles = judged["minutes_ahead"], judged["deciles"]
    if not deciles:
        click.echo("\nToo few stays to say how right that is.")
        return
    click.echo(f"\nThe latest {judged['stays']} stays, by a model of those before;")
    click.echo(
        f"still there {ahead:g} minutes after a look, per cent:\n" + _row("looks", ["expected", "seen"])
    )
    for each in deciles:
        click.echo(_row(str(each["looks"]), [_percent(each["predicted"]), _percent(each["observed"])]))


def _row(first: str, others: list[str]) -> str:
    return "".join(f"{each:>10}" for each in (first, *others))


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
