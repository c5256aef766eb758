"""What an officer is told before going out, of the zones and days of their shift. Reads only.

Nothing in it depends on the moment at which it is read, so that what was read can be known again by its sum.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ..adapters.tables import (
    Authority,
    Bay,
    BriefingNote,
    EventDay,
    Freeze,
    Patrol,
    Shift,
    ShiftZone,
    SuspensionRow,
    Task,
    Zone,
    ZoneBay,
)
from ..domain.briefing import Day, day_of
from ..domain.expressions import holiday_names
from ..domain.patrols import windows_between
from ..domain.safety import NEARBY_M, metres_away
from ..pipeline.patrols import hours_of, terms_of
from ..pipeline.rules import Rules
from ..pipeline.safety import WHY

Told = dict[str, Any]


def told(session: Session, shift: Shift, rules: Rules) -> Told:
    """Hazards, notes, suspensions, the days' calendar, standing patrols, and the equipment to look over."""
    day = day_of(shift.planned_from, shift.planned_to, rules.zone)
    zones = _zones(session, shift)
    notes = _notes(session, [zone.id for zone in zones], day)
    bays = _bays(session, [zone.id for zone in zones])
    return {
        "hazards": [*_unsafe(session, zones), *(_note(*each) for each in notes if each[0].hazard)],
        "notes": [_note(*each) for each in notes if not each[0].hazard],
        "suspensions": _suspensions(session, bays, shift, day),
        "days": _days(session, day),
        "patrols": _patrols(session, bays, shift, rules),
        "equipment": list(rules.policy.equipment),
    }


def _zones(session: Session, shift: Shift) -> Sequence[Zone]:
    ours = (ShiftZone.authority_id == shift.authority_id, ShiftZone.shift_id == shift.id)
    return session.scalars(
        select(Zone)
        .join(ShiftZone, (ShiftZone.authority_id == Zone.authority_id) & (ShiftZone.zone_id == Zone.id))
        .where(*ours, Zone.retired_at.is_(None))
        .order_by(Zone.name)
    ).all()


def _bays(session: Session, zones: Collection[UUID]) -> Select[UUID]:
    return select(ZoneBay.bay_id).where(
        ZoneBay.authority_id == session.info["authority_id"], ZoneBay.zone_id.in_(zones)
    )


def _unsafe(session: Session, zones: Sequence[Zone]) -> Iterable[Told]:
    """Places that are frozen, in the zones or within a walk of them."""
    if not zones:
        return
    area = shapely.union_all([zone.outline for zone in zones])
    standing = session.execute(
        select(Freeze, Bay.street)
        .join(Task, (Task.authority_id == Freeze.authority_id) & (Task.id == Freeze.task_id))
        .join(Bay, (Bay.authority_id == Task.authority_id) & (Bay.id == Task.bay_id))
        .where(Freeze.authority_id == session.info["authority_id"], Freeze.released_at.is_(None))
        .order_by(Freeze.id)
    )
    for row, street in standing:
        if metres_away(area, lon=row.lon, lat=row.lat) <= NEARBY_M:
            place = {"lon": row.lon, "lat": row.lat, "radius_m": row.radius_m, "since": row.starts_at}
            yield {"id": row.id, "kind": "unsafe", "text": WHY, "street": street, **place, "zone": None}


def _notes(session: Session, zones: Collection[UUID], day: Day) -> Sequence[Any]:
    return session.execute(
        select(BriefingNote, Zone.name)
        .outerjoin(Zone, (Zone.authority_id == BriefingNote.authority_id) & (Zone.id == BriefingNote.zone_id))
        .where(
            BriefingNote.authority_id == session.info["authority_id"],
            BriefingNote.retired_at.is_(None),
            or_(BriefingNote.zone_id.is_(None), BriefingNote.zone_id.in_(zones)),
            BriefingNote.first_day <= day.last,
            or_(BriefingNote.last_day.is_(None), BriefingNote.last_day >= day.first),
        )
        .order_by(BriefingNote.id)
    ).all()


def _note(row: BriefingNote, zone: str | None) -> Told:
    place = {"street": None, "lon": None, "lat": None, "radius_m": None, "since": None} if row.hazard else {}
    named = {"id": row.zone_id, "name": zone} if row.zone_id else None
    return {"id": row.id, "kind": "note", "text": row.text, **place, "zone": named}


def _suspensions(session: Session, bays: Select[UUID], shift: Shift, day: Day) -> list[Told]:
    """Those in force during the shift, or that begin on one of its days."""
    rows = session.execute(
        select(SuspensionRow, Bay)
        .join(Bay, (Bay.authority_id == SuspensionRow.authority_id) & (Bay.id == SuspensionRow.bay_id))
        .where(
            SuspensionRow.authority_id == session.info["authority_id"],
            SuspensionRow.bay_id.in_(bays),
            SuspensionRow.cancelled_at.is_(None),
            SuspensionRow.ends_at > shift.planned_from,
            SuspensionRow.starts_at < day.ends,
            Bay.retired_at.is_(None),
        )
        .order_by(Bay.street, Bay.reference, SuspensionRow.starts_at, SuspensionRow.id)
    )
    return [
        {
            "id": row.id,
            "bay_id": bay.id,
            "reference": bay.reference,
            "street": bay.street,
            "why": row.why,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
        }
        for row, bay in rows
    ]


def _days(session: Session, day: Day) -> list[Told]:
    authority = session.get_one(Authority, session.info["authority_id"])
    years = {date.year for date in day.dates}
    holidays = holiday_names(authority.country, authority.subdivision, years)
    rows = session.execute(
        select(EventDay.day, EventDay.name)
        .where(EventDay.authority_id == authority.id, EventDay.day.in_(day.dates))
        .order_by(EventDay.day, EventDay.name)
    ).all()
    return [
        {"day": date, "holiday": holidays.get(date), "events": [name for at, name in rows if at == date]}
        for date in day.dates
    ]


def _patrols(session: Session, bays: Select[UUID], shift: Shift, rules: Rules) -> list[Told]:
    rows = session.execute(
        select(Patrol, Bay)
        .join(Bay, (Bay.authority_id == Patrol.authority_id) & (Bay.id == Patrol.bay_id))
        .where(
            Patrol.authority_id == rules.authority_id,
            Patrol.retired_at.is_(None),
            Patrol.paused_at.is_(None),
            Patrol.bay_id.in_(bays),
        )
        .order_by(Patrol.name)
    )
    asked = [(patrol, bay, _windows(patrol, shift, rules)) for patrol, bay in rows]
    return [_patrol(*each) for each in asked if each[2]]


def _windows(patrol: Patrol, shift: Shift, rules: Rules) -> list[Told]:
    spans = windows_between(hours_of(patrol, rules), terms_of(patrol), shift.planned_from, shift.planned_to)
    return [{"window_from": begins, "window_until": ends} for begins, ends in spans]


def _patrol(patrol: Patrol, bay: Bay, windows: list[Told]) -> Told:
    said = {name: getattr(patrol, name) for name in ("id", "name", "instructions", "minutes")}
    return {**said, "street": bay.street, "reference": bay.reference, "spot": bay.spot, "windows": windows}
