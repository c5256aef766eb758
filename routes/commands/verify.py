"""`flask verify FILE`: is a signed file as it was signed?"""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from enforcement.adapters.key_files import UnusableKey
from enforcement.adapters.signing import NotGenuine, PublicKey, opened, public_from_pem

readable = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("file", type=readable)
@click.option(
    "--key", "key_file", type=readable, help="A published key (PEM); otherwise this installation's."
)
@with_appcontext
def verify(file: Path, key_file: Path | None) -> None:
    """Check an evidence pack or a daily log: who signed it and when, or what is wrong with it."""
    try:
        seal = opened(file.read_bytes(), _key(key_file))
    except (NotGenuine, UnusableKey) as wrong:
        raise click.ClickException(f"NOT GENUINE: {wrong}") from None
    click.echo(f"Genuine: signed by {seal.by} at {seal.at.isoformat()} with the key {seal.key}.")
    click.echo(f"SHA-256 of what was signed: {seal.sha256}")


def _key(file: Path | None) -> PublicKey:
    if file:
        return public_from_pem(file.read_bytes())
    ours: PublicKey = current_app.extensions["openpatrol"].signing_key.public
    return ours
