"""Our own planner, as the live product asks it: officers and tasks in, proposals out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from ...domain.dispatch import OfficerNow, TaskNow, plan
from .closing import Closing
from .ground import SPEED, Ground
from .survival import Survival
from .view import Setting, Shown, View

MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)  # of any day: the planner asks for no date
EVERYWHERE = frozenset({"everywhere"})

Floats = NDArray[np.float64]


class KerbTravel:
    """Walks between the points that stand for kerbs (implements `domain.dispatch.Travel`)."""

    def __init__(self, streets: Ground) -> None:
        self._streets = streets
        self._kerb_at = {(point.lon, point.lat): kerb for kerb, point in enumerate(streets.points)}

    def seconds(self, origins: Floats, destinations: Floats) -> Floats:
        return self._streets.seconds[np.ix_(self._kerbs(origins), self._kerbs(destinations))].astype(float)

    def metres(self, origins: Floats, destinations: Floats) -> Floats:
        return self.seconds(origins, destinations) * SPEED

    def _kerbs(self, points: Floats) -> list[int]:
        return [self._kerb_at[lon, lat] for lon, lat in np.asarray(points).reshape(-1, 2).tolist()]


class OpenPatrol:
    """One task for every shown car; first looks at parked ones can wait for an officer with nothing else to do.

    Colleagues take part where and when they will be free.
    """

    def __init__(self, setting: Setting) -> None:
        self._streets, self._service = setting.streets, setting.service_seconds
        self._departures_seen = setting.departures_seen
        self._travel = KerbTravel(setting.streets)
        self._survival = Survival(setting.past, setting.streets)
        self._closing = Closing(setting.past, setting.streets)

    def decide(self, view: View) -> int | None:
        kerbs = {car.bay: car.kerb for car in (*view.shown, *view.parked)}
        work = [self._task(view, car) for car in view.within_reach]
        work += [
            self._look(view, car)
            for car in view.parked
            if car.kerb in view.offered and _unseen(car, view.now)
        ]
        chances = self._survival.model.chances
        proposals = plan(list(self._officers(view)), work, self._travel, _at(view.now), chances)
        return next((kerbs[str(each.task)] for each in proposals if each.officer == view.officer), None)

    def _task(self, view: View, car: Shown) -> TaskNow:
        closes = self._closing.ends(view.day, car.bay, car.over_since)
        minutes_over = (view.now - car.over_since) / 60
        pace = self._survival.pace(view.day, car.bay, car.over_since)
        return TaskNow(
            id=car.bay,
            lon=self._streets.points[car.kerb].lon,
            lat=self._streets.points[car.kerb].lat,
            zones=EVERYWHERE,
            value=1.0
            if self._departures_seen
            else self._survival.model.chance(0.0, max(minutes_over, 0.0), pace),
            lawful_from=_at(car.over_since),
            until=None if closes is None else _at(closes - 1),
            minutes_over=minutes_over,
            pace=pace,
            work_seconds=self._service,
        )

    def _look(self, view: View, car: Shown) -> TaskNow:
        task = replace(self._task(view, car), lawful_from=_at(view.now), until=_at(car.period_ends - 1))
        return replace(task, minutes_over=None, work_seconds=0.0, spare=True)

    def _officers(self, view: View) -> Iterator[OfficerNow]:
        yield self._officer(view, view.officer, view.at, view.now)
        for colleague in view.colleagues:
            yield self._officer(view, colleague.officer, colleague.target, colleague.free_at)

    def _officer(self, view: View, officer: int, kerb: int, free_at: int) -> OfficerNow:
        point = self._streets.points[kerb]
        return OfficerNow(officer, point.lon, point.lat, EVERYWHERE, _at(free_at), _at(view.ends))


def _unseen(car: Shown, now: int) -> bool:
    return not car.looked_by and now < car.period_ends


def _at(seconds: int) -> datetime:
    return MIDNIGHT + timedelta(seconds=seconds)
