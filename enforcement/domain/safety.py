"""Safety of officers: places nobody is sent to, signs of life, alarms taken back. State + time → decision, no I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import cos, radians

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from .fences import degree_metres, metres

NEARBY_M = 500.0  # officers within so far of an unsafe place are told, wherever their zones are
CHECK_IN_MINUTES = range(5, 121)
WARNED_BEFORE = timedelta(minutes=2)  # how long before a missed check-in the phone is asked
TAKEN_BACK_WITHIN = timedelta(seconds=30)  # an SOS taken back later stays the supervisor's to close
LEFT_ZONES_M = 15.0


class AlertKind(StrEnum):
    """What a supervisor is alerted to."""

    SOS = "sos"
    CHECK_IN = "check-in"  # no sign of life in time
    UNSAFE = "unsafe"  # a place is frozen
    ESCALATED = "escalated"  # tasks that nobody took, a batch at a time
    OUT_OF_ZONES = "out-of-zones"
    OVERRUN = "overrun"  # a shift past its end that can't be ended by itself
    PREVENTED = "prevented"
    SIGNS_DEFECTIVE = "signs_defective"
    WELFARE_CONCERN = "welfare_concern"
    INCIDENT = "incident"
    NOT_REACHED = "not-reached"  # nobody was at a standing patrol before its window ended
    NETWORK_QUIET = "network-quiet"  # nothing comes from a sensor network any more
    PUSH_TROUBLE = "push-trouble"  # messages to phones fail or come late
    PLANNER_TROUBLE = "planner-trouble"  # no plan, or only by the fallback
    JOBS_STAND = "jobs-stand"  # what must be done once per thing is not done


@dataclass(frozen=True, slots=True)
class Circle:
    """A frozen place: degrees, and metres around."""

    lon: float
    lat: float
    radius_m: float

    def holds(self, *, lon: float, lat: float) -> bool:
        """Is this point inside, its edge included?"""
        return metres(lon1=self.lon, lat1=self.lat, lon2=lon, lat2=lat) <= self.radius_m


def frozen(circles: Iterable[Circle], *, lon: float, lat: float) -> bool:
    """Is nobody sent to this point?"""
    return any(circle.holds(lon=lon, lat=lat) for circle in circles)


def warn_at(alive_at: datetime, minutes: int) -> datetime:
    """When the phone is asked for a sign of life, if none comes by itself."""
    return alive_at + timedelta(minutes=minutes) - WARNED_BEFORE


def missed_at(alive_at: datetime, minutes: int) -> datetime:
    """When a missing sign of life is an alarm."""
    return alive_at + timedelta(minutes=minutes)


def outside(zones: BaseGeometry, *, lon: float, lat: float, accuracy_m: float) -> bool | None:
    """Has a phone there left these zones? None: can't be told, so nothing changes.

    Out is surely farther than 15 m from them, in is surely not: a phone that lies still can't be both,
    whatever its jitter within its accuracy.
    """
    away = metres_away(zones, lon=lon, lat=lat)
    if away - accuracy_m > LEFT_ZONES_M:
        return True
    return False if away + accuracy_m <= LEFT_ZONES_M else None


def leads_outside(zones: BaseGeometry, *, lon: float, lat: float) -> bool:
    """May the way to a task there lead out of these zones? It lies outside them, or they are in several pieces."""
    return not zones.covers(Point(lon, lat)) or len(shapely.get_parts(zones)) > 1


def metres_away(zones: BaseGeometry, *, lon: float, lat: float) -> float:
    """Metres from the zones' edge, below zero inside; on a local plane around the point."""
    per_lon, per_lat = degree_metres(cos(radians(lat)))
    plane = shapely.transform(zones, lambda points: (points - (lon, lat)) * (per_lon, per_lat))
    here = Point(0, 0)
    return plane.distance(here) or -float(plane.boundary.distance(here))
