"""A record that comes late is judged by when it was done: while the task was still in that officer's hand."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Assignment, Shift, Task
from ..domain.tasks import EndReason, TaskState

NOBODYS = (TaskState.WAITING, TaskState.ESCALATED, TaskState.WITHDRAWN)
LEFT = (
    EndReason.SHIFT_ENDED,
    EndReason.WITHDRAWN,
    EndReason.FROZEN,
)  # neither given up by its officer nor taken by another


def since(done_at: datetime, now: datetime) -> dict[str, Any]:
    """For the journal: when it was done, if that was before it came."""
    return {"since": done_at} if done_at < now else {}


def hand_at(session: Session, task: Task, done_at: datetime) -> Assignment | None:
    """Whose work the task was at that time, if nobody has had it, closed it or taken it back since.

    A task that only the sweep withdrew counts: a car that left later takes nothing from what was seen before.
    The task is locked by the caller.
    """
    if task.state not in NOBODYS or task.ended_by:
        return None
    last = session.execute(
        select(Assignment, Shift.ended_at)
        .join(Shift, (Shift.authority_id == Assignment.authority_id) & (Shift.id == Assignment.shift_id))
        .where(Assignment.authority_id == task.authority_id, Assignment.task_id == task.id)
        .order_by(Assignment.offered_at.desc(), Assignment.id.desc())
        .limit(1)
        .with_for_update(of=Assignment)
    ).first()
    return last.Assignment if last and _was_theirs(last.Assignment, last.ended_at, done_at) else None


def _was_theirs(work: Assignment, shift_ended_at: datetime | None, done_at: datetime) -> bool:
    if work.end_reason not in LEFT or work.accepted_at is None or work.ended_at is None:
        return False
    return work.accepted_at <= done_at <= min(work.ended_at, shift_ended_at or work.ended_at)
