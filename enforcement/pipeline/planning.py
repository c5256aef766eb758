"""Task → assignment: what the planner is asked, and what becomes of its proposals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.planner import PlanResult
from ..adapters.tables import Assignment, Person, Planning, Shift, ShiftZone, Task, Zone
from ..domain import fences
from ..domain.dispatch import OfficerNow, TaskNow
from ..domain.policy import EnforcementPolicy
from ..domain.safety import frozen
from ..domain.tasks import EndReason, ShiftState, TaskState
from . import keepers, offers, safety, sos

PLAN_AGAIN = timedelta(seconds=15)  # while tasks wait: officers walk, cars turn lawful
MISS_FORGOTTEN = timedelta(minutes=5)  # then the same officer may be asked again
FIX_FORGOTTEN = timedelta(minutes=30)  # an older position says little about where an officer is
FAR_FROM_ZONES_M = 20_000.0
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
    waiting = _tasks(session, now)
    return Problem(_officers(session, now) if waiting else [], waiting, wanted or 0, now)


def _officers(session: Session, now: datetime) -> list[OfficerNow]:
    """Those on shift and available, without work in hand and not calling for help.

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
            Shift.officer_id.not_in(sos.calling(session)),
            Person.disabled_at.is_(None),
        )
    ).all()
    zones = _zones_of_shifts(session, [shift.id for shift, _ in shifts])
    return [_officer(shift, pace, zones[shift.id], now) for shift, pace in shifts if zones[shift.id]]


def _officer(shift: Shift, pace: float, zones: Sequence[Zone], now: datetime) -> OfficerNow:
    middle = lon, lat = _middle(tuple(zone.outline for zone in zones))
    if shift.lon is not None and shift.lat is not None and _is_fresh(shift, now):
        away = fences.metres(lon1=shift.lon, lat1=shift.lat, lon2=middle[0], lat2=middle[1])
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


@lru_cache(maxsize=1024)
def _middle(outlines: tuple[BaseGeometry, ...]) -> tuple[float, float]:
    """A point (lon, lat) within these zones, as central as may be; worked out once for each set of them."""
    middle = shapely.union_all(outlines).representative_point()
    return middle.x, middle.y


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
           t.not_before, t.sightings_needed > 1 AND t.start_rule = 'on_arrival' AS looks_first,
           array(SELECT zb.zone_id FROM zone_bays zb
                 WHERE zb.authority_id = t.authority_id AND zb.bay_id = t.bay_id) AS zones
    FROM tasks t JOIN bays b ON b.authority_id = t.authority_id AND b.id = t.bay_id
    WHERE t.authority_id = :authority_id AND t.state = 'waiting'
      AND (t.not_before IS NULL OR t.not_before <= :now OR t.only_for_id IS NOT NULL)
      AND t.may_have_left_at IS NULL
""")


def _tasks(session: Session, now: datetime) -> list[TaskNow]:
    waiting = session.execute(WAITING, {"authority_id": session.info["authority_id"], "now": now}).all()
    if not waiting:
        return []
    kept = keepers.keepers(session, [row.id for row in waiting], now)
    circles = safety.standing(session)
    rows = [
        row
        for row in waiting
        if (row.id not in kept or row.not_before <= now) and not frozen(circles, lon=row.lon, lat=row.lat)
    ]
    refused = _refused_by(session, [row.id for row in rows], kept, now)
    return [
        TaskNow(
            id=row.id,
            lon=row.lon,
            lat=row.lat,
            zones=frozenset(row.zones),
            value=row.priority,
            lawful_from=now if row.looks_first and row.id not in kept else row.lawful_from,
            until=row.lawful_until,
            minutes_over=(now - row.overstay_from).total_seconds() / 60,
            refused_by=frozenset(refused[row.id]),
            only_for=kept.get(row.id),
        )
        for row in rows
    ]


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
            Assignment.task_id.in_(tasks_),
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
    made = len(offers.offer_all(session, result.proposals, policy, now))
    again = now + PLAN_AGAIN if len(problem.tasks) > made and problem.officers else None
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
            next_at=min(filter(None, (again, _next_put_off(session, problem.at))), default=None),
        )
    )
    if result.fault:
        journal.record(session, "plan.nearest-first", session.info["authority_id"], at=now, offers=made)
    return made


def _next_put_off(session: Session, after: datetime) -> datetime | None:
    """When the next task that was put off to a later look is due again."""
    return session.scalar(
        select(func.min(Task.not_before)).where(
            Task.authority_id == session.info["authority_id"],
            Task.state == TaskState.WAITING.value,
            Task.not_before > after,
        )
    )
