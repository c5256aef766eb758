"""What commands share: the authority they act for, progress, and refusals in a line instead of a traceback."""

import sys
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from enforcement import people
from enforcement.adapters.tables import act_for
from enforcement.domain.refusals import Refusal

from ..database import session

PLAIN_EVERY = 10.0  # seconds between lines of progress where there is no terminal

authority_option = click.option(
    "--authority",
    "slug",
    required=True,
    help="The council's short name, as `flask create-authority` was given it.",
)


def act_for_named(slug: str) -> None:
    """From now on the command sees the rows of this council."""
    authority_id = people.authority_named(session, slug)
    act_for(session, authority_id)


def in_words(command: Callable[..., Any]) -> Callable[..., Any]:
    """Refusals become a line on the terminal and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Refusal as refusal:
            session.rollback()
            lines = [refusal.detail, *_each(refusal.extra.get("errors"))]
            raise click.ClickException("\n  ".join(lines)) from None
        except OperationalError:
            raise click.ClickException(
                "The database can't be reached. Does it run? (`make run` runs one.)"
            ) from None

    return run


def progress() -> Callable[[str], None]:
    """One line that is written anew on a terminal; plain lines, not too many, elsewhere."""
    if sys.stdout.isatty():
        return lambda line: click.echo(f"\r\x1b[K{line}", nl=False)
    told_at = [float("-inf")]

    def plainly(line: str) -> None:
        if time.monotonic() - told_at[0] >= PLAIN_EVERY:
            told_at[0] = time.monotonic()
            click.echo(line)

    return plainly


def _each(errors: Any) -> list[str]:
    return [f"{error.get('pointer', '')}: {error.get('detail', '')}" for error in errors or ()]
