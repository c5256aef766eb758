"""Zones to a file and back: what there is as GeoJSON, and what an import would change before it does."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from shapely.geometry import mapping
from sqlalchemy.orm import Session

from .. import queries
from ..domain.refusals import Conflict
from . import imports
from .imports import Imported
from .zones import loose_bays

COMPARED = ("colour", "hours", "outline")
Zone = dict[str, Any]


class ZonesChanged(Conflict):
    """The zones are others than those that a preview was made of; nothing was taken."""

    type, title = "zones-changed", "The zones have changed"


def exported(session: Session, now: datetime) -> dict[str, Any]:
    """The zones in use as a FeatureCollection that an import takes again."""
    return {"type": "FeatureCollection", "features": [_feature(zone) for zone in queries.zones(session, now)]}


def _feature(zone: Zone) -> dict[str, Any]:
    properties = {name: zone[name] for name in ("name", "colour", "hours")}
    return {"type": "Feature", "geometry": mapping(zone["outline"]), "properties": properties}


def take_in(
    session: Session, body: bytes, actor: str, now: datetime, *, strict: bool, seen: str | None
) -> Imported:
    """As `imports.zones`; with `seen`, only if the zones are as they were in the preview. Raises ZonesChanged."""
    if seen is not None and seen != _mark(queries.zones(session, now)):
        raise ZonesChanged("Somebody changed a zone since this preview was made: look at it again.")
    return imports.zones(session, body, actor, now, strict=strict)


def preview(session: Session, body: bytes, actor: str, now: datetime) -> dict[str, Any]:
    """What an import of this file would do; nothing of it is kept. Raises Unreadable.

    `zones`: those that it would add or change, as they would be; `loose`: bays in no zone, then and now.
    """
    before, loose = queries.zones(session, now), loose_bays(session)
    result = imports.zones(session, body, actor, now)
    after, loose_then = queries.zones(session, now), loose_bays(session)
    session.rollback()
    known = {zone["id"]: zone for zone in before}
    compared = [_compared(zone, known.get(zone["id"])) for zone in after]
    return {
        "taken": result.taken,
        "updated": sum(not zone["new"] for zone in compared if zone["changed"]),
        "refused": result.refused,
        "zones": [zone for zone in compared if zone["new"] or zone["changed"]],
        "loose": loose,
        "loose_then": loose_then,
        "seen": _mark(before),
    }


def _compared(zone: Zone, was: Zone | None) -> Zone:
    changed = [name for name in COMPARED if was and was[name] != zone[name]]
    return {**zone, "new": was is None, "changed": changed, "bays_before": was["bays"] if was else 0}


def _mark(zones: list[Zone]) -> str:
    """One text for the zones as they are; another one as soon as anybody changes one."""
    versions = sorted(f"{zone['id']}:{zone['version']}" for zone in zones)
    return sha256(" ".join(versions).encode()).hexdigest()
