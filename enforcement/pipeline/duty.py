"""An officer on duty: their shift, what they are doing, and what they have in hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Assignment, Shift, Task
from ..domain.refusals import NotFound
from ..domain.tasks import ShiftState, next_shift_state
from . import check_ins, tasks


@dataclass(frozen=True, slots=True)
class InHand:
    """A shift, and the task that its officer was offered or has accepted, all of them locked."""

    shift: Shift
    task: Task | None
    assignment: Assignment | None


def find(session: Session, shift_id: UUID, *, lock: bool = False) -> Shift:
    """The shift. Raises NotFound, also for another authority's."""
    shift = session.get(
        Shift, (session.info["authority_id"], shift_id), with_for_update=lock or None, populate_existing=lock
    )
    if shift is None:
        raise NotFound(f"There is no shift {shift_id}.")
    return shift


def in_hand(session: Session, shift_id: UUID) -> InHand:
    """The shift and what its officer has in hand, locked in the order that all follow: the task first.

    Which task that is can only be seen without a lock. If it changed while we waited for the shift, we let
    go of both and look again.
    """
    while True:
        held = session.begin_nested()
        seen = _live(session, shift_id)
        task = tasks.lock_with_stay(session, seen.task_id) if seen else None
        shift = find(session, shift_id, lock=True)
        assignment = _live(session, shift_id)
        if (assignment and assignment.task_id) == (task and task.id):
            held.commit()
            return InHand(shift, task, assignment)
        held.rollback()


def _live(session: Session, shift_id: UUID) -> Assignment | None:
    return session.scalars(
        select(Assignment)
        .where(
            Assignment.authority_id == session.info["authority_id"],
            Assignment.shift_id == shift_id,
            Assignment.state != "ended",
        )
        .execution_options(populate_existing=True)
    ).first()


def change(
    session: Session, shift: Shift, wanted: ShiftState, now: datetime, since: datetime | None = None
) -> None:
    """From now on the officer does this; `since` an earlier time, where the phone was offline.

    Raises NotNow if it can't follow what they do.
    """
    before = shift.state
    shift.state = next_shift_state(ShiftState(shift.state), wanted).value
    if shift.state == before:
        return
    shift.version += 1
    shift.busy_until = None
    check_ins.begin(shift, now)
    if wanted is ShiftState.ENDED:
        shift.overrun_at = None
    session.flush()
    earlier: dict[str, Any] = {"since": since} if since and since < now else {}
    journal.record(
        session,
        f"shift.{shift.state}",
        shift.id,
        at=now,
        officer_id=shift.officer_id,
        before=before,
        **earlier,
    )


def since(row: Row[Any]) -> datetime:
    """When a change of state that the journal knows was made: the phone's word, where it came late."""
    said = row.facts.get("since")
    return datetime.fromisoformat(said) if said else row.at
