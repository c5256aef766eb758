"""`flask import bays|zones|sensors FILE`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from enforcement.pipeline.rules import rules_of
from enforcement.places import imports
from enforcement.places.imports import AllOrNothing, Faulty, Imported

from ..auth import clock
from ..database import session
from .terminal import act_for_named, authority_option, in_words


@click.command("import")
@click.argument("what", type=click.Choice(["bays", "zones", "sensors"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@authority_option
@click.option("--strict", is_flag=True, help="All or nothing.")
@with_appcontext
@in_words
def import_file(what: str, file: Path, slug: str, strict: bool) -> None:
    """Take bays or zones (GeoJSON) or sensors (CSV) from a file; what is refused is listed with its reason."""
    act_for_named(slug)
    try:
        result = _import(what, file.read_bytes(), strict)
    except AllOrNothing as refusal:
        for fault in refusal.extra["refused"]:
            click.echo(_told(what, Faulty(**fault)), err=True)
        raise
    session.commit()
    for fault in result.refused:
        click.echo(_told(what, fault), err=True)
    click.echo(f"{result.taken} new, {result.updated} updated, {len(result.refused)} refused.")


def _told(what: str, fault: Faulty) -> str:
    """Where it stands as an editor counts, which item, and why it was refused."""
    place = f"line {fault.index + 2}" if what == "sensors" else f"feature {fault.index + 1}"
    return f"  {place}: {fault.reference or '(no reference)'}: {fault.detail}"


def _import(what: str, body: bytes, strict: bool) -> Imported:
    now = clock()
    if what == "bays":
        return imports.bays(session, body, rules_of(session, now).calendar, now, strict=strict)
    if what == "zones":
        return imports.zones(session, body, "command", now, strict=strict)
    return imports.sensors(session, body, now, strict=strict)
