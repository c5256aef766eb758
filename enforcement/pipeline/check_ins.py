"""Signs of life: the server keeps the time, so that a dead phone alarms."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Shift
from ..domain import notices, safety
from ..domain.fences import Fix
from ..domain.refusals import Conflict
from ..domain.safety import AlertKind
from ..domain.tasks import ON_DUTY, ShiftState
from . import alerts, messages


def ask_for(session: Session, shift: Shift, minutes: int | None, actor: str, now: datetime) -> None:
    """From now on a sign of life is due every so many minutes, or none any more. The shift is held by the caller."""
    if shift.ended_at:
        raise Conflict("This shift has ended.")
    if minutes == shift.check_in_minutes:
        return
    shift.check_in_minutes = minutes
    shift.version += 1
    begin(shift, now)
    journal.record(
        session,
        "shift.check-ins",
        shift.id,
        at=now,
        officer_id=shift.officer_id,
        actor=actor,
        minutes=minutes,
    )


def begin(shift: Shift, now: datetime) -> None:
    """The time runs from now, or stands: before the shift, on a break and after the end."""
    runs = ShiftState(shift.state) in ON_DUTY and shift.state != ShiftState.BREAK
    minutes = shift.check_in_minutes
    shift.alive_at = now if minutes else None
    shift.check_in_at = safety.warn_at(now, minutes) if minutes and runs else None


def alive(session: Session, officer_id: UUID, now: datetime) -> bool:
    """Something was heard of this officer. True if that mattered: a sign of life was asked for.

    A step of its own, before the one that brought it: it counts whatever becomes of that one, and holds nothing.
    """
    shift = session.scalars(
        select(Shift)
        .where(
            Shift.authority_id == session.info["authority_id"],
            Shift.officer_id == officer_id,
            Shift.check_in_minutes.is_not(None),
            Shift.started_at.is_not(None),
            Shift.ended_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if shift is None:
        return False
    begin(shift, now)
    alerts.clear(session, AlertKind.CHECK_IN, shift.id, now)
    return True


def look(session: Session, now: datetime) -> int:
    """Ask the phones that are nearly late, and raise the alarm for those that are; how many were due."""
    due = session.scalars(
        select(Shift)
        .where(Shift.authority_id == session.info["authority_id"], Shift.check_in_at <= now)
        .order_by(Shift.id)
        .with_for_update(skip_locked=True)
    ).all()
    for shift in due:
        _look_at(session, shift, now)
    return len(due)


def _look_at(session: Session, shift: Shift, now: datetime) -> None:
    if shift.alive_at is None or shift.check_in_minutes is None:
        shift.check_in_at = None
        return
    missed_at = safety.missed_at(shift.alive_at, shift.check_in_minutes)
    if now < missed_at:
        shift.check_in_at = missed_at
        notice = notices.check_in_due(shift.id, missed_at - now)
        messages.tell(session, [shift.officer_id], messages.CHECK_IN, notice, now)
        return
    shift.check_in_at = None
    alerts.raise_alert(
        session, AlertKind.CHECK_IN, "shift", shift.id, now, officer_id=shift.officer_id, at=last_seen(shift)
    )


def last_seen(shift: Shift) -> Fix | None:
    """Where the officer was last known to be."""
    if shift.lon is None or shift.lat is None or shift.fix_at is None:
        return None
    return Fix(shift.lon, shift.lat, shift.accuracy_m or 0.0, shift.fix_at)
