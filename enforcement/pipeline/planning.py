"""Task → assignment: what the planner is asked, and how its proposals become offers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf, isfinite
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.planner import PlanResult
from ..adapters.tables import Assignment, Bay, Person, Planning, Shift, ShiftZone, Task, Zone
from ..adapters.travel import StraightLine
from ..domain import fences
from ..domain.dispatch import OfficerNow, Proposal, TaskNow
from ..domain.policy import EnforcementPolicy
from ..domain.refusals import Conflict, NotFound
from ..domain.tasks import EndReason, ShiftState, TaskEvent, TaskState
from . import messages, tasks

PLAN_AGAIN = timedelta(seconds=15)  # while tasks wait: officers walk, cars turn lawful
MISS_FORGOTTEN = timedelta(minutes=5)  # then the same officer may be asked again
FIX_FORGOTTEN = timedelta(minutes=30)  # an older position says little about where an officer is
FAR_FROM_ZONES_M = 20_000.0
TO_GIVE = (TaskState.WAITING, TaskState.ESCALATED)
TURNED_DOWN = (EndReason.DECLINED.value, EndReason.UNSAFE.value)


@dataclass(frozen=True, slots=True)
class Problem:
    """What the planner is asked, and the revision of the authority's wishes that it answers."""

    officers: list[OfficerNow]
    tasks: list[TaskNow]
    wanted: int
    at: datetime


def load_problem(session: Session, now: datetime) -> Problem:
    """Who is free and what is waiting. Reads only; the session may be closed before planning."""
    wanted = session.scalar(
        select(Planning.wanted).where(Planning.authority_id == session.info["authority_id"])
    )
    return Problem(_officers(session, now), _tasks(session, now), wanted or 0, now)


def _officers(session: Session, now: datetime) -> list[OfficerNow]:
    """Those on shift and available, without work in hand.

    An officer whose phone tells no place, or one far from their zones, is taken to be in the middle of them:
    who has position switched off still gets work.
    """
    ours = session.info["authority_id"]
    busy = select(Assignment.shift_id).where(Assignment.authority_id == ours, Assignment.state != "ended")
    shifts = session.execute(
        select(Shift, Person.pace)
        .join(Person, (Person.authority_id == Shift.authority_id) & (Person.id == Shift.officer_id))
        .where(
            Shift.authority_id == ours,
            Shift.state == ShiftState.AVAILABLE.value,
            Shift.id.not_in(busy),
            Person.disabled_at.is_(None),
        )
    ).all()
    zones = _zones_of_shifts(session, [shift.id for shift, _ in shifts])
    return [_officer(shift, pace, zones[shift.id], now) for shift, pace in shifts if zones[shift.id]]


def _officer(shift: Shift, pace: float, zones: Sequence[Zone], now: datetime) -> OfficerNow:
    middle = shapely.union_all([zone.outline for zone in zones]).representative_point()
    lon, lat = middle.x, middle.y
    if shift.lon is not None and shift.lat is not None and _is_fresh(shift, now):
        away = fences.metres(lon1=shift.lon, lat1=shift.lat, lon2=middle.x, lat2=middle.y)
        if away <= FAR_FROM_ZONES_M:
            lon, lat = shift.lon, shift.lat
    return OfficerNow(
        id=shift.id,
        lon=lon,
        lat=lat,
        zones=frozenset(zone.id for zone in zones),
        free_at=now,
        shift_ends=shift.planned_to,
        pace=pace,
    )


def _is_fresh(shift: Shift, now: datetime) -> bool:
    return shift.fix_at is not None and shift.fix_at > now - FIX_FORGOTTEN


def _zones_of_shifts(session: Session, shifts: Sequence[UUID]) -> dict[UUID, list[Zone]]:
    zones: dict[UUID, list[Zone]] = defaultdict(list)
    for shift_id, zone in session.execute(
        select(ShiftZone.shift_id, Zone)
        .join(Zone, (Zone.authority_id == ShiftZone.authority_id) & (Zone.id == ShiftZone.zone_id))
        .where(
            ShiftZone.authority_id == session.info["authority_id"],
            ShiftZone.shift_id.in_(shifts),
            Zone.retired_at.is_(None),
        )
    ):
        zones[shift_id].append(zone)
    return zones


WAITING = text("""
    SELECT t.id, t.priority, t.lawful_from, t.lawful_until, t.overstay_from, t.bay_id, b.lon, b.lat,
           array(SELECT zb.zone_id FROM zone_bays zb
                 WHERE zb.authority_id = t.authority_id AND zb.bay_id = t.bay_id) AS zones
    FROM tasks t JOIN bays b ON b.authority_id = t.authority_id AND b.id = t.bay_id
    WHERE t.authority_id = :authority_id AND t.state = 'waiting'
      AND (t.not_before IS NULL OR t.not_before <= :now)
      AND t.may_have_left_at IS NULL
""")


def _tasks(session: Session, now: datetime) -> list[TaskNow]:
    rows = session.execute(WAITING, {"authority_id": session.info["authority_id"], "now": now}).all()
    refused = _refused_by(session, [row.id for row in rows], now)
    return [
        TaskNow(
            id=row.id,
            lon=row.lon,
            lat=row.lat,
            zones=frozenset(row.zones),
            value=row.priority,
            lawful_from=row.lawful_from,
            until=row.lawful_until,
            minutes_over=(now - row.overstay_from).total_seconds() / 60,
            refused_by=frozenset(refused[row.id]),
        )
        for row in rows
    ]


def _refused_by(session: Session, tasks_: Sequence[UUID], now: datetime) -> dict[UUID, set[UUID]]:
    """The shifts that turned a task down, or missed it just now."""
    refused: dict[UUID, set[UUID]] = defaultdict(set)
    for task_id, shift_id, reason, ended_at in session.execute(
        select(Assignment.task_id, Assignment.shift_id, Assignment.end_reason, Assignment.ended_at).where(
            Assignment.authority_id == session.info["authority_id"],
            Assignment.task_id.in_(tasks_),
            Assignment.end_reason.in_([*TURNED_DOWN, EndReason.MISSED.value]),
        )
    ):
        if reason in TURNED_DOWN or (ended_at and ended_at > now - MISS_FORGOTTEN):
            refused[task_id].add(shift_id)
    return refused


def apply_plan(
    session: Session, problem: Problem, result: PlanResult, policy: EnforcementPolicy, now: datetime
) -> int:
    """Make offers of the proposals that still hold; how many. What changed meanwhile waits for the next plan."""
    _hold(session, result.proposals)
    made = sum(offer(session, proposal, policy, now) is not None for proposal in result.proposals)
    again = now + PLAN_AGAIN if len(problem.tasks) > made and problem.officers else None
    session.execute(
        update(Planning)
        .where(Planning.authority_id == session.info["authority_id"])
        .values(
            planned=problem.wanted,
            planned_at=now,
            planned_by=result.by,
            fault=result.fault,
            next_at=min(filter(None, (again, _next_put_off(session, problem.at))), default=None),
        )
    )
    return made


def _hold(session: Session, proposals: Sequence[Proposal]) -> None:
    """Lock all that the plan will touch, tasks before shifts: two plans, or a plan and an officer, can't
    wait for each other."""
    tasks.lock_all(session, [_uuid(proposal.task) for proposal in proposals])
    session.execute(
        select(Shift.id)
        .where(
            Shift.authority_id == session.info["authority_id"],
            Shift.id.in_([_uuid(proposal.officer) for proposal in proposals]),
        )
        .order_by(Shift.id)
        .with_for_update()
    )


def _next_put_off(session: Session, after: datetime) -> datetime | None:
    """When the next task that was put off to a later look is due again."""
    return session.scalar(
        select(func.min(Task.not_before)).where(
            Task.authority_id == session.info["authority_id"],
            Task.state == TaskState.WAITING.value,
            Task.not_before > after,
        )
    )


def offer(
    session: Session, proposal: Proposal, policy: EnforcementPolicy, now: datetime, *, by_hand: bool = False
) -> Assignment | None:
    """Offer a task to an officer and tell their phone, or None if one of them is no longer free.

    Only `by_hand` is a task offered that the supervisor holds or that was put off.
    """
    task = tasks.lock(session, _uuid(proposal.task))
    if task.may_have_left_at or not (_waits(task, now) or (by_hand and task.state in TO_GIVE)):
        return None
    shift = _free_shift(session, _uuid(proposal.officer))
    if shift is None:
        return None
    assignment = Assignment(
        authority_id=task.authority_id,
        id=uuid7(),
        task_id=task.id,
        shift_id=shift.id,
        officer_id=shift.officer_id,
        state="offered",
        offered_at=now,
        expires_at=now + policy.offer_timeout,
        expected_value=proposal.expected_value,
        walk_metres=proposal.walk_metres if isfinite(proposal.walk_metres) else None,
        walk_seconds=proposal.walk_seconds if isfinite(proposal.walk_seconds) else None,
        reason=proposal.reason,
    )
    session.add(assignment)
    task.officer_id = shift.officer_id
    tasks.move(session, task, TaskEvent.OFFER, now, assignment_id=assignment.id)
    bay = session.get_one(Bay, (task.authority_id, task.bay_id))
    messages.tell_offered(session, assignment, task, bay, now)
    return assignment


def _waits(task: Task, now: datetime) -> bool:
    return task.state == TaskState.WAITING and (task.not_before is None or task.not_before <= now)


def _uuid(id_: Any) -> UUID:
    return id_ if isinstance(id_, UUID) else UUID(str(id_))


def _free_shift(session: Session, shift_id: UUID) -> Shift | None:
    shift = session.scalars(
        select(Shift)
        .where(
            Shift.authority_id == session.info["authority_id"],
            Shift.id == shift_id,
            Shift.state == ShiftState.AVAILABLE.value,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if shift is None:
        return None
    busy = session.scalars(
        select(Assignment.id).where(
            Assignment.authority_id == shift.authority_id,
            Assignment.shift_id == shift.id,
            Assignment.state != "ended",
        )
    ).first()
    return None if busy else shift


def offer_to(
    session: Session, task_id: UUID, shift_id: UUID, policy: EnforcementPolicy, actor: str, now: datetime
) -> Assignment:
    """A supervisor gives a task to an officer: an offer like any other, whatever the plan says."""
    ours = session.info["authority_id"]
    shift = session.get(Shift, (ours, shift_id))
    if shift is None:
        raise NotFound(f"There is no shift {shift_id}.")
    task = session.get(Task, (ours, task_id))
    if task is None:
        raise NotFound(f"There is no task {task_id}.")
    seconds, metres = _walk(shift, session.get_one(Bay, (ours, task.bay_id)))
    proposal = Proposal(shift_id, task_id, 0.0, seconds, metres, reason="Your supervisor asks you to go")
    assignment = offer(session, proposal, policy, now, by_hand=True)
    if assignment is None:
        raise Conflict("That officer has work in hand or is not available, or the task is taken.")
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
    if unsafe or task.offers >= policy.offers_before_escalation:
        tasks.move(session, task, TaskEvent.ESCALATE, now, offers=task.offers)
    tasks.want_plan(session, now)
