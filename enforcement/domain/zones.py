"""Patrol areas: what may be drawn as one, and when it is active."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .hours import HORIZON, ControlledHours

MOST_CORNERS = 2000  # more than any street plan needs; each phone keeps and draws them all
LEAST_M2 = 25.0  # less than two bays
AHEAD = timedelta(days=400)  # a zone that does not change within it never does

_STEPS = (HORIZON, timedelta(days=40), AHEAD)  # mostly the first is enough


@dataclass(frozen=True, slots=True)
class Activity:
    """Whether a zone is active, and when that changes: aware UTC, None if not within 400 days."""

    active: bool
    changes_at: datetime | None = None


def activity(hours: ControlledHours | None, now: datetime) -> Activity:
    """Outside its times nobody is sent to bays because of a zone; without any it is always active.

    Raises BadHours.
    """
    if hours is None:
        return Activity(active=True)
    return Activity(hours.controlled(now), _changes_at(hours, now))


def _changes_at(hours: ControlledHours, now: datetime) -> datetime | None:
    for step in _STEPS:
        spans = hours.intervals(now, now + step)
        edges = (edge for span in spans[:1] for edge in span)
        change = next((edge for edge in edges if now < edge < now + step), None)
        if change:
            return change
    return None


def next_opening(all_hours: Iterable[ControlledHours], now: datetime) -> datetime | None:
    """When the next of the zones that are not active now will be; None if none will within 400 days."""
    found = (activity(hours, now) for hours in all_hours)
    return min((each.changes_at for each in found if each.changes_at and not each.active), default=None)
