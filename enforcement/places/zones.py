"""Patrol areas, and the bays that lie in them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

import shapely
from shapely.geometry import Polygon
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, Zone, ZoneBay
from ..domain.refusals import Conflict, NotFound
from ..pipeline import tasks
from .known import get


class StaleZone(Conflict):
    """Somebody else changed the zone meanwhile; nothing was overwritten."""

    type, title = "stale-zone", "The zone has changed"


def add_zone(session: Session, name: str, colour: str, outline: Polygon, actor: str, now: datetime) -> Zone:
    """A new patrol area, with the bays that it covers."""
    ours = session.info["authority_id"]
    _check_name_free(session, name, None)
    zone = Zone(authority_id=ours, id=uuid7(), name=name, colour=colour, outline=outline, version=1)
    session.add(zone)
    session.flush()
    _members(session, zone)
    journal.record(session, "zone.created", zone.id, at=now, actor=actor, name=name)
    tasks.want_plan(session, now)
    return zone


def redraw_zone(
    session: Session,
    zone_id: UUID,
    version: int,
    name: str,
    colour: str,
    outline: Polygon,
    actor: str,
    now: datetime,
) -> Zone:
    """Change a zone and the membership of its bays, in one transaction. Raises StaleZone."""
    zone = session.get(
        Zone, (session.info["authority_id"], zone_id), with_for_update=True, populate_existing=True
    )
    if zone is None or zone.retired_at:
        raise NotFound(f"There is no zone {zone_id}.")
    if zone.version != version:
        raise StaleZone(
            f"Somebody changed this zone: it is at version {zone.version} now.", version=zone.version
        )
    _check_name_free(session, name, zone_id)
    zone.name, zone.colour, zone.outline, zone.version = name, colour, outline, version + 1
    session.flush()
    session.execute(
        delete(ZoneBay).where(ZoneBay.authority_id == zone.authority_id, ZoneBay.zone_id == zone.id)
    )
    _members(session, zone)
    journal.record(session, "zone.redrawn", zone.id, at=now, actor=actor, version=zone.version)
    tasks.want_plan(session, now)
    return zone


def retire_zone(session: Session, zone_id: UUID, actor: str, now: datetime) -> None:
    """The zone is used no more; shifts keep their history."""
    zone = get(session, Zone, zone_id, "zone")
    zone.retired_at = now
    session.execute(
        delete(ZoneBay).where(ZoneBay.authority_id == zone.authority_id, ZoneBay.zone_id == zone.id)
    )
    journal.record(session, "zone.retired", zone.id, at=now, actor=actor)
    tasks.want_plan(session, now)


def _check_name_free(session: Session, name: str, but: UUID | None) -> None:
    same = select(Zone.id).where(
        Zone.authority_id == session.info["authority_id"], Zone.name == name, Zone.retired_at.is_(None)
    )
    taken = session.scalars(same).first()
    if taken and taken != but:
        raise Conflict(f"There is a zone {name!r} already.")


def _members(session: Session, zone: Zone) -> None:
    bays = session.scalars(
        select(Bay).where(Bay.authority_id == zone.authority_id, Bay.retired_at.is_(None))
    ).all()
    _connect(session, [zone], bays)


def find_zones(session: Session, bays: Iterable[Bay]) -> None:
    """In which zones these bays lie; edges count as inside."""
    bays = list(bays)
    ours = session.info["authority_id"]
    zones = session.scalars(select(Zone).where(Zone.authority_id == ours, Zone.retired_at.is_(None))).all()
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
