"""An officer on duty: their shift, what they are doing, and what they have in hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Assignment, JournalRow, Shift, Task
from ..domain.refusals import NotFound
from ..domain.tasks import ShiftState, next_shift_state
from . import check_ins, tasks, zones


@dataclass(frozen=True, slots=True)
class InHand:
    """A shift, the task that its officer was offered or has accepted, and those that they raised themselves (if
    asked for), all of them locked."""

    shift: Shift
    task: Task | None
    assignment: Assignment | None
    beside: Sequence[tuple[Task, Assignment]] = ()


def find(session: Session, shift_id: UUID, *, lock: bool = False) -> Shift:
    """The shift. Raises NotFound, also for another authority's."""
    shift = session.get(
        Shift, (session.info["authority_id"], shift_id), with_for_update=lock or None, populate_existing=lock
    )
    if shift is None:
        raise NotFound(f"There is no shift {shift_id}.")
    return shift


def current(session: Session, officer_id: UUID) -> Shift | None:
    """The shift that the officer is on."""
    return session.scalars(
        select(Shift).where(
            Shift.authority_id == session.info["authority_id"],
            Shift.officer_id == officer_id,
            Shift.started_at.is_not(None),
            Shift.ended_at.is_(None),
        )
    ).first()


def in_hand(session: Session, shift_id: UUID, *, beside: bool = False) -> InHand:
    """The shift and what its officer has in hand (and `beside` it), locked in the order that all follow: tasks first.

    Which tasks those are can only be seen without a lock. If they changed while we waited for the shift, we let
    go of all and look again.
    """
    while True:
        held = session.begin_nested()
        seen = _live(session, shift_id, beside)
        locked = tasks.lock_all(session, [each.task_id for each in seen], with_stays=True)
        shift = find(session, shift_id, lock=True)
        work = _live(session, shift_id, beside)
        if {each.task_id for each in work} == set(locked):
            held.commit()
            return _sorted(shift, [(locked[each.task_id], each) for each in work])
        held.rollback()


def _sorted(shift: Shift, work: Sequence[tuple[Task, Assignment]]) -> InHand:
    beside = [(task, each) for task, each in work if each.beside]
    task, assignment = next(((task, each) for task, each in work if not each.beside), (None, None))
    return InHand(shift, task, assignment, beside)


def _live(session: Session, shift_id: UUID, beside: bool) -> Sequence[Assignment]:
    live = select(Assignment).where(
        Assignment.authority_id == session.info["authority_id"],
        Assignment.shift_id == shift_id,
        Assignment.state != "ended",
    )
    if not beside:
        live = live.where(~Assignment.beside)
    return session.scalars(live.execution_options(populate_existing=True)).all()


def live(session: Session, shift_id: UUID) -> Assignment | None:
    """What its officer was offered or has accepted, beside what they raised themselves; not held."""
    return next(iter(_live(session, shift_id, beside=False)), None)


def change(
    session: Session,
    shift: Shift,
    wanted: ShiftState,
    now: datetime,
    since: datetime | None = None,
    actor: str | None = None,
) -> None:
    """From now on the officer does this; `since` an earlier time, where the phone was offline.

    Raises NotNow if it can't follow what they do.
    """
    before = shift.state
    shift.state = next_shift_state(ShiftState(shift.state), wanted).value
    if shift.state == before:
        return
    shift.version += 1
    shift.state_since = since or now
    shift.busy_until = None
    check_ins.begin(shift, now)
    if wanted is ShiftState.ENDED:
        shift.overrun_at = None
    if wanted in (ShiftState.ENDED, ShiftState.BREAK):
        zones.look_no_more(session, shift, now)
    session.flush()
    earlier: dict[str, Any] = {"since": since} if since and since < now else {}
    journal.record(
        session,
        f"shift.{shift.state}",
        shift.id,
        at=now,
        officer_id=shift.officer_id,
        actor=actor,
        before=before,
        **earlier,
    )


def follow(session: Session, shift: Shift, doing: ShiftState, done_at: datetime, now: datetime) -> None:
    """What the officer did then means that they do this, unless they have said since then what they do."""
    if shift.state_at is None or shift.state_at <= done_at:
        change(session, shift, doing, now, done_at)


def note(session: Session, shift: Shift, was: ShiftState, now: datetime, since: datetime) -> None:
    """For the log alone: what the officer did at a time of which something later is known already."""
    shift.version += 1
    kind = f"shift.{was.value}"
    journal.record(session, kind, shift.id, at=now, officer_id=shift.officer_id, since=since)


def since(row: Row[Any] | JournalRow) -> datetime:
    """When a change of state that the journal knows was made: the phone's word, where it came late."""
    said = row.facts.get("since")
    return datetime.fromisoformat(said) if said else row.at
