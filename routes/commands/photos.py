"""`flask check-photos`: is every photo there, and as it was when it came?"""

from functools import partial

import click
from flask import current_app
from flask.cli import with_appcontext

from enforcement.pipeline.photos import checked

from .councils import every_council, session_of
from .terminal import in_words


@click.command("check-photos")
@with_appcontext
@in_words
def check_photos() -> None:
    """Read every photo of every council again, after a restore say; names those that are missing or changed."""
    folder = current_app.extensions["openpatrol"].photos
    wrong = 0
    for authority_id, slug in every_council():
        whole = 0
        for name, as_it_came in checked(partial(session_of, authority_id), folder):
            whole += as_it_came
            if not as_it_came:
                wrong += 1
                click.echo(f"{slug}: {name.path} is missing or changed")
        click.echo(f"{slug}: {whole} photos are as they came")
    if wrong:
        raise click.ClickException(f"{wrong} photos are not as they came.")
