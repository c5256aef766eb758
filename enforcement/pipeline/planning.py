"""Task → assignment: what the planner is asked, and what becomes of its proposals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.planner import PlanResult
from ..adapters.tables import Assignment, Planning, Task
from ..domain.dispatch import Chance, Id, OfficerNow, TaskNow
from ..domain.dwell import Dwell, Traits, traits_of
from ..domain.policy import EnforcementPolicy
from ..domain.priority import MOST_URGENT
from ..domain.safety import frozen
from ..domain.tasks import EndReason, TaskState
from . import ahead, dwelling, free, keepers, offers, safety, zone_times
from .rules import Rules, rules_of

PLAN_AGAIN = timedelta(seconds=15)  # while tasks wait: officers walk, cars turn lawful
MISS_FORGOTTEN = timedelta(minutes=5)  # then the same officer may be asked again
TURNED_DOWN = (EndReason.DECLINED.value, EndReason.UNSAFE.value)


@dataclass(frozen=True, slots=True)
class Problem:
    """What the planner is asked, and the revision of the authority's wishes that it answers."""

    officers: list[OfficerNow]
    tasks: list[TaskNow]
    chance: Chance
    wanted: int
    at: datetime

    @property
    def asks(self) -> bool:
        """Is there anything to plan: somebody who can be sent now, and somewhere to go?"""
        return bool(self.free and self.tasks)

    @property
    def free(self) -> set[Id]:
        """Who can be sent now; the others are only soon to be free."""
        return {officer.id for officer in self.officers if officer.free_at <= self.at}


def load_problem(session: Session, now: datetime) -> Problem:
    """Who is free or soon will be, and what is waiting. Reads only; the session may be closed before planning."""
    wanted = session.scalar(
        select(Planning.wanted).where(Planning.authority_id == session.info["authority_id"])
    )
    dwell = dwelling.model_of(session)
    problem = Problem([], [], dwell.curve.chances, wanted or 0, now)
    waiting = session.execute(
        WAITING, {"authority_id": session.info["authority_id"], "now": now, "first": MOST_URGENT}
    ).all()
    if not waiting:
        return problem
    rules = rules_of(session, now)
    people, work = free.officers(session, rules.policy, now), _tasks(session, waiting, rules, dwell, now)
    return replace(problem, officers=people, tasks=work)


WAITING = text("""
    SELECT t.id, CASE WHEN t.put_first_at IS NULL THEN t.priority ELSE :first END AS priority,
           t.lawful_from, t.lawful_until, t.overstay_from, t.not_before,
           t.only_for_id, t.observation_minutes,
           t.sightings_needed > 1 AND t.start_rule = 'on_arrival' AS looks_first,
           t.bay_id, b.lon, b.lat, b.street, r.bay_class, r.permitted_minutes,
           t.patrol_id, p.minutes AS patrol_minutes,
           array(SELECT zb.zone_id FROM zone_bays zb
                 WHERE zb.authority_id = t.authority_id AND zb.bay_id = t.bay_id) AS zones
    FROM tasks t
    JOIN bays b ON b.authority_id = t.authority_id AND b.id = t.bay_id
    LEFT JOIN LATERAL (
      SELECT of_bay.restriction_id FROM bay_restrictions of_bay
      WHERE of_bay.authority_id = b.authority_id AND of_bay.bay_id = b.id
        AND of_bay.valid_from <= t.overstay_from AND (of_bay.valid_to IS NULL OR of_bay.valid_to > t.overstay_from)
      ORDER BY of_bay.valid_from DESC LIMIT 1
    ) ruled ON true
    LEFT JOIN restrictions r ON r.authority_id = b.authority_id AND r.id = ruled.restriction_id
    LEFT JOIN patrols p ON p.authority_id = t.authority_id AND p.id = t.patrol_id
    WHERE t.authority_id = :authority_id AND t.state = 'waiting'
      AND (t.not_before IS NULL OR t.not_before <= :now OR t.only_for_id IS NOT NULL)
      AND t.may_have_left_at IS NULL
""")


def _tasks(
    session: Session, waiting: Sequence[Row[Any]], rules: Rules, dwell: Dwell, now: datetime
) -> list[TaskNow]:
    kept = keepers.keepers(session, [row.id for row in waiting if row.only_for_id], now)
    circles = safety.standing(session)
    rows = [row for row in waiting if not frozen(circles, lon=row.lon, lat=row.lat)]
    refused = _refused_by(session, [row.id for row in rows], kept, now)
    return [
        _task(row, rules, dwell, keeper=kept.get(row.id), refused_by=refused[row.id], now=now) for row in rows
    ]


def _task(
    row: Row[Any],
    rules: Rules,
    dwell: Dwell,
    *,
    keeper: UUID | None,
    refused_by: Iterable[UUID],
    now: datetime,
) -> TaskNow:
    first = row.looks_first and keeper is None
    early = first and now < row.lawful_from
    at_the_car = rules.policy.at_the_car(row.observation_minutes, first_of_two=early)
    return TaskNow(
        id=row.id,
        lon=row.lon,
        lat=row.lat,
        zones=frozenset(row.zones),
        value=row.priority,
        lawful_from=now if first else max(row.lawful_from, row.not_before or row.lawful_from),
        until=row.lawful_until,
        minutes_over=None if row.patrol_id else (now - row.overstay_from).total_seconds() / 60,
        refused_by=frozenset(refused_by),
        only_for=keeper,
        pace=dwell.pace(_traits(row, rules)),
        work_seconds=60 * row.patrol_minutes if row.patrol_id else at_the_car.total_seconds(),
    )


def _traits(row: Row[Any], rules: Rules) -> Traits:
    return traits_of(
        bay=str(row.bay_id),
        street=row.street,
        bay_class=row.bay_class or "",
        permitted_minutes=row.permitted_minutes or 0,
        over_from=row.overstay_from.astimezone(rules.zone),
    )


def _refused_by(
    session: Session, tasks_: Sequence[UUID], kept: Mapping[UUID, UUID], now: datetime
) -> dict[UUID, set[UUID]]:
    """The shifts that turned a task down, or missed it just now.

    Whom a second look is kept for may say no to it once, and is asked again as if they had missed it.
    """
    refused: dict[UUID, set[UUID]] = defaultdict(set)
    for task_id, shift_id, reason, ended_at in session.execute(
        select(Assignment.task_id, Assignment.shift_id, Assignment.end_reason, Assignment.ended_at).where(
            Assignment.authority_id == session.info["authority_id"],
            Assignment.task_id == func.any(list(tasks_)),
            Assignment.end_reason.in_([*TURNED_DOWN, EndReason.MISSED.value]),
        )
    ):
        for_good = reason in TURNED_DOWN and kept.get(task_id) != shift_id
        if for_good or (ended_at and ended_at > now - MISS_FORGOTTEN):
            refused[task_id].add(shift_id)
    return refused


def apply_plan(
    session: Session, problem: Problem, result: PlanResult, policy: EnforcementPolicy, now: datetime
) -> int:
    """Make offers of the proposals that still hold; how many. What changed meanwhile waits for the next plan."""
    free_now = problem.free
    proposals = [proposal for proposal in result.proposals if proposal.officer in free_now]
    made = len(offers.offer_all(session, proposals, policy, now))
    again = now + PLAN_AGAIN if len(problem.tasks) > made and free_now else None
    session.execute(
        update(Planning)
        .where(Planning.authority_id == session.info["authority_id"])
        .values(
            planned=problem.wanted,
            planned_at=now,
            planned_by=result.by,
            fault=result.fault,
            walks_fault=result.walks_fault,
            plan_seconds=result.seconds or Planning.plan_seconds,
            ahead=ahead.kept(session, problem.officers if problem.asks else (), result.proposals, problem.at),
            next_at=min(
                filter(None, (again, _next_put_off(session, problem.at), _opening(session, problem))),
                default=None,
            ),
        )
    )
    if result.fault:
        journal.record(session, "plan.nearest-first", session.info["authority_id"], at=now, offers=made)
    return made


def _opening(session: Session, problem: Problem) -> datetime | None:
    """When the next zone becomes active, where something waits."""
    return zone_times.next_opening(session, problem.at) if problem.tasks else None


def _next_put_off(session: Session, after: datetime) -> datetime | None:
    """When the next task that was put off to a later look is due again."""
    return session.scalar(
        select(func.min(Task.not_before)).where(
            Task.authority_id == session.info["authority_id"],
            Task.state == TaskState.WAITING.value,
            Task.not_before > after,
        )
    )
