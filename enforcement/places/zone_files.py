"""Zones to a file and back: what there is as GeoJSON, and what an import would change before it does."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Any

from shapely.geometry import mapping
from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import queries
from ..adapters.tables import Zone
from ..domain.refusals import Conflict, Invalid
from .imports import Imported, all_or_nothing, each, features_in, properties_of, text_in
from .zones import Drawn, add_zone, in_turn, loose_bays, outline_from, redraw_zone

COLOURS = ("#005a5b", "#6b4200", "#0a5c36", "#44545d", "#9c1c1c")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
COMPARED = ("colour", "hours", "outline")
Shown = dict[str, Any]


class ZonesChanged(Conflict):
    """The zones are others than those that a preview was made of; nothing was taken."""

    type, title = "zones-changed", "The zones have changed"


def zones(session: Session, body: bytes, actor: str, now: datetime, *, strict: bool = False) -> Imported:
    """A GeoJSON FeatureCollection of zones: Polygon; properties name and, if you like, colour (#rrggbb) and hours.

    A zone that is known keeps the colour and the hours that its feature does not name; hours of null are always.
    """
    in_turn(session)
    ours = (Zone.authority_id == session.info["authority_id"], Zone.retired_at.is_(None))
    known = {zone.name: zone for zone in session.scalars(select(Zone).where(*ours))}

    def take(feature: dict[str, Any]) -> bool:
        """Whether it is new."""
        says = properties_of(feature)
        name, colour = text_in(says, "name", 100), _colour(says)
        outline = outline_from(feature.get("geometry"), "/geometry")
        zone = known.get(name)
        if zone is None:
            colour = colour or COLOURS[len(known) % len(COLOURS)]
            drawn = Drawn(name, colour, outline, _hours(says, None))
            known[name] = add_zone(session, drawn, actor, now)
            return True
        drawn = Drawn(name, colour or zone.colour, outline, _hours(says, zone.hours))
        redraw_zone(session, zone.id, zone.version, drawn, actor, now)
        return False

    def take_alone(feature: Any) -> bool:
        with session.begin_nested():  # one that fails leaves nothing behind
            return take(feature)

    features = features_in(body)
    answers, refused = each(features, lambda f: str(properties_of(f).get("name", "")), take_alone)
    if strict:
        all_or_nothing(session, refused, len(features))
    new = sum(is_new for *_, is_new in answers)
    return Imported(new, len(answers) - new, refused)


def _colour(says: dict[str, Any]) -> str | None:
    colour = says.get("colour")
    if colour is not None and not (isinstance(colour, str) and COLOUR.fullmatch(colour)):
        raise Invalid("colour must be #rrggbb")
    return colour


def _hours(says: dict[str, Any], known: str | None) -> str | None:
    if says.get("hours", known) is None:
        return None
    return text_in(says, "hours", 1000) if "hours" in says else known


def exported(session: Session, now: datetime) -> dict[str, Any]:
    """The zones in use as a FeatureCollection that an import takes again."""
    return {"type": "FeatureCollection", "features": [_feature(zone) for zone in queries.zones(session, now)]}


def _feature(zone: Shown) -> dict[str, Any]:
    properties = {name: zone[name] for name in ("name", "colour", "hours")}
    return {"type": "Feature", "geometry": mapping(zone["outline"]), "properties": properties}


def take_in(
    session: Session, body: bytes, actor: str, now: datetime, *, strict: bool, seen: str | None
) -> Imported:
    """As `zones`; with `seen`, only if the zones are as they were in the preview. Raises ZonesChanged."""
    in_turn(session)
    if seen is not None and seen != _mark(queries.zones(session, now)):
        raise ZonesChanged("Somebody changed a zone since this preview was made: look at it again.")
    return zones(session, body, actor, now, strict=strict)


def preview(session: Session, body: bytes, actor: str, now: datetime) -> dict[str, Any]:
    """What an import of this file would do; nothing of it is kept. Raises Unreadable.

    `zones`: those that it would add or change, as they would be; `loose`: bays in no zone, then and now.
    """
    before, loose = queries.zones(session, now), loose_bays(session)
    result = zones(session, body, actor, now)
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


def _compared(zone: Shown, was: Shown | None) -> Shown:
    changed = [name for name in COMPARED if was and was[name] != zone[name]]
    return {**zone, "new": was is None, "changed": changed, "bays_before": was["bays"] if was else 0}


def _mark(zones: list[Shown]) -> str:
    """One text for the zones as they are; another one as soon as anybody changes one."""
    versions = sorted(f"{zone['id']}:{zone['version']}" for zone in zones)
    return sha256(" ".join(versions).encode()).hexdigest()
