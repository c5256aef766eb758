"""A day's shifts once more, on another day: what will be planned, what can't be and why; then all of it or none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Person, Shift, ShiftZone, Zone
from ..domain.briefing import day_of
from ..domain.refusals import Conflict, Invalid
from ..domain.roster import Span, on_day
from . import roster


@dataclass(frozen=True, slots=True)
class Repeat:
    """A shift of the day before, and what becomes of it: planned already (`there`), not to be planned (`why_not`),
    or to be planned in `zones`; `gone` are zones that are on the map no more."""

    source: Shift
    officer: Person
    zones: Sequence[Zone]
    gone: Sequence[Zone]
    span: Span
    there: UUID | None = None
    why_not: str | None = None


def preview(session: Session, from_day: date, day: date, zone: ZoneInfo, now: datetime) -> list[Repeat]:
    """What a copy of `from_day` to `day` would do, in the order of officers' names. Shifts that were called off, or
    begin on another day, are no part of it. Raises Invalid.
    """
    if day == from_day:
        words = "Is the day that is copied."
        raise Invalid.at("/day", words)
    sources = _beginning_on(session, from_day, zone)
    zones = _zones(session, [shift.id for shift, _ in sources])
    spans = [on_day(Span(shift.planned_from, shift.planned_to), day, zone) for shift, _ in sources]
    taken = _taken(session, [officer.id for _, officer in sources], spans)
    found = []
    for (shift, officer), span in zip(sources, spans, strict=True):
        repeat = _judged(shift, officer, zones.get(shift.id, []), span, taken, now)
        if repeat.why_not is None and repeat.there is None:
            taken.append((officer.id, None, span))
        found.append(repeat)
    return found


def _beginning_on(session: Session, day: date, zone: ZoneInfo) -> list[tuple[Shift, Person]]:
    begins = datetime(day.year, day.month, day.day, tzinfo=zone)
    hours = day_of(begins, begins + timedelta(hours=1), zone)
    rows = session.execute(
        select(Shift, Person)
        .join(Person, (Person.authority_id == Shift.authority_id) & (Person.id == Shift.officer_id))
        .where(
            Shift.authority_id == session.info["authority_id"],
            Shift.planned_from >= hours.begins,
            Shift.planned_from < hours.ends,
            Shift.ended_at.is_(None) | Shift.started_at.is_not(None),
        )
        .order_by(Person.name, Person.id, Shift.planned_from, Shift.id)
    )
    return [(shift, officer) for shift, officer in rows]


def _zones(session: Session, shift_ids: Collection[UUID]) -> dict[UUID, list[Zone]]:
    rows = session.execute(
        select(ShiftZone.shift_id, Zone)
        .join(Zone, (Zone.authority_id == ShiftZone.authority_id) & (Zone.id == ShiftZone.zone_id))
        .where(ShiftZone.authority_id == session.info["authority_id"], ShiftZone.shift_id.in_(shift_ids))
        .order_by(Zone.name)
    )
    found: dict[UUID, list[Zone]] = {}
    for shift_id, zone in rows:
        found.setdefault(shift_id, []).append(zone)
    return found


Taken = list[tuple[UUID, UUID | None, Span]]  # whose, the shift if it is planned already, and when


def _taken(session: Session, officers: Collection[UUID], spans: Sequence[Span]) -> Taken:
    if not spans:
        return []
    rows = session.scalars(
        select(Shift).where(
            Shift.authority_id == session.info["authority_id"],
            Shift.officer_id.in_(officers),
            Shift.ended_at.is_(None),
            Shift.planned_from < max(span.ends for span in spans),
            Shift.planned_to > min(span.begins for span in spans),
        )
    )
    return [(row.officer_id, row.id, Span(row.planned_from, row.planned_to)) for row in rows]


def _judged(
    shift: Shift, officer: Person, zones: Sequence[Zone], span: Span, taken: Taken, now: datetime
) -> Repeat:
    standing = [zone for zone in zones if zone.retired_at is None]
    gone = [zone for zone in zones if zone.retired_at is not None]
    theirs = [(shift_id, other) for officer_id, shift_id, other in taken if officer_id == officer.id]
    there = next((shift_id for shift_id, other in theirs if shift_id and other == span), None)
    meets = not there and any(other.meets(span) for _, other in theirs)
    why_not = None if there else _why_not(officer, standing, span, meets, now)
    return Repeat(shift, officer, standing, gone, span, there, why_not)


def _why_not(officer: Person, zones: Sequence[Zone], span: Span, meets: bool, now: datetime) -> str | None:
    if officer.disabled_at or officer.role != "officer":
        return f"{officer.name} is no officer here any more."
    if span.ends <= now:
        return "That time is over."
    if meets:
        return f"{officer.name} has a shift at that time already."
    return None if zones else "Its zones are on the map no more."


def repeat(
    session: Session,
    from_day: date,
    day: date,
    shifts: Collection[UUID],
    zone: ZoneInfo,
    actor: str,
    now: datetime,
) -> list[UUID]:
    """Plan these shifts of `from_day` on `day` too; the new ones, and those that were planned already. Twice is once.

    Raises Conflict, and plans none of them, if one can't be planned (any more).
    """
    _hold_officers(session, from_day, zone)
    known = {each.source.id: each for each in preview(session, from_day, day, zone, now)}
    errors = [
        {"pointer": f"/shifts/{index}", "detail": words}
        for index, shift_id in enumerate(shifts)
        if (words := _refused(known.get(shift_id)))
    ]
    if errors:
        raise Conflict("Nothing was planned: not all of it can be any more. Look again.", errors=errors)
    return [_planned(session, known[shift_id], actor, now) for shift_id in dict.fromkeys(shifts)]


def _hold_officers(session: Session, from_day: date, zone: ZoneInfo) -> None:
    """All at once and in order: two supervisors who copy the same day take turns."""
    officers = [officer.id for _, officer in _beginning_on(session, from_day, zone)]
    session.execute(
        select(Person.id)
        .where(Person.authority_id == session.info["authority_id"], Person.id.in_(officers))
        .order_by(Person.id)
        .with_for_update()
    )


def _refused(found: Repeat | None) -> str | None:
    return found.why_not if found else "There is no such shift on that day."


def _planned(session: Session, each: Repeat, actor: str, now: datetime) -> UUID:
    if each.there:
        return each.there
    zones = [zone.id for zone in each.zones]
    return roster.plan(session, each.officer.id, zones, each.span.begins, each.span.ends, actor, now).id
