"""`flask backup FILE` and `flask restore FILE`."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from enforcement.adapters import backup as backups
from enforcement.adapters.backup_files import Manifest, Progress
from enforcement.adapters.postgres_programs import EmbeddedPostgresError
from enforcement.config import Settings

from ..auth import clock
from ..pages import ROOT

TOLD_EVERY = 64 << 20  # bytes


def _in_words(command: Callable[..., None]) -> Callable[..., None]:
    """What went wrong becomes a line on the terminal and exit code 1."""

    @wraps(command)
    def run(**kwargs: Any) -> None:
        try:
            command(**kwargs)
        except (backups.BackupFault, backups.BadBackup, EmbeddedPostgresError, OSError) as fault:
            raise click.ClickException(str(fault)) from None

    return run


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--with-keys", is_flag=True, help="Also this installation's keys: keep the file as safe as them."
)
@click.option("--check", is_flag=True, help="Read a backup that was taken, and say whether it is whole.")
@with_appcontext
@_in_words
def backup(file: Path, with_keys: bool, check: bool) -> None:
    """Write everything in the database to FILE, while the line runs on."""
    if check:
        click.echo(f"{file} is whole: {_told(backups.check(file, _progress()))}")
        return
    keys = _keys() if with_keys else []
    manifest = backups.take(_owner_url(), file, keys, clock(), _progress())
    click.echo(f"{file} is written: {_told(manifest)}")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--with-keys", is_flag=True, help="Also put the keys in it in the place of this installation's."
)
@with_appcontext
@_in_words
def restore(file: Path, with_keys: bool) -> None:
    """Fill an empty database from FILE, and bring its tables up to date."""
    _require_known(backups.revision_of(file))
    manifest = backups.restore(_owner_url(), file, _progress())
    upgrade()
    restored = backups.restore_keys(file, _settings().instance_folder) if with_keys else []
    click.echo(f"Restored: {_told(manifest)}{' '.join(['', *restored])}")
    click.echo("Phones and desks load afresh. Revoke again what was revoked since the backup was taken.")
    click.echo("What was erased since is back: run `flask retention` before web and workers start.")
    click.echo("Photos are not in a backup: put their folder back, and run `flask check-photos`.")


def _require_known(revision: str) -> None:
    """What a newer version backed up, an older one can't run."""
    known = {script.revision for script in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()}
    if revision not in known:
        raise backups.BackupFault(
            f"it is of schema revision {revision}, which this version does not know: use a newer version"
        )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["openpatrol"].settings
    return settings


def _keys() -> list[Path]:
    return sorted(_settings().instance_folder.glob("*.pem"))


def _owner_url() -> str:
    url: str = current_app.config["DATABASE_OWNER_URL"]
    return url


def _told(manifest: Manifest) -> str:
    rows = sum(manifest.rows.values())
    return f"{rows} rows of {len(manifest.rows)} tables at {manifest.taken_at}, revision {manifest.revision}."


def _progress() -> Progress:
    """A line every 64 MB."""
    told = [TOLD_EVERY]

    def tell(done: int) -> None:
        if done >= told[0]:
            told[0] = done + TOLD_EVERY
            click.echo(f"  {done >> 20} MB", err=True)

    return tell


COMMANDS = (backup, restore)
