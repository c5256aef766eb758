"""Councils, people and keys from a terminal."""

import click
from flask import current_app
from flask.cli import with_appcontext

from enforcement import people

from ..auth import clock
from ..database import session
from .terminal import act_for_named, authority_option, in_words


@click.command("create-authority")
@click.argument("slug")
@click.option("--name", required=True, help="As people know it: “London Borough of Camford”.")
@click.option("--time-zone", default="Europe/London", show_default=True)
@click.option("--country", default="GB", show_default=True, help="For the public holidays: an ISO code.")
@click.option("--subdivision", default="ENG", show_default=True, help="England's differ from Scotland's.")
@click.option("--policy", default="single-sighting", show_default=True, help="Or devon-2021.")
@with_appcontext
@in_words
def create_authority(
    slug: str, name: str, time_zone: str, country: str, subdivision: str, policy: str
) -> None:
    """Add a council."""
    people.create_authority(session, slug, name, time_zone, country, subdivision or None, policy)
    session.commit()
    click.echo(f"{name} is there. Next: flask create-admin --authority {slug} --email … --name …")


@click.command("create-admin")
@authority_option
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--password", default=None, help="Left out, a link to choose one is printed.")
@with_appcontext
@in_words
def create_admin(slug: str, email: str, name: str, password: str | None) -> None:
    """Add an administrator."""
    _create(slug, email, name, "administrator", password)


@click.command("create-person")
@authority_option
@click.option("--role", required=True, type=click.Choice(people.ROLES))
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--password", default=None, help="Left out, a link to choose one is printed.")
@with_appcontext
@in_words
def create_person(slug: str, role: str, email: str, name: str, password: str | None) -> None:
    """Add an officer, a supervisor or an administrator."""
    _create(slug, email, name, role, password)


def _create(slug: str, email: str, name: str, role: str, password: str | None) -> None:
    act_for_named(slug)
    now = clock()
    person = people.create_person(session, email, name, role, password, "command", now)
    link = None if password else people.make_reset_link(session, person.id, None, now)
    session.commit()
    click.echo(f"{person.email} may sign in as {role} of {slug}.")
    if link:
        url = current_app.extensions["openpatrol"].public_url
        click.echo(f"Choose a password before {link[1]:%d %B, %H:%M} UTC: {url}/password/#{link[0]}")


@click.command("create-key")
@authority_option
@click.option("--name", required=True, help="Which system will use it.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(people.SCOPES))
@with_appcontext
@in_words
def create_key(slug: str, name: str, scopes: tuple[str, ...]) -> None:
    """Add a machine's key; it is printed this once."""
    act_for_named(slug)
    _, token = people.create_key(session, name, scopes, None, clock())
    session.commit()
    click.echo(token)


COMMANDS = (create_authority, create_admin, create_person, create_key)
