"""One zone in two: the officers of the whole patrol both parts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Shift, ShiftZone, Zone
from ..journal import Entry
from .zones import Drawn, add_zone, held, redraw_zone


def split_zone(
    session: Session, zone_id: UUID, version: int, parts: tuple[Drawn, Drawn], actor: str, now: datetime
) -> tuple[Zone, Zone]:
    """The zone becomes its first part, and the second is a new one. Raises StaleZone, Conflict and Invalid.

    Shifts that have the whole and have not ended have both parts from now on: a line on the map takes nobody's work.
    """
    held(session, zone_id)
    shifts = _shifts_with(session, zone_id)
    first = redraw_zone(session, zone_id, version, parts[0], actor, now)
    second = add_zone(session, parts[1], actor, now, split_from=str(zone_id))
    _give(session, shifts, second, actor, now)
    return first, second


def _shifts_with(session: Session, zone_id: UUID) -> Sequence[Shift]:
    """In the order of their ids, for nobody else to change."""
    return session.scalars(
        select(Shift)
        .join(ShiftZone, (ShiftZone.authority_id == Shift.authority_id) & (ShiftZone.shift_id == Shift.id))
        .where(
            Shift.authority_id == session.info["authority_id"],
            ShiftZone.zone_id == zone_id,
            Shift.ended_at.is_(None),
        )
        .order_by(Shift.id)
        .with_for_update(of=Shift)
        .execution_options(populate_existing=True)
    ).all()


def _give(session: Session, shifts: Sequence[Shift], zone: Zone, actor: str, now: datetime) -> None:
    if not shifts:
        return
    rows = [{"authority_id": zone.authority_id, "shift_id": shift.id, "zone_id": zone.id} for shift in shifts]
    session.execute(insert(ShiftZone), rows)
    entries = []
    for shift in shifts:
        shift.version += 1
        told: dict[str, Any] = {"also": str(zone.id)}
        entries.append(Entry("shift.zones", "shift", shift.id, now, told, shift.officer_id, actor))
    journal.record_all(session, entries)
