"""In or out: has the officer arrived at the bay, have they left it? State + fix → new state, no I/O."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import cos, hypot, radians
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

ARRIVED_WITHIN_M = 50.0
LEFT_BEYOND_M = 65.0
FIXES_TO_ARRIVE = 2

EQUATOR_M = 6_378_137.0  # WGS 84
FLATTENING = 1 / 298.257223563

Lengths = TypeVar("Lengths", float, NDArray[np.float64])


class Fence(StrEnum):
    """On which side of a bay's fence an officer is."""

    AWAY = "away"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Fix:
    """One position of a phone: degrees, metres of accuracy, aware UTC."""

    lon: float
    lat: float
    accuracy_m: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Presence:
    """An officer and one bay: the state, since when, and what the next fix is judged by.

    `near` counts the fixes that were surely inside since the last one that was surely outside;
    `taken_at` is the time of the newest fix seen.
    """

    state: Fence = Fence.AWAY
    since: datetime | None = None
    near: int = 0
    taken_at: datetime | None = None


def step(presence: Presence, fix: Fix, *, lon: float, lat: float) -> Presence:
    """Take in one fix of an officer on the way to the bay at lon, lat.

    Arrived: distance + accuracy ≤ 50 m on two fixes. Left: distance − accuracy > 65 m. A fix too vague for
    either changes nothing, so a phone whose accuracy bounds its error can't flutter: what is surely within
    50 m is never surely beyond 65 m. A fix that is not newer than the last one taken is ignored.
    """
    if presence.taken_at is not None and fix.at <= presence.taken_at:
        return presence
    distance = metres(lon1=fix.lon, lat1=fix.lat, lon2=lon, lat2=lat)
    taken = replace(presence, taken_at=fix.at)
    if distance - fix.accuracy_m > LEFT_BEYOND_M:
        return _outside(taken, fix.at)
    if distance + fix.accuracy_m <= ARRIVED_WITHIN_M:
        return _inside(taken, fix.at)
    return taken


def _outside(presence: Presence, at: datetime) -> Presence:
    left = presence.state is Fence.ARRIVED
    return replace(presence, state=Fence.AWAY, near=0, since=at if left else presence.since)


def _inside(presence: Presence, at: datetime) -> Presence:
    if presence.state is Fence.ARRIVED:
        return presence
    near = presence.near + 1
    if near < FIXES_TO_ARRIVE:
        return replace(presence, near=near)
    return replace(presence, state=Fence.ARRIVED, near=near, since=at)


def metres(*, lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Straight distance on a local plane: within 0.1 % of the geodesic up to 30 km, away from the poles."""
    per_lon, per_lat = degree_metres(cos(radians((lat1 + lat2) / 2)))
    return hypot((lon2 - lon1) * per_lon, (lat2 - lat1) * per_lat)


def degree_metres(cos_lat: Lengths) -> tuple[Lengths, Lengths]:
    """Metres in one degree of longitude and one of latitude, by the cosine of the latitude.

    From the radii of curvature of the WGS 84 ellipsoid (prime vertical and meridian). Arithmetic only, so
    that one number and an array of them are treated alike.
    """
    squared = FLATTENING * (2 - FLATTENING)
    bulge = 1 - squared * (1 - cos_lat**2)
    prime_vertical = EQUATOR_M / bulge**0.5
    meridian = prime_vertical * (1 - squared) / bulge
    return prime_vertical * cos_lat * radians(1), meridian * radians(1)
