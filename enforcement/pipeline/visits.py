"""Notification → sighting → outcome: what an officer does about a task. Every step takes effect once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters import versions
from ..adapters.tables import STANDS, Bay, OutcomeRow, SightingRow, StayRow, Task
from ..domain import outcomes, preparation
from ..domain.outcomes import Cause, Effect, Outcome
from ..domain.policy import EnforcementPolicy
from ..domain.refusals import Forbidden, Invalid
from ..domain.tasks import DeclineReason, EndReason, ShiftState, TaskEvent, TaskState
from . import (
    catching_up,
    coverage,
    distance,
    duty,
    found,
    late,
    observed,
    offers,
    patrols,
    rights,
    safety,
    tasks,
)
from .hand import NOT_YOURS, Visit, accepted, at_the_car, in_hand, was_offered


def accept(
    session: Session, task_id: UUID, officer_id: UUID, version: int, done_at: datetime, now: datetime
) -> Task:
    """The officer is going. An answer that was given in time and comes late counts, if nobody has the task."""
    answer = catching_up.answered_in_time(session, task_id, officer_id, done_at)
    if answer:
        task = catching_up.take_up(session, task_id, officer_id, done_at, now)
        task = task or catching_up.had_it(session, task_id, answer, done_at, now)
        if task:
            return task
    here = in_hand(session, task_id, officer_id, None if answer else version, done_at)
    accepted(session, here, now)
    return here.task


def decline(
    session: Session,
    task_id: UUID,
    officer_id: UUID,
    version: int,
    reason: DeclineReason,
    policy: EnforcementPolicy,
    done_at: datetime,
    now: datetime,
) -> Task:
    """The officer can't or won't go: the next one is asked."""
    if reason is DeclineReason.UNSAFE:
        return _found_unsafe(session, task_id, officer_id, policy, now)
    here = in_hand(session, task_id, officer_id, version, done_at)
    tasks.move(session, here.task, TaskEvent.DECLINE, now, reason=reason.value)
    tasks.end_assignment(session, here.assignment, EndReason.DECLINED, now)
    offers.back_to_waiting(session, here.task, policy, now)
    return here.task


def _found_unsafe(
    session: Session, task_id: UUID, officer_id: UUID, policy: EnforcementPolicy, now: datetime
) -> Task:
    """The place is frozen, whosever the task is by now; in their own hand it becomes the supervisor's."""
    task = tasks.lock_with_stay(session, task_id)
    assignment = tasks.live_assignment(session, task_id)
    if not was_offered(session, task_id, officer_id):
        raise Forbidden(NOT_YOURS)
    theirs = assignment is not None and assignment.officer_id == officer_id
    if assignment and theirs:
        tasks.move(session, task, TaskEvent.DECLINE, now, reason=DeclineReason.UNSAFE.value)
        tasks.end_assignment(session, assignment, EndReason.UNSAFE, now)
    safety.freeze(session, task, officer_id, now)
    if theirs:
        offers.back_to_waiting(session, task, policy, now, unsafe=True)
    return task


def arrive(
    session: Session, task_id: UUID, officer_id: UUID, by: str, done_at: datetime, now: datetime
) -> Task:
    """The officer is at the bay, said by hand, by the fence or by radio; since when, if that comes late."""
    here = at_the_car(session, task_id, officer_id, done_at, now)
    is_there(session, here, now)
    told = late.since(done_at, now)
    tasks.move(session, here.task, TaskEvent.ARRIVE, now, officer_id=officer_id, by=by, **told)
    return here.task


def is_there(session: Session, here: Visit, now: datetime) -> None:
    """The first time counts; no earlier one than they had the task. What they had put off is in hand again."""
    if here.task.found:
        here.task.not_before = None
    work = here.assignment
    if work.arrived_at is None:
        had_from, had_until = work.accepted_at or work.offered_at, work.ended_at or now
        work.arrived_at = max(min(here.done_at, now, had_until), had_from)
    if here.shift.state == ShiftState.AVAILABLE:
        busy(session, here, ShiftState.OBSERVING, now)


def busy(session: Session, here: Visit, doing: ShiftState, now: datetime) -> None:
    """The officer does this, unless it is over."""
    if not here.over:
        duty.follow(session, here.shift, doing, here.done_at, now)


def close(
    session: Session,
    task_id: UUID,
    officer_id: UUID,
    version: int,
    said: Mapping[str, Any],
    now: datetime,
) -> Task:
    """Record how the visit ended: `id`, `outcome`, `details`, `recorded_at`, place; and what follows from it."""
    outcome = Outcome(said["outcome"])
    if outcomes.RULES[outcome].effect.pauses_bay:
        _hold_bay(session, task_id)
    here = at_the_car(session, task_id, officer_id, said["recorded_at"], now, version=version)
    details = _with_preparation(here, outcome, said)
    outcomes.check(outcome, details, _cause(here.task))
    if outcome is Outcome.NOTICE_SERVED:
        _require_evidence(session, here)
    bay = session.get_one(Bay, (here.task.authority_id, here.task.bay_id))
    session.add(
        OutcomeRow(
            authority_id=here.task.authority_id,
            id=said["id"],
            task_id=here.task.id,
            officer_id=officer_id,
            outcome=outcome.value,
            details={name: _as_kept(value) for name, value in details.items()},
            recorded_at=said["recorded_at"],
            received_at=now,
            far_m=distance.far(bay, said),
            rights=rights.on_notice(session, here.task) if outcome is Outcome.NOTICE_SERVED else None,
        )
    )
    early = said["recorded_at"] < here.task.overstay_from and not here.task.found
    _follow(session, here, bay, outcome, outcomes.effect(outcome, details, early=early), now)
    if not (here.task.found and bay.spot):  # its street is in an officer's own words
        coverage.note_visit(session, bay, outcome, min(said["recorded_at"], now))
    return here.task


def _hold_bay(session: Session, task_id: UUID) -> None:
    """Before its task: so the desk does, that changes the bay and then looks at the cars in it."""
    at_it = (Task.authority_id == Bay.authority_id) & (Task.bay_id == Bay.id)
    of_task = (
        select(Bay)
        .join(Task, at_it)
        .where(Task.authority_id == session.info["authority_id"], Task.id == task_id)
    )
    session.scalars(of_task.with_for_update(of=Bay, key_share=True)).first()


def _cause(task: Task) -> Cause:
    return Cause.FOUND if task.found else Cause.PATROL if task.patrol_id else Cause.STAY


def _with_preparation(here: Visit, outcome: Outcome, said: Mapping[str, Any]) -> dict[str, Any]:
    """The details, with the time at which a notice was begun, if it ever was."""
    details = dict(said.get("details") or {})
    stated = details.pop("preparation_began_at", None)
    on_record = here.assignment.preparation_began_at
    began = preparation.settled(outcome, on_record, stated, said["recorded_at"])
    return {**details, "preparation_began_at": began} if began else details


def _as_kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _require_evidence(session: Session, here: Visit) -> None:
    here.task.officer_id = here.assignment.officer_id
    missing = observed.missing(session, [here.task])[here.task.id]
    if missing:
        raise Invalid(
            "The evidence for a notice is not complete yet.",
            errors=[{"pointer": "/outcome", "detail": words} for words in missing],
        )


def _follow(session: Session, here: Visit, bay: Bay, outcome: Outcome, effect: Effect, now: datetime) -> None:
    task = here.task
    told = {"outcome": outcome.value, **late.since(here.done_at, now)}
    if here.over and not effect.closes_task:
        journal.record(session, "task.noted", task.id, at=now, officer_id=here.assignment.officer_id, **told)
    elif effect.look_again_minutes is not None:
        wait = timedelta(minutes=effect.look_again_minutes)
        put_off(session, here, min(here.done_at, now) + wait, now, **told)
    elif not effect.closes_task:
        until_lawful(session, here, now, **told)
    else:
        task.officer_id = here.assignment.officer_id
        task.outcome, task.ended_at, task.ended_why = outcome.value, now, None
        tasks.move(session, task, TaskEvent.CLOSE, now, **told)
        if task.found:
            tasks.look_at_car(session, task, now)
        _free(session, here, now)
    if effect.closes_stay and task.stay_id:
        session.get_one(StayRow, (task.authority_id, task.stay_id)).covered_by = outcome.value
    if effect.pauses_bay and not bay.spot:
        versions.hold(session, bay)
        bay.paused_at, bay.paused_why = now, outcomes.RULES[outcome].words
        journal.record(session, "bay.paused", bay.id, at=now, officer_id=task.officer_id, why=outcome.value)
        patrols.bay_changed(session, bay.id, now)
    if task.patrol_id and effect.closes_task:
        patrols.follow(session, task, outcome, effect, now)
    safety.follow(session, task, bay, here.assignment.officer_id, outcome, effect, now)
    tasks.want_plan(session, now)


def until_lawful(session: Session, here: Visit, now: datetime, **told: Any) -> None:
    """The task waits until a notice could be lawful: for its officer, if they have made the first sighting."""
    officer_id = here.assignment.officer_id
    if here.task.sightings_needed > 1 and seen_by(session, here.task, officer_id):
        here.task.only_for_id, here.task.offers = officer_id, 0
        told["only_for"] = officer_id
    put_off(session, here, here.task.lawful_from, now, **told)


def seen_by(session: Session, task: Task, officer_id: UUID) -> bool:
    """Has this officer made a sighting of it, and read it right?"""
    looks = select(SightingRow.id).where(
        SightingRow.authority_id == task.authority_id,
        SightingRow.task_id == task.id,
        SightingRow.officer_id == officer_id,
        STANDS,
    )
    return session.scalars(looks.limit(1)).first() is not None


def put_off(session: Session, here: Visit, until: datetime, now: datetime, **told: Any) -> None:
    """The task waits for a later look, and its officer is free again."""
    if here.task.found:
        found.put_off(session, here.task, here.shift, until, here.done_at, now, **told)
        return
    if here.task.state == TaskState.ACCEPTED:
        tasks.move(session, here.task, TaskEvent.ARRIVE, now, by="outcome")
    here.task.not_before = until
    tasks.move(session, here.task, TaskEvent.LOOK_AGAIN, now, not_before=until, **told)
    here.task.officer_id = None
    tasks.look_at_car(session, here.task, now)
    _free(session, here, now)
    tasks.want_plan(session, now)


def _free(session: Session, here: Visit, now: datetime) -> None:
    if here.over:
        return
    tasks.end_assignment(session, here.assignment, EndReason.COMPLETED, now)
    if here.task.found:
        found.leave(session, here.shift, here.done_at, now)
    elif here.shift.state in (ShiftState.OBSERVING, ShiftState.SERVING):
        busy(session, here, ShiftState.AVAILABLE, now)
