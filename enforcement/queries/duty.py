"""Shifts as people read them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..adapters.tables import BriefingRead, Person, Shift, ShiftLog, ShiftZone, Zone
from ..domain.safety import missed_at
from ..domain.tasks import ShiftState

UPCOMING = timedelta(hours=24)


def shifts(session: Session, query: Select) -> list[dict[str, Any]]:
    """Shifts as people read them; `query` is a choice of `shift_query`."""
    rows = session.execute(query.order_by(Shift.planned_from, Shift.id)).all()
    ids = [shift.id for shift, _ in rows]
    zones, briefed, signed = _zones_of_shifts(session, ids), _briefed(session, ids), _signed(session, ids)
    return [
        {
            "id": shift.id,
            "officer": {"id": shift.officer_id, "name": name},
            "state": shift.state,
            "version": shift.version,
            "zones": zones[shift.id],
            "planned_from": shift.planned_from,
            "planned_to": shift.planned_to,
            "started_at": shift.started_at,
            "ended_at": shift.ended_at,
            "state_since": shift.state_since,
            "busy_until": shift.busy_until,
            "check_in_minutes": shift.check_in_minutes,
            "check_in_by": _check_in_by(shift),
            "briefed_at": briefed.get(shift.id),
            "log_signed_at": signed.get(shift.id),
            "position": {
                "lon": shift.lon,
                "lat": shift.lat,
                "accuracy_m": shift.accuracy_m,
                "at": shift.fix_at,
            }
            if shift.fix_at
            else None,
        }
        for shift, name in rows
    ]


def positions(session: Session) -> Sequence[Any]:
    """Where those on shift were seen last: `shift_id`, `lon`, `lat`, `accuracy_m`, `at`. Nobody on a break."""
    return session.execute(
        select(Shift.id.label("shift_id"), Shift.lon, Shift.lat, Shift.accuracy_m, Shift.fix_at.label("at"))
        .where(
            Shift.authority_id == session.info["authority_id"],
            Shift.started_at.is_not(None),
            Shift.ended_at.is_(None),
            Shift.fix_at.is_not(None),
            Shift.state != ShiftState.BREAK,
        )
        .order_by(Shift.id)
    ).all()


def shift(session: Session, shift_id: UUID) -> dict[str, Any]:
    """One shift, which is there."""
    return shifts(session, shift_query(session).where(Shift.id == shift_id))[0]


def shift_query(session: Session) -> Select:
    """All shifts of the authority with their officer's name, to be narrowed."""
    return (
        select(Shift, Person.name)
        .join(Person, (Person.authority_id == Shift.authority_id) & (Person.id == Shift.officer_id))
        .where(Shift.authority_id == session.info["authority_id"])
    )


def shift_of(session: Session, officer_id: UUID, now: datetime) -> dict[str, Any] | None:
    """The shift that an officer is on, else the next one planned within a day."""
    mine = shift_query(session).where(Shift.officer_id == officer_id, Shift.ended_at.is_(None))
    on = shifts(session, mine.where(Shift.started_at.is_not(None)))
    coming = mine.where(
        Shift.started_at.is_(None), Shift.planned_to > now, Shift.planned_from < now + UPCOMING
    )
    found = on or shifts(session, coming)
    return found[0] if found else None


def _check_in_by(shift: Shift) -> datetime | None:
    """When a missing sign of life is an alarm; None while none is asked for."""
    if shift.check_in_at is None or shift.alive_at is None or shift.check_in_minutes is None:
        return None
    return missed_at(shift.alive_at, shift.check_in_minutes)


def _briefed(session: Session, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """By shift, when its officer last read the briefing."""
    rows = session.execute(
        select(BriefingRead.shift_id, func.max(BriefingRead.read_at))
        .where(BriefingRead.authority_id == session.info["authority_id"], BriefingRead.shift_id.in_(ids))
        .group_by(BriefingRead.shift_id)
    )
    return dict(rows.all())


def _signed(session: Session, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """By shift, when its officer signed the log."""
    rows = session.execute(
        select(ShiftLog.shift_id, ShiftLog.signed_at).where(
            ShiftLog.authority_id == session.info["authority_id"], ShiftLog.shift_id.in_(ids)
        )
    )
    return dict(rows.all())


def _zones_of_shifts(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    zones: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for shift_id, zone_id, name in session.execute(
        select(ShiftZone.shift_id, Zone.id, Zone.name)
        .join(Zone, (Zone.authority_id == ShiftZone.authority_id) & (Zone.id == ShiftZone.zone_id))
        .where(ShiftZone.authority_id == session.info["authority_id"], ShiftZone.shift_id.in_(ids))
        .order_by(Zone.name)
    ):
        zones[shift_id].append({"id": zone_id, "name": name})
    return zones
