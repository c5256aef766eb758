"""Tasks and the changes of their state: each one checked by the domain, counted, and journalled."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Assignment, Shift, StayRow, Task
from ..domain.notices import Change
from ..domain.refusals import NotFound
from ..domain.tasks import EndReason, TaskEvent, TaskState, next_state
from ..journal import Entry
from . import messages

CALLED_OFF = Change.CALLED_OFF.value


def lock(session: Session, task_id: UUID) -> Task:
    """The task, held until the transaction ends. Raises NotFound, also for another authority's."""
    task = session.scalars(
        select(Task)
        .where(Task.authority_id == session.info["authority_id"], Task.id == task_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if task is None:
        raise NotFound(f"There is no task {task_id}.")
    return task


def lock_with_stay(session: Session, task_id: UUID) -> Task:
    """The task, and before it the stay that it came of, as the sweep does: for steps that touch both."""
    stay_id = session.scalar(
        select(Task.stay_id).where(Task.authority_id == session.info["authority_id"], Task.id == task_id)
    )
    if stay_id:
        session.get(StayRow, (session.info["authority_id"], stay_id), with_for_update=True)
    return lock(session, task_id)


def lock_all(session: Session, ids: Collection[UUID], *, with_stays: bool = False) -> dict[UUID, Task]:
    """Several tasks, in the order of their ids, so that no two steps wait for each other.

    Their stays come first: a row that one transaction changes twice has its foreign keys checked again, which
    holds the stay, and who holds that may be waiting for the task. `with_stays`: the step changes them too.
    """
    ours = session.info["authority_id"]
    stays = select(Task.stay_id).where(Task.authority_id == ours, Task.id.in_(ids))
    session.execute(
        select(StayRow.id)
        .where(StayRow.authority_id == ours, StayRow.id.in_(stays))
        .order_by(StayRow.id)
        .with_for_update(read=not with_stays, key_share=not with_stays)
    )
    rows = session.scalars(
        select(Task)
        .where(Task.authority_id == ours, Task.id.in_(ids))
        .order_by(Task.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {task.id: task for task in rows}


def live_assignment(session: Session, task_id: UUID) -> Assignment | None:
    """The offer or the accepted work on this task, if there is any."""
    return session.scalars(
        select(Assignment)
        .where(
            Assignment.authority_id == session.info["authority_id"],
            Assignment.task_id == task_id,
            Assignment.state != "ended",
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def move(
    session: Session,
    task: Task,
    event: TaskEvent,
    now: datetime,
    *,
    actor: str | None = None,
    officer_id: UUID | None = None,
    **told: Any,
) -> None:
    """Change the task's state as `event` demands; NotNow if it can't be. `told` goes into the journal.

    `officer_id`: who did it, where the task is in nobody's hand any more.
    """
    entry = step(task, event, now, actor=actor, officer_id=officer_id, **told)
    journal.record_all(session, [entry])


def step(
    task: Task,
    event: TaskEvent,
    now: datetime,
    *,
    actor: str | None = None,
    officer_id: UUID | None = None,
    **told: Any,
) -> Entry:
    """As `move`, and what the journal is to say of it: who moves several tasks records them together."""
    task.state = next_state(TaskState(task.state), event, found=task.found).value
    task.version += 1
    facts = {"state": task.state, "version": task.version, "bay_id": task.bay_id, **told}
    return Entry(f"task.{event.value}", "task", task.id, now, facts, officer_id or task.officer_id, actor)


def assign(session: Session, task: Task, shift: Shift, **facts: Any) -> Assignment:
    """Put the task into the hand of this shift's officer: an offer, or their work already, as `facts` say."""
    assignment = Assignment(
        authority_id=task.authority_id,
        id=uuid7(),
        task_id=task.id,
        shift_id=shift.id,
        officer_id=shift.officer_id,
        **facts,
    )
    session.add(assignment)
    task.officer_id = shift.officer_id
    return assignment


def take_offer_back(session: Session, task: Task, offer: Assignment, now: datetime) -> None:
    """Its officer can't take it now: the task waits for another one."""
    end_assignment(session, offer, EndReason.REPLACED, now)
    move(session, task, TaskEvent.REPLACE, now)
    task.officer_id = None


def end_assignment(session: Session, assignment: Assignment, reason: EndReason, now: datetime) -> None:
    """The offer or work is over, for this reason. What was never offered has no story beside its task's."""
    assignment.state = "ended"
    assignment.ended_at = now
    assignment.end_reason = reason.value
    if assignment.beside:
        return
    journal.record(
        session,
        "assignment.ended",
        assignment.id,
        at=now,
        officer_id=assignment.officer_id,
        task_id=assignment.task_id,
        reason=reason.value,
    )


def withdraw(session: Session, task: Task, why: str, now: datetime, *, actor: str | None = None) -> None:
    """The reason to go there is gone: nobody is sent any more, and who was on the way hears of it."""
    assignment = live_assignment(session, task.id)
    task.ended_at = now
    task.ended_why = why
    task.ended_by = actor
    # The journal keeps our words; what a person wrote stays on the task.
    told: dict[str, Any] = {} if actor else {"why": why}
    move(session, task, TaskEvent.WITHDRAW, now, actor=actor, **told)
    if assignment:
        end_assignment(session, assignment, EndReason.WITHDRAWN, now)
        messages.tell_withdrawn(session, assignment, task, CALLED_OFF if actor else why.rstrip("."), now)
    want_plan(session, now)


def revive(session: Session, task: Task, now: datetime) -> None:
    """What a sweep withdrew for a reason that turned out wrong is work again: an overstay has one task, ever."""
    task.ended_at = task.ended_why = task.may_have_left_at = None
    move(session, task, TaskEvent.REVIVE, now)
    want_plan(session, now)


def look_at_car(session: Session, task: Task, now: datetime) -> None:
    """The sweep shall look at the task's stay again: while its officer was there, it only informed."""
    session.execute(
        update(StayRow)
        .where(StayRow.authority_id == task.authority_id, StayRow.id == task.stay_id)
        .values(check_at=now)
    )


def want_plan(session: Session, now: datetime) -> None:
    """Something changed that a plan depends on; the planner sweeps what is wanted but not planned yet."""
    session.execute(WANT, {"id": session.info["authority_id"], "now": now})


WANT = text("""
    UPDATE planning
    SET wanted = wanted + 1, wanted_at = CASE WHEN wanted > planned THEN wanted_at ELSE :now END
    WHERE authority_id = :id
""")
