"""`flask subject-access FILE`: what is held about somebody who asks."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from enforcement.people.held import held_about_person, held_about_plate, person_asking

from ..auth import clock
from ..database import session
from .terminal import act_for_named, authority_option, in_words


@click.command("subject-access")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@authority_option
@click.option("--person", "who", help="Somebody with an account: their address, or their id.")
@click.option("--plate", help="A vehicle, as it is written.")
@with_appcontext
@in_words
def subject_access(file: Path, slug: str, who: str | None, plate: str | None) -> None:
    """Write everything held about one person or one plate to FILE (JSON). It may speak of others: look first."""
    if (who is None) == (plate is None):
        raise click.UsageError("Give --person or --plate, one of them.")
    act_for_named(slug)
    try:
        into = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as fault:
        raise click.ClickException(f"{file} can't be made: {fault.strerror}.") from None
    with open(into, "w", encoding="utf-8") as made:
        try:
            rows = _held(who, plate)
            session.commit()  # journalled before anything is given out
            json.dump(rows, made, default=_in_words, indent=1, ensure_ascii=False)
        except BaseException:  # Ctrl-C too: half a file would pass for all that is held
            file.unlink()
            raise
    click.echo(f"{file}: {sum(map(len, rows.values()))} rows of {len(rows)} tables.")


def _held(who: str | None, plate: str | None) -> dict[str, list[dict[str, Any]]]:
    if who is not None:
        return held_about_person(session, person_asking(session, who).id, clock())
    return held_about_plate(session, plate or "", clock())


def _in_words(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
