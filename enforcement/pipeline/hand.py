"""In whose hand a task is, or was when something was done about it: everything locked that a step may change."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Assignment, Shift, Task
from ..domain.refusals import Forbidden, StaleTask
from ..domain.tasks import TaskEvent, TaskState
from . import catching_up, late, tasks

NOT_YOURS = "This task is not yours."


@dataclass(frozen=True, slots=True)
class Visit:
    """An officer's hand on a task: everything locked that the step may change, and when the step was done.

    `over`: the work ended before what was done in it came in.
    """

    task: Task
    assignment: Assignment
    shift: Shift
    done_at: datetime
    over: bool


def visit(
    session: Session,
    task_id: UUID,
    officer_id: UUID,
    done_at: datetime,
    *,
    version: int | None = None,
) -> Visit:
    """The task in this officer's hand; or as it was in their hand when this was done.

    With a `version` it must be as their phone saw it: decisions ask for that, facts are true whatever changed, and
    what they raised themselves nobody else changes.
    Raises NotFound, Forbidden (it was never theirs), StaleTask (it is not theirs any more, or it changed).
    """
    task = tasks.lock_with_stay(session, task_id)
    assignment = tasks.live_assignment(session, task_id)
    if assignment is None:
        assignment = late.hand_at(session, task, done_at)
    if assignment is None or assignment.officer_id != officer_id:
        mine = was_offered(session, task_id, officer_id)
        if not mine:
            raise Forbidden(NOT_YOURS)
        raise StaleTask(gone_words(task, assignment), task_id=task.id)
    over = assignment.ended_at is not None
    if version not in (None, task.version) and not (over or task.found):
        raise StaleTask("This task has changed since your phone last saw it.", task_id=task.id)
    shift = session.get_one(Shift, (task.authority_id, assignment.shift_id), with_for_update=True)
    return Visit(task, assignment, shift, done_at, over)


def at_the_car(
    session: Session,
    task_id: UUID,
    officer_id: UUID,
    done_at: datetime,
    now: datetime,
    *,
    version: int | None = None,
) -> Visit:
    """As `visit`, for who is there: they have accepted what they are asked to, or taken up what waits for them."""
    kept = catching_up.kept_for(session, task_id, officer_id)
    if kept:
        catching_up.take_up(session, task_id, officer_id, done_at, now)
    here = visit(session, task_id, officer_id, done_at, version=None if kept else version)
    if here.assignment.state == "offered" and (kept or done_at >= here.assignment.offered_at):
        accepted(session, here, now)
    return here


def in_hand(
    session: Session, task_id: UUID, officer_id: UUID, version: int | None, done_at: datetime
) -> Visit:
    """As `visit`, for what can only be decided while the task is still theirs, and as they saw it."""
    here = visit(session, task_id, officer_id, done_at, version=version)
    if here.over:
        raise StaleTask(gone_words(here.task, None), task_id=here.task.id)
    return here


def was_offered(session: Session, task_id: UUID, officer_id: UUID) -> bool:
    """Was this task ever this officer's to do?"""
    return (
        session.scalars(
            select(Assignment.id)
            .where(
                Assignment.authority_id == session.info["authority_id"],
                Assignment.task_id == task_id,
                Assignment.officer_id == officer_id,
            )
            .limit(1)
        ).first()
        is not None
    )


def gone_words(task: Task, assignment: Assignment | None) -> str:
    """Why it is in this officer's hand no more."""
    if assignment is not None:
        return "Another officer has this task now."
    if task.state == TaskState.WITHDRAWN:
        return f"This task is withdrawn. {task.ended_why or ''}".strip()
    if task.state == TaskState.CLOSED:
        return "This task is closed."
    return "This offer is over: it went back to wait for an officer."


def accepted(session: Session, here: Visit, now: datetime) -> None:
    """Its officer is going."""
    here.assignment.state = "accepted"
    here.assignment.accepted_at = now
    here.shift.near_task_id, here.shift.fixes_near = None, 0
    told = {"assignment_id": here.assignment.id, **late.since(here.done_at, now)}
    tasks.move(session, here.task, TaskEvent.ACCEPT, now, **told)
