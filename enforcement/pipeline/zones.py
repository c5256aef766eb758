"""In their zones or not: an officer who leaves them is not lost, but the supervisor knows."""

from datetime import datetime

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Shift, ShiftZone, Zone
from ..domain import safety
from ..domain.safety import AlertKind
from . import alerts
from .check_ins import last_seen


def watch(session: Session, shift: Shift, now: datetime) -> None:
    """Leaving one's zones tells the supervisor, once each time; coming back puts that away."""
    if shift.lon is None or shift.lat is None:
        return
    outlines = session.scalars(
        select(Zone.outline)
        .join(ShiftZone, (ShiftZone.authority_id == Zone.authority_id) & (ShiftZone.zone_id == Zone.id))
        .where(
            Zone.authority_id == shift.authority_id, ShiftZone.shift_id == shift.id, Zone.retired_at.is_(None)
        )
    ).all()
    if not outlines:
        return
    zones = shapely.union_all(list(outlines))
    out = safety.outside(zones, lon=shift.lon, lat=shift.lat, accuracy_m=shift.accuracy_m or 0.0)
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
    elif out is False and shift.left_zones_at:
        shift.left_zones_at = None
        alerts.clear(session, AlertKind.OUT_OF_ZONES, shift.id, now, resolve=True)
