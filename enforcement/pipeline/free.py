"""Task → assignment: who is free to go, and who will be within minutes, where and when.

Who is on the way to a car, at one, or busy until a time that they told takes part in planning from there and then:
so nobody else is sent past them. Estimates; nothing is reserved for anyone.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from ..adapters.tables import Assignment, Bay, Patrol, Person, Shift, ShiftZone, Task, Zone
from ..adapters.travel import StraightLine
from ..domain import fences
from ..domain.dispatch import OfficerNow
from ..domain.policy import EnforcementPolicy, StartRule
from ..domain.tasks import BUSY, ShiftState
from . import sos, zone_times

SOON = timedelta(minutes=10)  # what an officer does after that is not planned yet
A_MOMENT = timedelta(seconds=30)  # who is not free yet is not free sooner than this
OVERDUE = timedelta(minutes=5)  # beyond the estimate nobody can tell any more, and nothing is kept waiting
FIX_FORGOTTEN = timedelta(minutes=30)  # an older position says little about where an officer is
FAR_FROM_ZONES_M = 20_000.0
MAY_BE_FREE = [state.value for state in (ShiftState.AVAILABLE, *sorted(BUSY))]

Place = tuple[float, float]  # lon, lat


def officers(session: Session, policy: EnforcementPolicy, now: datetime) -> list[OfficerNow]:
    """Who is on shift and free, or soon will be, in a zone that is active, and not calling for help.

    `free_at` is `now` for those who can be sent now, and later for the others.
    """
    rows = session.execute(_on_shift(session)).all()
    zones = _zones(session, [row.id for row in rows], now)
    found = [_officer(row, zones[row.id], policy, now) for row in rows if zones[row.id]]
    return [officer for officer in found if officer]


def _on_shift(session: Session) -> Any:
    ours = session.info["authority_id"]
    in_hand = (
        (Assignment.authority_id == Shift.authority_id)
        & (Assignment.shift_id == Shift.id)
        & (Assignment.state != "ended")
        & ~Assignment.beside
    )
    return (
        select(
            Shift.id, Shift.state, Shift.busy_until, Shift.planned_to, Shift.lon, Shift.lat, Shift.fix_at,
            Person.pace, Assignment.id.label("assignment_id"), Assignment.offered_at, Assignment.accepted_at,
            Assignment.walk_seconds, Assignment.arrived_at, Assignment.preparation_began_at, Task.lawful_from,
            Task.observation_minutes, Patrol.minutes.label("patrol_minutes"),
            Bay.lon.label("bay_lon"), Bay.lat.label("bay_lat"),
            (
                (Task.sightings_needed > 1)
                & (Task.start_rule == StartRule.ON_ARRIVAL.value)
                & Task.only_for_id.is_distinct_from(Shift.officer_id)
            ).label("looks_first"),
        )
        .join(Person, (Person.authority_id == Shift.authority_id) & (Person.id == Shift.officer_id))
        .outerjoin(Assignment, in_hand)
        .outerjoin(Task, (Task.authority_id == Shift.authority_id) & (Task.id == Assignment.task_id))
        .outerjoin(Patrol, (Patrol.authority_id == Shift.authority_id) & (Patrol.id == Task.patrol_id))
        .outerjoin(Bay, (Bay.authority_id == Shift.authority_id) & (Bay.id == Task.bay_id))
        .where(
            Shift.authority_id == ours,
            Shift.state.in_(MAY_BE_FREE),
            Shift.officer_id.not_in(sos.calling(session)),
            Person.disabled_at.is_(None),
        )
    )  # fmt: skip


def _officer(
    row: Row[Any], zones: Sequence[Zone], policy: EnforcementPolicy, now: datetime
) -> OfficerNow | None:
    """None where nobody can tell when they will be free, or not soon."""
    free_at = _free_at(row, policy, now)
    if free_at is None or free_at > now + SOON:
        return None
    at_a_car = row.assignment_id is not None
    lon, lat = (row.bay_lon, row.bay_lat) if at_a_car else _place(row, zones, now)
    return OfficerNow(
        id=row.id,
        lon=lon,
        lat=lat,
        zones=frozenset(zone.id for zone in zones),
        free_at=free_at,
        shift_ends=row.planned_to,
        pace=row.pace,
    )


def _free_at(row: Row[Any], policy: EnforcementPolicy, now: datetime) -> datetime | None:
    available = row.state == ShiftState.AVAILABLE.value
    at_a_car = row.arrived_at is not None and row.state != ShiftState.WITH_PUBLIC.value
    if not (available or at_a_car or row.busy_until):
        return None
    if row.assignment_id:
        return _done_at(row, policy, now)
    return now if available else max(row.busy_until, now + A_MOMENT)


def _done_at(row: Row[Any], policy: EnforcementPolicy, now: datetime) -> datetime | None:
    """When the work in hand will be done; None if it ought to have been long ago."""
    going_on = max(row.busy_until or now, now)
    set_out = row.accepted_at or row.offered_at
    should_arrive = set_out + timedelta(seconds=row.walk_seconds or 0.0)
    if row.arrived_at:
        done = expected = _work_done(row, policy, row.arrived_at)
    else:
        seen = row.fix_at is not None and row.fix_at > set_out
        there = going_on + _walk(row) if seen else max(should_arrive, going_on)
        done, expected = _work_done(row, policy, there), should_arrive
    if row.busy_until is None and expected + OVERDUE < now:
        return None
    return max(done, going_on, now + A_MOMENT)


def _walk(row: Row[Any]) -> timedelta:
    """What is left of it, from where the officer was last seen."""
    metres = fences.metres(lon1=row.lon, lat1=row.lat, lon2=row.bay_lon, lat2=row.bay_lat)
    return timedelta(seconds=StraightLine().seconds_for(metres) / row.pace)


def _work_done(row: Row[Any], policy: EnforcementPolicy, there: datetime) -> datetime:
    """The end of the visit of one who is there from then on."""
    if row.preparation_began_at:
        served: datetime = row.preparation_began_at + policy.attendance
        return served
    first = row.looks_first and there < row.lawful_from
    begins: datetime = there if first else max(there, row.lawful_from)
    if row.patrol_minutes:
        return begins + timedelta(minutes=row.patrol_minutes)
    return begins + policy.at_the_car(row.observation_minutes, first_of_two=first)


def _place(row: Row[Any], zones: Sequence[Zone], now: datetime) -> Place:
    """Who tells no place, or one far from their zones, is taken to be in the middle of them: who has position
    switched off still gets work."""
    lon, lat = middle = _middle(tuple(zone.outline for zone in zones))
    if row.lon is None or row.lat is None or row.fix_at is None or row.fix_at <= now - FIX_FORGOTTEN:
        return middle
    away = fences.metres(lon1=row.lon, lat1=row.lat, lon2=lon, lat2=lat)
    return (row.lon, row.lat) if away <= FAR_FROM_ZONES_M else middle


@lru_cache(maxsize=1024)
def _middle(outlines: tuple[BaseGeometry, ...]) -> Place:
    """A point within these zones, as central as may be; worked out once for each set of them."""
    middle = shapely.union_all(outlines).representative_point()
    return middle.x, middle.y


def _zones(session: Session, shifts: Sequence[UUID], now: datetime) -> dict[UUID, list[Zone]]:
    """By shift, its zones that are active now."""
    zones: dict[UUID, list[Zone]] = defaultdict(list)
    rows = session.execute(
        select(ShiftZone.shift_id, Zone)
        .join(Zone, (Zone.authority_id == ShiftZone.authority_id) & (Zone.id == ShiftZone.zone_id))
        .where(
            ShiftZone.authority_id == session.info["authority_id"],
            ShiftZone.shift_id.in_(shifts),
            Zone.retired_at.is_(None),
        )
    ).all()
    active = zone_times.active_ones(session, (zone for _, zone in rows), now)
    for shift_id, zone in rows:
        if zone in active:
            zones[shift_id].append(zone)
    return zones
