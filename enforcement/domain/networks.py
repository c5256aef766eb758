"""Has a sensor network gone quiet? It is judged by how long it usually says nothing at this hour. No I/O."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
LEARNT_FROM = timedelta(days=14)
KNOWN_AFTER = 3  # days on which an hour was listened to
UNKNOWN_HOUR = HOUR  # what an hour counts as until it is known: as sensors' usual heartbeat
SHORTEST_USUAL, LONGEST_USUAL = timedelta(minutes=1), timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Patience:
    """A network is quiet when it has missed so many of its usual intervals, and for at least so long."""

    intervals: float = 3
    at_least: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Gap:
    """The longest time without a word that ended in, began in or spanned the hour that begins at `hour`."""

    hour: datetime
    lasted: timedelta


def usual(gaps: Iterable[Gap], zone: ZoneInfo) -> Mapping[int, timedelta]:
    """By hour of the day on the wall, how long the network usually says nothing: the longest gap of the days but
    one, so that one outage teaches nothing. Hours that are not known yet are left out.
    """
    by_hour: dict[int, list[timedelta]] = defaultdict(list)
    for gap in gaps:
        by_hour[gap.hour.astimezone(zone).hour].append(gap.lasted)
    known = {hour: sorted(lasted) for hour, lasted in by_hour.items() if len(lasted) >= KNOWN_AFTER}
    return {hour: min(max(lasted[-2], SHORTEST_USUAL), LONGEST_USUAL) for hour, lasted in known.items()}


def missed(
    heard_at: datetime, now: datetime, usual: Mapping[int, timedelta], zone: ZoneInfo, enough: float
) -> float:
    """How many of its usual intervals the network has let pass, each hour by its own; counted up to `enough`.

    An hour of a night in which nothing comes counts little, and a minute of the morning much.
    """
    intervals, at = 0.0, heard_at
    while at < now and intervals < enough:
        until = min(hour_of(at) + HOUR, now)
        intervals += (until - at) / usual.get(at.astimezone(zone).hour, UNKNOWN_HOUR)
        at = until
    return intervals


def is_quiet(
    heard_at: datetime, now: datetime, usual: Mapping[int, timedelta], zone: ZoneInfo, patience: Patience
) -> bool:
    """Has the network that was last heard then gone quiet?"""
    if now - heard_at < patience.at_least:
        return False
    return missed(heard_at, now, usual, zone, patience.intervals) >= patience.intervals


def hour_of(at: datetime) -> datetime:
    """The beginning of its hour."""
    return at.replace(minute=0, second=0, microsecond=0)
