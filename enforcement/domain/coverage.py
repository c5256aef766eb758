"""The floor under patrolling: every street shall be seen at least every so many days."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from .dispatch import TaskNow
from .fences import ARRIVED_WITHIN_M, Fix, degree_metres

Bools = NDArray[np.bool_]

QUARTER = timedelta(minutes=15)
WALKED_WITHIN = 2 * QUARTER  # a quarter of an hour and the one before
ENOUGH = 0.5
"""The share of a street's bays that somebody has to walk past, within `WALKED_WITHIN`: who crosses its end has not
seen it."""

PLACES_AT_ONCE = 250
"""Bays that are held against a trail at a time: a trail may be 2,000 fixes, and a council has thousands of bays."""

MOST_WORTH = 100.0  # as the most urgent of tasks; these are never weighed against any


@dataclass(frozen=True, slots=True)
class Place:
    """A bay of a street; degrees."""

    street: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Street:
    """A street where parking is controlled. `lon`, `lat`: that of its bays which lies in the middle.

    `seen_at` is the hour in which it was seen last; None where it was not since anybody counts.
    """

    name: str
    bays: int
    lon: float
    lat: float
    zones: frozenset[UUID]
    seen_at: datetime | None


def hour_of(at: datetime) -> datetime:
    """When a street was seen is told by the hour: enough for a floor of days, too little to follow anybody."""
    return at.replace(minute=0, second=0, microsecond=0)


def walked(places: Sequence[Place], fixes: Sequence[Fix]) -> dict[str, datetime]:
    """The streets that somebody walked who made these fixes, and when last: past half of their bays, surely within
    50 m, and within half an hour."""
    if not places or not fixes:
        return {}
    quarters = np.array([fix.at.timestamp() // QUARTER.total_seconds() for fix in fixes])
    each = np.unique(quarters)
    lately = (quarters == each[:, None]) | (quarters == each[:, None] - 1)
    passed = _passed(places, fixes, lately)
    found: dict[str, datetime] = {}
    for number, quarter in enumerate(each):
        last = max(fix.at for fix, when in zip(fixes, quarters, strict=True) if when == quarter)
        found |= dict.fromkeys(_mostly(places, passed[:, number]), last)
    return found


def _passed(places: Sequence[Place], fixes: Sequence[Fix], lately: Bools) -> Bools:
    """Place by quarter, was it surely near a fix that is one of its `lately` (quarter by fix)?"""
    some = [places[first : first + PLACES_AT_ONCE] for first in range(0, len(places), PLACES_AT_ONCE)]
    return np.concatenate([_near(each, fixes) @ lately.T for each in some])


def _mostly(places: Sequence[Place], passed: Bools) -> list[str]:
    """The streets of which enough places were passed."""
    bays: dict[str, list[bool]] = {}
    for place, was in zip(places, passed, strict=True):
        bays.setdefault(place.street, []).append(bool(was))
    return [street for street, each in bays.items() if sum(each) >= ENOUGH * len(each)]


def _near(places: Sequence[Place], fixes: Sequence[Fix]) -> Bools:
    """Place by fix, was it surely near?"""
    here = np.array([(fix.lon, fix.lat) for fix in fixes])
    there = np.array([(place.lon, place.lat) for place in places])
    per_lon, per_lat = degree_metres(np.cos(np.radians(here[:, 1])))
    away = there[:, None, :] - here[None, :, :]
    vague = np.array([fix.accuracy_m for fix in fixes])
    near: Bools = np.hypot(away[..., 0] * per_lon, away[..., 1] * per_lat) + vague <= ARRIVED_WITHIN_M
    return near


def is_overdue(street: Street, within: timedelta, now: datetime) -> bool:
    """Has nobody seen it for so long?"""
    return street.seen_at is None or now - street.seen_at >= within


def spare_work(streets: Collection[Street], within: timedelta, now: datetime) -> list[TaskNow]:
    """Overdue streets as work for officers who have no other; the longer unseen, the more it is worth."""
    return [
        TaskNow(
            id=street.name,
            lon=street.lon,
            lat=street.lat,
            zones=street.zones,
            value=_worth(street, within, now),
            lawful_from=now,
            until=None,
            minutes_over=None,
            spare=True,
        )
        for street in streets
        if is_overdue(street, within, now)
    ]


def _worth(street: Street, within: timedelta, now: datetime) -> float:
    """A street that is just due is worth 10, one unseen for ten times as long 100, as one that never was."""
    if street.seen_at is None:
        return MOST_WORTH
    return min(10.0 * ((now - street.seen_at) / within), MOST_WORTH)
