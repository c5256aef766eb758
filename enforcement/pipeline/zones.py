"""In their zones or not: an officer who leaves them is not lost, but the supervisor knows."""

from datetime import datetime
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, Shift, ShiftZone, Zone
from ..domain import safety
from ..domain.safety import AlertKind
from . import alerts
from .check_ins import last_seen


def watch(session: Session, shift: Shift, going_to: UUID | None, now: datetime) -> None:
    """Leaving one's zones tells the supervisor, once each time; coming back puts that away.

    `going_to`: the bay to which the officer was sent. Who is on a way that leads outside is where they should be.
    """
    if shift.lon is None or shift.lat is None:
        return
    zones = _of(session, shift)
    if zones is None:
        return
    out = safety.outside(zones, lon=shift.lon, lat=shift.lat, accuracy_m=shift.accuracy_m or 0.0)
    if out and going_to and _leads_outside(session, zones, going_to):
        out = False
    if out and shift.left_zones_at is None:
        shift.left_zones_at = now
        alerts.raise_alert(
            session,
            AlertKind.OUT_OF_ZONES,
            "shift",
            shift.id,
            now,
            officer_id=shift.officer_id,
            at=last_seen(shift),
        )
    elif out is False:
        look_no_more(session, shift, now)


def look_no_more(session: Session, shift: Shift, now: datetime) -> None:
    """The officer is back, on a break or at home: nobody need look for them."""
    if shift.left_zones_at:
        shift.left_zones_at = None
        alerts.clear(session, AlertKind.OUT_OF_ZONES, shift.id, now, resolve=True)


def _of(session: Session, shift: Shift) -> BaseGeometry | None:
    outlines = session.scalars(
        select(Zone.outline)
        .join(ShiftZone, (ShiftZone.authority_id == Zone.authority_id) & (ShiftZone.zone_id == Zone.id))
        .where(
            Zone.authority_id == shift.authority_id, ShiftZone.shift_id == shift.id, Zone.retired_at.is_(None)
        )
    ).all()
    return shapely.union_all(list(outlines)) if outlines else None


def _leads_outside(session: Session, zones: BaseGeometry, bay_id: UUID) -> bool:
    bay = session.get_one(Bay, (session.info["authority_id"], bay_id))
    return safety.leads_outside(zones, lon=bay.lon, lat=bay.lat)
