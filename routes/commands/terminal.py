"""What commands share: the authority they act for, and refusals in a line instead of a traceback."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from enforcement import people
from enforcement.adapters.tables import act_for
from enforcement.domain.refusals import Refusal

from ..database import session

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


def _each(errors: Any) -> list[str]:
    return [f"{error.get('pointer', '')}: {error.get('detail', '')}" for error in errors or ()]
