"""Who works when, and in which zones: what supervisors plan, change, and call off."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import versions
from ..adapters.tables import Person, Shift, ShiftZone, Zone
from ..domain.refusals import Conflict, Invalid, NotFound
from ..domain.roster import Span
from ..domain.tasks import ShiftState
from . import duty, tasks
from .rules import policy_of


def plan(
    session: Session,
    officer_id: UUID,
    zones: Collection[UUID],
    planned_from: datetime,
    planned_to: datetime,
    actor: str,
    now: datetime,
) -> Shift:
    """A supervisor says who works when, and where. Raises NotFound, Invalid, Conflict."""
    officer = session.get(Person, (session.info["authority_id"], officer_id))
    if officer is None or officer.role != "officer" or officer.disabled_at:
        raise NotFound(f"There is no officer {officer_id}.")
    span = _span(planned_from, planned_to)
    _require_free(session, officer, span)
    shift = Shift(
        authority_id=officer.authority_id,
        id=uuid7(),
        officer_id=officer_id,
        state=ShiftState.PLANNED.value,
        version=1,
        planned_from=span.begins,
        planned_to=span.ends,
    )
    session.add(shift)
    session.flush()
    assign_zones(session, shift, zones, actor, now)
    return shift


def _span(begins: datetime, ends: datetime) -> Span:
    if ends <= begins:
        raise Invalid("The shift must end after it begins.", errors=[_error("/planned_to", "is not later")])
    return Span(begins, ends)


def _require_free(session: Session, officer: Person, span: Span, but: UUID | None = None) -> None:
    """Nobody works two shifts at once. The person is held, so that two supervisors can't both plan one."""
    session.refresh(officer, with_for_update=True)
    theirs = select(Shift).where(
        Shift.authority_id == officer.authority_id,
        Shift.officer_id == officer.id,
        Shift.ended_at.is_(None),
        Shift.planned_from < span.ends,
        Shift.planned_to > span.begins,
    )
    if but:
        theirs = theirs.where(Shift.id != but)
    other = session.scalars(theirs.limit(1)).first()
    if other:
        words = f"{officer.name} has a shift at that time already."
        raise Conflict(words, shift_id=other.id, planned_from=other.planned_from, planned_to=other.planned_to)


def change(session: Session, shift_id: UUID, said: Mapping[str, Any], actor: str, now: datetime) -> Shift:
    """Other times, other zones: `zones`, `planned_from`, `planned_to`, those that are said. With `version` only if
    the shift is still as its supervisor saw it. Raises NotFound, Invalid, Conflict.
    """
    shift = duty.find(session, shift_id, lock=True)
    versions.check(shift, said.get("version"))
    if shift.ended_at:
        raise Conflict("This shift is over.")
    wanted = Span(said.get("planned_from", shift.planned_from), said.get("planned_to", shift.planned_to))
    if wanted != Span(shift.planned_from, shift.planned_to):
        _move(session, shift, wanted, actor, now)
    if "zones" in said:
        assign_zones(session, shift, said["zones"], actor, now)
    return shift


def _move(session: Session, shift: Shift, wanted: Span, actor: str, now: datetime) -> None:
    _span(wanted.begins, wanted.ends)
    if shift.started_at:
        _check_running(shift, wanted, now)
        shift.overrun_at = wanted.ends + policy_of(session).shift_overrun
    _require_free(session, _officer(session, shift), wanted, but=shift.id)
    shift.planned_from, shift.planned_to = wanted.begins, wanted.ends
    shift.version += 1
    journal.record(
        session, "shift.moved", shift.id, at=now, officer_id=shift.officer_id, actor=actor,
        planned_from=wanted.begins, planned_to=wanted.ends,
    )  # fmt: skip
    tasks.want_plan(session, now)


def _check_running(shift: Shift, wanted: Span, now: datetime) -> None:
    if wanted.begins != shift.planned_from:
        words = "The shift has begun: only its end can be moved."
        raise Invalid.at("/planned_from", words)
    if wanted.ends <= now:
        words = "Say a time that is still to come, or end the shift."
        raise Invalid.at("/planned_to", words)


def _officer(session: Session, shift: Shift) -> Person:
    return session.get_one(Person, (shift.authority_id, shift.officer_id))


def cancel(session: Session, shift_id: UUID, actor: str, now: datetime) -> Shift:
    """A shift that nobody has started is called off; its row stays. Twice is once. Raises NotFound, Conflict."""
    shift = duty.find(session, shift_id, lock=True)
    if shift.started_at:
        raise Conflict("This shift has begun: end it instead.")
    if shift.ended_at is None:
        shift.state, shift.ended_at = ShiftState.ENDED.value, now
        _record(session, "shift.cancelled", shift, actor, now)
    return shift


def restore(session: Session, shift_id: UUID, actor: str, now: datetime) -> Shift:
    """A shift that was called off stands again, if its officer has no other by now. Twice is once.

    Raises NotFound, Conflict.
    """
    shift = duty.find(session, shift_id, lock=True)
    if shift.started_at:
        raise Conflict("This shift was worked: it can't be planned again.")
    if shift.ended_at:
        _require_free(session, _officer(session, shift), Span(shift.planned_from, shift.planned_to))
        shift.state, shift.ended_at = ShiftState.PLANNED.value, None
        _record(session, "shift.restored", shift, actor, now)
    return shift


def _record(session: Session, kind: str, shift: Shift, actor: str, now: datetime) -> None:
    shift.version += 1
    journal.record(session, kind, shift.id, at=now, officer_id=shift.officer_id, actor=actor)


def assign_zones(session: Session, shift: Shift, zones: Collection[UUID], actor: str, now: datetime) -> None:
    """From now on this shift patrols these zones, and no others."""
    known = set(
        session.scalars(
            select(Zone.id).where(
                Zone.authority_id == shift.authority_id, Zone.id.in_(zones), Zone.retired_at.is_(None)
            )
        )
    )
    unknown = [zone for zone in zones if zone not in known]
    if unknown:
        errors = [_error(f"/zones/{list(zones).index(zone)}", "There is no such zone.") for zone in unknown]
        raise Invalid("Some zones are not on the map.", errors=errors)
    session.execute(
        delete(ShiftZone).where(ShiftZone.authority_id == shift.authority_id, ShiftZone.shift_id == shift.id)
    )
    rows = [
        {"authority_id": shift.authority_id, "shift_id": shift.id, "zone_id": zone} for zone in sorted(known)
    ]
    if rows:
        session.execute(insert(ShiftZone), rows)
    shift.version += 1
    journal.record(
        session, "shift.zones", shift.id, at=now, officer_id=shift.officer_id, actor=actor,
        zones=[str(zone) for zone in sorted(known)],
    )  # fmt: skip
    tasks.want_plan(session, now)


def _error(pointer: str, detail: str) -> dict[str, str]:
    return {"pointer": pointer, "detail": detail}
