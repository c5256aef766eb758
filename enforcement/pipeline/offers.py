"""Assignment: a task is offered to one officer, and goes on to the next if it comes to nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from math import inf, isfinite
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Assignment, Bay, Shift, Task
from ..adapters.travel import StraightLine
from ..domain.dispatch import Proposal
from ..domain.policy import EnforcementPolicy
from ..domain.refusals import Conflict, NotFound
from ..domain.safety import frozen
from ..domain.tasks import EndReason, ShiftState, TaskEvent, TaskState
from . import keepers, messages, safety, tasks

TO_GIVE = (TaskState.WAITING, TaskState.ESCALATED)
TO_SET_OUT = timedelta(minutes=1)
LONGEST_WALK = 3600.0  # seconds


def offer_all(
    session: Session,
    proposals: Sequence[Proposal],
    policy: EnforcementPolicy,
    now: datetime,
    *,
    by_hand: bool = False,
) -> list[Assignment]:
    """Make offers of the proposals that still hold, in a few statements; those that were made.

    Only `by_hand` is a task offered that the supervisor holds or that was put off. All that they touch is
    locked first, tasks before shifts: two plans, or a plan and an officer, can't wait for each other.
    """
    if not proposals:
        return []
    held = tasks.lock_all(session, [as_uuid(proposal.task) for proposal in proposals])
    kept = keepers.keepers(session, list(held), now)
    free = _free_shifts(session, [as_uuid(proposal.officer) for proposal in proposals])
    bays = _safe_bays(session, [task.bay_id for task in held.values()])
    made, entries = [], []
    for proposal in proposals:
        task, shift = held.get(as_uuid(proposal.task)), free.get(as_uuid(proposal.officer))
        if not (task and shift and task.bay_id in bays) or task.may_have_left_at:
            continue
        keeper = kept.get(task.id)
        waits = _waits(task, keeper, now, _there(proposal, now)) or (by_hand and task.state in TO_GIVE)
        if waits and (by_hand or keeper in (None, shift.id)):
            if task.only_for_id not in (None, shift.officer_id):
                keepers.open_to_all(session, task, now)
            assignment = _assigned(session, proposal, task, shift, policy, now)
            entries.append(tasks.step(task, TaskEvent.OFFER, now, assignment_id=assignment.id))
            made.append((assignment, task, bays[task.bay_id]))
            del free[shift.id]
    if made:
        journal.record_all(session, entries)
        messages.tell_offered(session, made, now)
    return [assignment for assignment, _, _ in made]


def _assigned(
    session: Session, proposal: Proposal, task: Task, shift: Shift, policy: EnforcementPolicy, now: datetime
) -> Assignment:
    return tasks.assign(
        session,
        task,
        shift,
        state="offered",
        offered_at=now,
        expires_at=now + policy.offer_timeout,
        expected_value=proposal.expected_value,
        walk_metres=proposal.walk_metres if isfinite(proposal.walk_metres) else None,
        walk_seconds=proposal.walk_seconds if isfinite(proposal.walk_seconds) else None,
        reason=proposal.reason,
    )


def _there(proposal: Proposal, now: datetime) -> datetime:
    """When its officer could be there, and no sooner than they need to know."""
    return now + timedelta(seconds=min(proposal.walk_seconds, LONGEST_WALK)) + TO_SET_OUT


def _waits(task: Task, keeper: UUID | None, now: datetime, there: datetime) -> bool:
    """Put off to a later look it waits for its time: to the minute for all, for its keeper until they must set out.
    If it was kept for one who can't come it waits for nobody."""
    left_alone = task.only_for_id is not None and keeper is None
    due = task.not_before is None or task.not_before <= (there if keeper else now)
    return task.state == TaskState.WAITING and (due or left_alone)


def as_uuid(id_: Any) -> UUID:
    return id_ if isinstance(id_, UUID) else UUID(str(id_))


def _free_shifts(session: Session, ids: Collection[UUID]) -> dict[UUID, Shift]:
    """Those of the shifts that are available and have no work in hand, held until the transaction ends."""
    ours = session.info["authority_id"]
    available = session.scalars(
        select(Shift)
        .where(Shift.authority_id == ours, Shift.id.in_(ids), Shift.state == ShiftState.AVAILABLE.value)
        .order_by(Shift.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    at_work = select(Assignment.shift_id).where(
        Assignment.authority_id == ours,
        Assignment.shift_id.in_(ids),
        Assignment.state != "ended",
        ~Assignment.beside,
    )
    busy = set(session.scalars(at_work)) if available else set()
    return {shift.id: shift for shift in available if shift.id not in busy}


def _safe_bays(session: Session, ids: Collection[UUID]) -> dict[UUID, Bay]:
    """Those of the bays to which somebody may be sent."""
    bays = session.scalars(
        select(Bay).where(Bay.authority_id == session.info["authority_id"], Bay.id.in_(ids))
    ).all()
    circles = safety.standing(session)
    return {bay.id: bay for bay in bays if not frozen(circles, lon=bay.lon, lat=bay.lat)}


def offer_to(
    session: Session, task_id: UUID, shift_id: UUID, policy: EnforcementPolicy, actor: str, now: datetime
) -> Assignment:
    """A supervisor gives a task to an officer: an offer like any other, whatever the plan says."""
    ours = session.info["authority_id"]
    shift = _shift(session, shift_id)
    task = session.get(Task, (ours, task_id))
    if task is None:
        raise NotFound(f"There is no task {task_id}.")
    bay = session.get_one(Bay, (ours, task.bay_id))
    safety.require_safe(session, bay)
    seconds, metres = _walk(shift, bay)
    proposal = Proposal(shift_id, task_id, 0.0, seconds, metres, reason="Your supervisor asks you to go")
    made = offer_all(session, [proposal], policy, now, by_hand=True)
    if not made:
        raise Conflict("That officer has work in hand or is not available, or the task is taken.")
    [assignment] = made
    journal.record(
        session,
        "task.given",
        task_id,
        at=now,
        officer_id=assignment.officer_id,
        actor=actor,
        shift_id=shift_id,
    )
    return assignment


def take_back(
    session: Session, task_id: UUID, shift_id: UUID, policy: EnforcementPolicy, actor: str, now: datetime
) -> Task:
    """A supervisor takes a task out of the hand of this shift's officer: it stands as before it was given.

    Raises NotFound; Conflict where it is in another hand by now, or its officer is at the car.
    """
    shift, task = _shift(session, shift_id), tasks.lock_with_stay(session, task_id)
    assignment = tasks.live_assignment(session, task_id)
    if assignment is None or assignment.shift_id != shift.id:
        raise Conflict("That officer does not have this task any more.")
    tasks.move(session, task, TaskEvent.TAKE_BACK, now, actor=actor, assignment_id=assignment.id)
    tasks.end_assignment(session, assignment, EndReason.WITHDRAWN, now)
    messages.tell_withdrawn(session, assignment, task, tasks.CALLED_OFF, now)
    task.officer_id = None
    if _in_vain(task, policy):
        tasks.move(session, task, TaskEvent.ESCALATE, now, offers=task.offers)
    tasks.want_plan(session, now)
    return task


def _shift(session: Session, shift_id: UUID) -> Shift:
    shift = session.get(Shift, (session.info["authority_id"], shift_id))
    if shift is None:
        raise NotFound(f"There is no shift {shift_id}.")
    return shift


def _in_vain(task: Task, policy: EnforcementPolicy) -> bool:
    """Enough officers were asked: it is the supervisor's."""
    return task.offers >= policy.offers_before_escalation


def _walk(shift: Shift, bay: Bay) -> tuple[float, float]:
    """Seconds and metres from where the officer was last seen; infinite where that is not known."""
    if shift.lon is None or shift.lat is None:
        return inf, inf
    return StraightLine().walk(lon1=shift.lon, lat1=shift.lat, lon2=bay.lon, lat2=bay.lat)


def miss_unanswered(session: Session, policy: EnforcementPolicy, now: datetime) -> int:
    """Offers past their time go back, to the next officer; after three, to the supervisor. How many."""
    unanswered = (
        Assignment.authority_id == session.info["authority_id"],
        Assignment.state == "offered",
        Assignment.expires_at <= now,
    )
    overdue = session.scalars(
        select(Assignment.task_id).where(*unanswered).order_by(Assignment.task_id).limit(200)
    )
    held = tasks.lock_all(session, overdue.all())
    missed = session.scalars(
        select(Assignment)
        .where(*unanswered, Assignment.task_id.in_(held))
        .order_by(Assignment.task_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for assignment in missed:
        task = held[assignment.task_id]
        tasks.end_assignment(session, assignment, EndReason.MISSED, now)
        tasks.move(session, task, TaskEvent.MISS, now, assignment_id=assignment.id)
        back_to_waiting(session, task, policy, now)
    return len(missed)


def back_to_waiting(
    session: Session, task: Task, policy: EnforcementPolicy, now: datetime, *, unsafe: bool = False
) -> None:
    """After an offer came to nothing: the next officer, or the supervisor when enough were asked in vain.

    Nobody else is sent to where it is unsafe: that too is the supervisor's.
    """
    task.officer_id = None
    task.offers += 1
    if unsafe or _in_vain(task, policy):
        tasks.move(session, task, TaskEvent.ESCALATE, now, offers=task.offers)
        task.tell_at = None if unsafe else now + policy.escalation_batch
    tasks.want_plan(session, now)
