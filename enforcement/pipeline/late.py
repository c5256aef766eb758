"""A record that comes late is judged by when it was done: while the task was still in that officer's hand."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Assignment, Shift, Task
from ..domain.tasks import EndReason, TaskState

NOBODYS = (TaskState.WAITING, TaskState.ESCALATED, TaskState.WITHDRAWN)
# Neither given up by its officer nor taken by another.
LEFT = (EndReason.SHIFT_ENDED, EndReason.WITHDRAWN, EndReason.FROZEN)


def since(done_at: datetime, now: datetime) -> dict[str, Any]:
    """For the journal: when it was done, if that was before it came."""
    return {"since": done_at} if done_at < now else {}


def hand_at(session: Session, task: Task, done_at: datetime) -> Assignment | None:
    """Whose work the task was at that time, if nobody has had it, closed it or taken it back since.

    It is also theirs while it waits for their second look.

    A task that only the sweep withdrew counts: a car that left later takes nothing from what was seen before.
    The task is locked by the caller.
    """
    if task.state not in NOBODYS or task.ended_by:
        return None
    last = session.execute(
        select(Assignment, Shift.ended_at)
        .join(Shift, (Shift.authority_id == Assignment.authority_id) & (Shift.id == Assignment.shift_id))
        .where(
            Assignment.authority_id == task.authority_id,
            Assignment.task_id == task.id,
            Assignment.accepted_at.is_not(None),
        )
        .order_by(Assignment.offered_at.desc(), Assignment.id.desc())
        .limit(1)
        .with_for_update(of=Assignment)
    ).first()
    return last.Assignment if last and _was_theirs(task, last.Assignment, last.ended_at, done_at) else None


def _was_theirs(task: Task, work: Assignment, shift_ended_at: datetime | None, done_at: datetime) -> bool:
    """From when they accepted it until it was taken from them, or from who waits for it, or their shift ended."""
    waits_for_them = work.end_reason == EndReason.COMPLETED and task.only_for_id == work.officer_id
    if work.accepted_at is None or not (waits_for_them or work.end_reason in LEFT):
        return False
    until = [task.ended_at if waits_for_them else work.ended_at, shift_ended_at]
    return work.accepted_at <= done_at and all(done_at <= each for each in until if each)
