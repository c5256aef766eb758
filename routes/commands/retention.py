"""`flask retention`: what the nightly job does, now, or only in numbers."""

from functools import partial

import click
from flask import current_app
from flask.cli import with_appcontext

from enforcement.pipeline import retention

from ..auth import clock
from .councils import every_council, session_of
from .terminal import in_words


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Erase nothing: say what would go.")
@with_appcontext
@in_words
def forget(dry_run: bool) -> None:
    """Erase what has outlived its council's periods; holds and open cases stay."""
    folder = current_app.extensions["openpatrol"].photos
    for authority_id, slug in every_council():
        sessions = partial(session_of, authority_id)
        if dry_run:
            with sessions() as session:
                rows = retention.count_outlived(session, clock())
        else:
            rows = retention.forget_outlived(sessions, folder, clock())
        click.echo(f"{slug}: {'would erase' if dry_run else 'erased'} {_told(rows)}")


def _told(rows: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in rows.items() if count) or "nothing"
