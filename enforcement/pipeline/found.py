"""Without a sensor or a patrol: what an officer raises at the kerb, a task in their own hand beside the planned one.

It is theirs alone: never offered, planned or escalated. It begins when its officer is there, stays with them until
they close it, and ends with their shift. See docs/decisions/found-at-the-kerb.md.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Assignment, Bay, BayState, Shift, StayRow, Task
from ..domain.codes import check_suffix, contravention
from ..domain.found import SHIFT_ENDED
from ..domain.refusals import Conflict, about
from ..domain.tasks import FINAL_STATES, EndReason, ShiftState, TaskEvent, TaskState
from . import distance, duty, kerb_clock, late, observed, tasks
from .rules import policy_of, rules_of

MOST = 20  # that one officer may have open: more can't be watched by anybody
TAKEN_OVER = "An officer is at the car and raised it themselves."


def observe(session: Session, bay: Bay, officer_id: UUID, said: Mapping[str, Any], now: datetime) -> Task:
    """The officer saw a car here: `id` (of the task too), `recorded_at`, `code`, `suffix`, where the phone was.

    Judged by when it was done: it belongs to the shift that the officer was on then. Of a shift that has ended
    since it is withdrawn with it, and takes what was done about it then. Raises Invalid, Conflict.
    """
    _check_code(session, said)
    done_at = min(said["recorded_at"], now)
    stay = _stay_at(session, bay, done_at)
    sensors = _open_tasks(session, stay)
    shift = _shift_at(session, officer_id, done_at)
    if session.get(Task, (bay.authority_id, said["id"])):
        raise Conflict("There is a task of this id already. Make a new one.")
    task = _raised(session, bay, stay, officer_id, said, done_at, now)
    assignment = _in_hand(session, task, shift, done_at)
    _tell(session, task, shift, done_at, now)
    if shift.ended_at:
        end(session, task, assignment, now)
        return task
    for other in sensors:
        tasks.withdraw(session, other, TAKEN_OVER, now)
    tasks.look_at_car(session, task, now)
    if shift.state == ShiftState.AVAILABLE:
        duty.follow(session, shift, ShiftState.OBSERVING, done_at, now)
    tasks.want_plan(session, now)
    return task


def _check_code(session: Session, said: Mapping[str, Any]) -> None:
    with about("/code"):
        policy_of(session).check_raised(said["code"])
    with about("/suffix"):
        check_suffix(said["code"], said["suffix"])


def _stay_at(session: Session, bay: Bay, at: datetime) -> StayRow | None:
    """The car that a sensor saw here at that time, held. No report can bring another one meanwhile."""
    here = (BayState.authority_id == bay.authority_id, BayState.bay_id == bay.id)
    session.scalars(select(BayState.bay_id).where(*here).with_for_update()).first()
    return session.scalars(
        select(StayRow)
        .where(
            StayRow.authority_id == bay.authority_id,
            StayRow.bay_id == bay.id,
            StayRow.superseded_at.is_(None),
            StayRow.arrived_at <= at,
            or_(StayRow.departed_at.is_(None), StayRow.departed_at > at),
        )
        .order_by(StayRow.arrived_at.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _open_tasks(session: Session, stay: StayRow | None) -> list[Task]:
    """What the sensor has brought about for this car and nobody is at yet, held."""
    if stay is None or stay.departed_at:
        return []
    of_stay = select(Task.id).where(
        Task.authority_id == stay.authority_id,
        Task.stay_id == stay.id,
        Task.state.not_in([*FINAL_STATES, TaskState.ARRIVED]),
    )
    held = tasks.lock_all(session, session.scalars(of_stay).all())
    return [task for task in held.values() if task.state not in (*FINAL_STATES, TaskState.ARRIVED)]


def _shift_at(session: Session, officer_id: UUID, at: datetime) -> Shift:
    """The shift that the officer was on at that time, held. Raises Conflict: none, or too much open on it."""
    began = select(Shift.id).where(
        Shift.authority_id == session.info["authority_id"],
        Shift.officer_id == officer_id,
        Shift.started_at <= at,
        or_(Shift.ended_at.is_(None), Shift.ended_at >= at),
    )
    shift_id = session.scalars(began.order_by(Shift.started_at.desc()).limit(1)).first()
    shift = duty.find(session, shift_id, lock=True) if shift_id else None
    if shift is None or (shift.ended_at and shift.ended_at < at):
        raise Conflict("You were not on shift then.")
    live = select(func.count()).select_from(Assignment).where(*_beside(shift))
    if (session.scalar(live) or 0) >= MOST:
        raise Conflict(f"You have {MOST} observations open: close one of them first.")
    return shift


def _beside(shift: Shift) -> Sequence[Any]:
    return (
        Assignment.authority_id == shift.authority_id,
        Assignment.shift_id == shift.id,
        Assignment.state != "ended",
        Assignment.beside,
    )


def _raised(
    session: Session,
    bay: Bay,
    stay: StayRow | None,
    officer_id: UUID,
    said: Mapping[str, Any],
    done_at: datetime,
    now: datetime,
) -> Task:
    rules = rules_of(session, now)
    task = Task(
        authority_id=bay.authority_id,
        id=said["id"],
        bay_id=bay.id,
        stay_id=stay.id if stay else None,
        found=True,
        far_m=distance.far(bay, said),
        state=TaskState.ARRIVED.value,
        version=1,
        why=f"Seen by an officer: {contravention(said['code']).gist}",
        code=said["code"],
        suffix=said["suffix"],
        rights="not asked: no plate is known yet",
        priority=0.0,
        priority_reasons=["raised by an officer"],
        offers=0,
        officer_id=officer_id,
        raised_at=done_at,
    )
    kerb_clock.take(task, kerb_clock.clock_of(session, task, stay, rules, done_at))
    observed.ask(task, rules.policy)
    session.add(task)
    session.flush()
    return task


def _in_hand(session: Session, task: Task, shift: Shift, done_at: datetime) -> Assignment:
    assignment = tasks.assign(
        session,
        task,
        shift,
        beside=True,
        state="accepted",
        offered_at=done_at,
        expires_at=done_at,
        accepted_at=done_at,
        arrived_at=done_at,
        expected_value=0.0,
        reason="You raised it yourself",
    )
    session.flush()
    return assignment


def _tell(session: Session, task: Task, shift: Shift, done_at: datetime, now: datetime) -> None:
    journal.record(
        session, "task.found", task.id, at=now, officer_id=task.officer_id, bay_id=task.bay_id,
        stay_id=task.stay_id, shift_id=shift.id, state=task.state, version=task.version, code=task.code,
        overstay_from=task.overstay_from, lawful_from=task.lawful_from, **late.since(done_at, now),
    )  # fmt: skip


# The end of it


def end(session: Session, task: Task, assignment: Assignment, now: datetime) -> None:
    """The shift in which it was raised is over: nobody else takes it up, and what was seen stays on record."""
    task.ended_at, task.ended_why = now, SHIFT_ENDED
    tasks.move(session, task, TaskEvent.WITHDRAW, now, why=SHIFT_ENDED)
    tasks.end_assignment(session, assignment, EndReason.SHIFT_ENDED, now)
    tasks.look_at_car(session, task, now)


def take_back(session: Session, task: Task, why: str, now: datetime, *, actor: str) -> None:
    """A supervisor takes it back; its officer hears of it, and is free unless they stand at another car.

    The task is held.
    """
    assignment = tasks.live_assignment(session, task.id)
    shift = duty.find(session, assignment.shift_id, lock=True) if assignment else None
    tasks.withdraw(session, task, why, now, actor=actor)
    tasks.look_at_car(session, task, now)
    if shift:
        leave(session, shift, now, now)


def leave(session: Session, shift: Shift, done_at: datetime, now: datetime) -> None:
    """The officer is done at a car that they raised: free, unless they stand at another one. The shift is held."""
    if shift.state in (ShiftState.OBSERVING, ShiftState.SERVING):
        wanted = ShiftState.OBSERVING if _at_another_car(session, shift, now) else ShiftState.AVAILABLE
        duty.follow(session, shift, wanted, done_at, now)


def _at_another_car(session: Session, shift: Shift, now: datetime) -> bool:
    """What they have put off to a later look keeps them nowhere."""
    session.flush()
    there = (
        select(Task.id)
        .join(Assignment, (Assignment.authority_id == Task.authority_id) & (Assignment.task_id == Task.id))
        .where(
            Task.authority_id == shift.authority_id,
            Task.state == TaskState.ARRIVED.value,
            or_(Task.not_before.is_(None), Task.not_before <= now),
            Assignment.shift_id == shift.id,
            Assignment.state != "ended",
        )
    )
    return session.scalars(there.limit(1)).first() is not None


def put_off(
    session: Session,
    task: Task,
    shift: Shift,
    until: datetime,
    done_at: datetime,
    now: datetime,
    **told: Any,
) -> None:
    """A later look is due, and stays its officer's: they are free meanwhile."""
    task.not_before = until
    tasks.move(session, task, TaskEvent.LOOK_AGAIN, now, not_before=until, **told)
    leave(session, shift, done_at, now)
    tasks.want_plan(session, now)


def look_due(session: Session, task: Task) -> datetime:
    """When the next look can complete the evidence: lawful by then, and watched for long enough."""
    watched_from = observed.watched_from(session, task)
    if watched_from is None:  # no look counts yet: the first that does is then
        return task.lawful_from
    return max(task.lawful_from, watched_from + timedelta(minutes=task.observation_minutes))
