"""`flask retention`: what the nightly job does, now, or only in numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import text
from sqlalchemy.orm import Session

from enforcement.adapters.tables import act_for, db
from enforcement.pipeline import retention

from ..auth import clock
from .terminal import in_words


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Erase nothing: say what would go.")
@with_appcontext
@in_words
def forget(dry_run: bool) -> None:
    """Erase what has outlived its council's periods; holds and open cases stay."""
    with db.engine.connect() as connection:
        authorities = connection.execute(text("SELECT id, slug FROM openpatrol_authorities()")).all()
    folder = current_app.extensions["openpatrol"].photos
    for authority_id, slug in authorities:
        sessions = partial(_session, authority_id)
        if dry_run:
            with sessions() as session:
                rows = retention.count_outlived(session, clock())
        else:
            rows = retention.forget_outlived(sessions, folder, clock())
        click.echo(f"{slug}: {'would erase' if dry_run else 'erased'} {_told(rows)}")


def _told(rows: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in rows.items() if count) or "nothing"


@contextmanager
def _session(authority_id: UUID) -> Iterator[Session]:
    with Session(db.engine, expire_on_commit=False) as session:
        act_for(session, authority_id)
        yield session
        session.commit()
