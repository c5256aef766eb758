"""`flask import bays|zones|streets|sensors|rights FILE`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from enforcement.pipeline.rules import rules_of
from enforcement.places import bay_files, rights_lists, sensor_files, streets, zone_files
from enforcement.places.imports import AllOrNothing, Faulty, Imported

from ..auth import clock
from ..database import session
from .terminal import act_for_named, authority_option, in_words

LISTS = ("rights", "streets")


@click.command("import")
@click.argument("what", type=click.Choice(["bays", "zones", "streets", "sensors", "rights"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@authority_option
@click.option("--name", help="Of rights and streets: the list that this file replaces; `permits`, say.")
@click.option("--strict", is_flag=True, help="All or nothing.")
@with_appcontext
@in_words
def import_file(what: str, file: Path, slug: str, name: str | None, strict: bool) -> None:
    """Take bays, zones or streets (GeoJSON), sensors or rights (CSV); what is refused is listed with why."""
    if what not in LISTS if name else what == "rights":
        raise click.UsageError("--name goes with rights, which need it, and with streets.")
    act_for_named(slug)
    try:
        result = _import(what, file.read_bytes(), name, strict)
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
    place = f"line {fault.index + 2}" if what in ("sensors", "rights") else f"feature {fault.index + 1}"
    return f"  {place}: {fault.reference or '(no reference)'}: {fault.detail}"


def _import(what: str, body: bytes, name: str | None, strict: bool) -> Imported:
    now = clock()
    if what == "streets":
        return streets.replace(session, name or "streets", body, "command", now, strict=strict)
    if name:
        return rights_lists.replace(session, name, body, "command", now, strict=strict)
    if what == "bays":
        calendar = rules_of(session, now).calendar
        return bay_files.bays(session, body, calendar, now, "command", strict=strict, settle=session.commit)
    if what == "zones":
        return zone_files.zones(session, body, "command", now, strict=strict)
    return sensor_files.sensors(session, body, now, "command", strict=strict, settle=session.commit)
