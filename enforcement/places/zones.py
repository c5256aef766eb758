"""Patrol areas, and the bays that lie in them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import shapely
from shapely.geometry import Polygon
from sqlalchemy import ColumnElement, delete, func, insert, select, text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, Zone, ZoneBay
from ..domain.hours import check_hours
from ..domain.refusals import Conflict, Invalid, NotFound, Stale, about
from ..domain.zones import LEAST_M2, MOST_CORNERS
from ..pipeline import tasks
from ..pipeline.rules import rules_of
from .geometry import polygon, square_metres

IN_TURN = text("SELECT pg_advisory_xact_lock(hashtext('openpatrol.zones'), hashtext(:authority_id))")
SAID = ("name", "colour", "hours")  # what the journal quotes; a shape would be too long


class StaleZone(Stale):
    """Somebody else changed the zone meanwhile; nothing was overwritten."""

    type, title = "stale-zone", "The zone has changed"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A zone as somebody wants it; without `hours` it is always active."""

    name: str
    colour: str
    outline: Polygon
    hours: str | None = None


def outline_from(geojson: Any, pointer: str = "/outline") -> Polygon:
    """The outline of a zone, out of GeoJSON. Raises Invalid with the reason."""
    outline = polygon(geojson, pointer, MOST_CORNERS)
    if square_metres(outline) < LEAST_M2:
        raise Invalid.at(pointer, f"A zone of less than {LEAST_M2:.0f} m² has room for no patrol.")
    return outline


def in_turn(session: Session) -> None:
    """Zones are drawn and bays are moved one at a time, or a bay that is moved while a zone is drawn over it would
    be missed. Whoever does more in the transaction asks for it first; only bays may be held before."""
    session.execute(IN_TURN, {"authority_id": str(session.info["authority_id"])})


def add_zone(session: Session, drawn: Drawn, actor: str, now: datetime, **facts: Any) -> Zone:
    """A new patrol area, with the bays that it covers. Raises Conflict and Invalid; the journal keeps `facts` too."""
    in_turn(session)
    _check(session, drawn, None, now)
    zone = Zone(
        authority_id=session.info["authority_id"],
        id=uuid7(),
        name=drawn.name,
        colour=drawn.colour,
        outline=drawn.outline,
        hours=drawn.hours,
        version=1,
    )
    session.add(zone)
    session.flush()
    bays = _members(session, zone)
    journal.record(session, "zone.created", zone.id, at=now, actor=actor, name=zone.name, bays=bays, **facts)
    tasks.want_plan(session, now)
    return zone


def redraw_zone(
    session: Session, zone_id: UUID, version: int, drawn: Drawn, actor: str, now: datetime
) -> Zone:
    """Change a zone and the membership of its bays, in one transaction. Raises StaleZone, Conflict and Invalid."""
    zone = held(session, zone_id)
    if zone.version != version:
        raise StaleZone(
            f"Somebody changed this zone: it is at version {zone.version} now.", version=zone.version
        )
    _check(session, drawn, zone_id, now)
    facts = _differences(zone, drawn)
    if facts is None:
        return zone
    facts["bays_before"] = _bays_in(session, zone)
    zone.name, zone.colour, zone.outline, zone.hours = drawn.name, drawn.colour, drawn.outline, drawn.hours
    zone.version += 1
    session.flush()
    _leave(session, zone)
    bays = _members(session, zone)
    journal.record(
        session, "zone.redrawn", zone.id, at=now, actor=actor, version=zone.version, bays=bays, **facts
    )
    tasks.want_plan(session, now)
    return zone


def _differences(zone: Zone, drawn: Drawn) -> dict[str, Any] | None:
    """What is other than it was, for the journal; None if nothing is."""
    changed = [name for name in SAID if getattr(zone, name) != getattr(drawn, name)]
    redrawn = zone.outline != drawn.outline
    if not (changed or redrawn):
        return None
    was, now = ({name: getattr(each, name) for name in changed} for each in (zone, drawn))
    return {"was": was, "now": now, "outline": redrawn}


def retire_zone(session: Session, zone_id: UUID, actor: str, now: datetime) -> None:
    """The zone is used no more; shifts keep their history. Raises NotFound."""
    zone = held(session, zone_id)
    zone.retired_at = now
    _leave(session, zone)
    journal.record(session, "zone.retired", zone.id, at=now, actor=actor, name=zone.name)
    tasks.want_plan(session, now)


def restore_zone(session: Session, zone_id: UUID, actor: str, now: datetime) -> Zone:
    """A zone that was retired is used again, by the shifts that had it too. Raises NotFound and Conflict."""
    zone = held(session, zone_id, retired=True)
    if zone.retired_at is None:
        return zone
    _check_name_free(session, zone.name, zone_id)
    zone.retired_at = None
    session.flush()
    bays = _members(session, zone)
    journal.record(session, "zone.restored", zone.id, at=now, actor=actor, name=zone.name, bays=bays)
    tasks.want_plan(session, now)
    return zone


def held(session: Session, zone_id: UUID, *, retired: bool = False) -> Zone:
    """The zone, as it is now, for nobody else to change; one that was retired only if asked for. Raises NotFound."""
    in_turn(session)
    zone = session.get(
        Zone,
        (session.info["authority_id"], zone_id),
        with_for_update={"key_share": True},  # a shift may be given it meanwhile
        populate_existing=True,
    )
    if zone is None or (zone.retired_at and not retired):
        raise NotFound(f"There is no zone {zone_id}.")
    return zone


def event_changed(session: Session, name: str, now: datetime) -> None:
    """The days of an event are others: where zones are active by it, the plan is made anew."""
    by_event = select(Zone.id).where(
        Zone.authority_id == session.info["authority_id"],
        Zone.retired_at.is_(None),
        Zone.hours.contains(f"EV:{name}", autoescape=True),
    )
    if session.scalars(by_event.limit(1)).first():
        tasks.want_plan(session, now)


def loose_bays(session: Session) -> int:
    """How many bays in use lie in no zone: no officer is ever sent there."""
    lying = select(ZoneBay.bay_id).where(ZoneBay.authority_id == Bay.authority_id, ZoneBay.bay_id == Bay.id)
    loose = (
        select(func.count())
        .select_from(Bay)
        .where(
            Bay.authority_id == session.info["authority_id"],
            Bay.retired_at.is_(None),
            Bay.spot.is_(False),
            ~lying.exists(),
        )
    )
    return session.scalar(loose) or 0


def _check(session: Session, drawn: Drawn, but: UUID | None, now: datetime) -> None:
    _check_name_free(session, drawn.name, but)
    if drawn.hours is not None:
        with about("/hours"):
            check_hours(drawn.hours, rules_of(session, now).calendar)


def _check_name_free(session: Session, name: str, but: UUID | None) -> None:
    same = select(Zone.id).where(
        Zone.authority_id == session.info["authority_id"], Zone.name == name, Zone.retired_at.is_(None)
    )
    taken = session.scalars(same).first()
    if taken and taken != but:
        raise Conflict(f"There is a zone {name!r} already.")


def _members(session: Session, zone: Zone) -> int:
    """Find the bays in it; how many, without the places of standing patrols."""
    bays = session.scalars(
        select(Bay).where(Bay.authority_id == zone.authority_id, Bay.retired_at.is_(None))
    ).all()
    _connect(session, [zone], bays)
    return _bays_in(session, zone)


def _bays_in(session: Session, zone: Zone) -> int:
    inside = (
        select(func.count())
        .select_from(ZoneBay)
        .join(Bay, (Bay.authority_id == ZoneBay.authority_id) & (Bay.id == ZoneBay.bay_id))
        .where(_in(zone), Bay.retired_at.is_(None), Bay.spot.is_(False))
    )
    return session.scalar(inside) or 0


def _leave(session: Session, zone: Zone) -> None:
    session.execute(delete(ZoneBay).where(_in(zone)))


def _in(zone: Zone) -> ColumnElement[bool]:
    return (ZoneBay.authority_id == zone.authority_id) & (ZoneBay.zone_id == zone.id)


def find_zones(session: Session, bays: Iterable[Bay]) -> None:
    """In which zones these bays lie; edges count as inside."""
    bays = list(bays)
    ours = session.info["authority_id"]
    in_turn(session)
    in_use = select(Zone).where(Zone.authority_id == ours, Zone.retired_at.is_(None))
    zones = session.scalars(in_use.execution_options(populate_existing=True)).all()
    session.execute(
        delete(ZoneBay).where(ZoneBay.authority_id == ours, ZoneBay.bay_id.in_([bay.id for bay in bays]))
    )
    _connect(session, zones, bays)


def _connect(session: Session, zones: Iterable[Zone], bays: Collection[Bay]) -> None:
    if not bays:
        return
    points = shapely.points([bay.lon for bay in bays], [bay.lat for bay in bays])
    ids = [bay.id for bay in bays]
    rows = []
    for zone in zones:
        shapely.prepare(zone.outline)
        inside = shapely.covers(zone.outline, points)
        rows += [
            {"authority_id": zone.authority_id, "zone_id": zone.id, "bay_id": id_}
            for id_, covered in zip(ids, inside, strict=True)
            if covered
        ]
    if rows:
        session.execute(insert(ZoneBay), rows)
