"""What an officer did without a signal about a task that was theirs to do: it is put into their hand, as it was then.

An offer that was answered in time counts although the answer came late, and who came back for a second look that
waits for them has taken it: unless another officer has had the task since, or somebody took it back.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Assignment, Bay, Shift, Task
from ..domain.tasks import EndReason, TaskEvent, TaskState
from . import duty, late, offers, safety, tasks

WHY = "Was on it without a signal"


def answered_in_time(
    session: Session, task_id: UUID, officer_id: UUID, done_at: datetime
) -> Assignment | None:
    """The offer of this task that the officer accepted before it was over, although we hear of it only now."""
    return session.scalars(
        select(Assignment)
        .where(
            Assignment.authority_id == session.info["authority_id"],
            Assignment.task_id == task_id,
            Assignment.officer_id == officer_id,
            Assignment.end_reason == EndReason.MISSED.value,
            Assignment.offered_at <= done_at,
            Assignment.expires_at >= done_at,
        )
        .limit(1)
    ).first()


def kept_for(session: Session, task_id: UUID, officer_id: UUID) -> bool:
    """Does the second look wait for this officer? Then the task changes only by being offered to them."""
    kept = select(Task.only_for_id).where(
        Task.authority_id == session.info["authority_id"], Task.id == task_id
    )
    return session.scalar(kept) == officer_id


def take_up(
    session: Session, task_id: UUID, officer_id: UUID, done_at: datetime, now: datetime
) -> Task | None:
    """Put a task that nobody has into this officer's hand, as of when they began; None if it can't be.

    An offer that was made to them meanwhile is taken back: they were busy. Raises Conflict where it is unsafe.
    """
    shift = duty.current(session, officer_id)
    if shift is None:
        return None
    between = duty.live(session, shift.id)
    held = tasks.lock_all(session, [task_id, *([between.task_id] if between else [])], with_stays=True)
    shift, between = duty.find(session, shift.id, lock=True), duty.live(session, shift.id)
    task = held.get(task_id)
    if task is None or shift.ended_at or not _nobodys(session, task, officer_id):
        return None
    if between and not _taken_back(session, between, held.values(), now):
        return None
    safety.require_safe(session, session.get_one(Bay, (task.authority_id, task.bay_id)))
    _give(session, task, shift, min(done_at, now), now)
    return task


def _nobodys(session: Session, task: Task, officer_id: UUID) -> bool:
    open_to_them = task.only_for_id in (None, officer_id)
    return task.state in offers.TO_GIVE and open_to_them and tasks.live_assignment(session, task.id) is None


def _taken_back(session: Session, offer: Assignment, held: Iterable[Task], now: datetime) -> bool:
    """False where it is work that they have accepted, or an offer that came just now."""
    task = next((task for task in held if task.id == offer.task_id), None)
    if offer.state != "offered" or task is None:
        return False
    tasks.take_offer_back(session, task, offer, now)
    tasks.want_plan(session, now)
    return True


def _give(session: Session, task: Task, shift: Shift, began: datetime, now: datetime) -> None:
    work = tasks.assign(
        session,
        task,
        shift,
        state="accepted",
        offered_at=began,
        accepted_at=began,
        expires_at=now,
        expected_value=0.0,
        reason=WHY,
    )
    shift.near_task_id, shift.fixes_near = None, 0
    told = {"assignment_id": work.id, **late.since(began, now)}
    steps = [tasks.step(task, event, now, **told) for event in (TaskEvent.OFFER, TaskEvent.ACCEPT)]
    journal.record_all(session, steps)


def had_it(
    session: Session, task_id: UUID, answer: Assignment, done_at: datetime, now: datetime
) -> Task | None:
    """It is over by now: what they did in it is judged as if the answer had come in time. None if it is another's."""
    task = tasks.lock_with_stay(session, task_id)
    shift = session.get_one(Shift, (task.authority_id, answer.shift_id), with_for_update=True)
    withdrawn = task.state == TaskState.WITHDRAWN
    until = task.ended_at if withdrawn else shift.ended_at
    if task.ended_by or until is None or done_at > until or not (withdrawn or task.state in offers.TO_GIVE):
        return None
    answer.accepted_at, answer.ended_at = done_at, until
    answer.end_reason = (EndReason.WITHDRAWN if withdrawn else EndReason.SHIFT_ENDED).value
    journal.record(
        session, "assignment.answered", answer.id, at=now, officer_id=answer.officer_id,
        task_id=task.id, bay_id=task.bay_id, since=done_at,
    )  # fmt: skip
    return task
