"""Our own planner, as the live product asks it: officers and tasks in, proposals out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from ...domain.dispatch import OfficerNow, TaskNow, plan
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
    """One task for every shown car. Colleagues take part where and when they will be free."""

    def __init__(self, setting: Setting) -> None:
        self._streets = setting.streets
        self._travel = KerbTravel(setting.streets)
        self._model = Survival(setting.past, setting.streets).model

    def decide(self, view: View) -> int | None:
        tasks = {car.bay: car for car in view.within_reach}
        work = [self._task(view, car) for car in tasks.values()]
        proposals = plan(list(self._officers(view)), work, self._travel, _at(view.now), self._model.chances)
        return next((tasks[str(each.task)].kerb for each in proposals if each.officer == view.officer), None)

    def _task(self, view: View, car: Shown) -> TaskNow:
        return TaskNow(
            id=car.bay,
            lon=self._streets.points[car.kerb].lon,
            lat=self._streets.points[car.kerb].lat,
            zones=EVERYWHERE,
            value=1.0,
            lawful_from=_at(car.over_since),
            until=None,
            minutes_over=(view.now - car.over_since) / 60,
        )

    def _officers(self, view: View) -> Iterator[OfficerNow]:
        yield self._officer(view, view.officer, view.at, view.now)
        for colleague in view.colleagues:
            yield self._officer(view, colleague.officer, colleague.target, colleague.free_at)

    def _officer(self, view: View, officer: int, kerb: int, free_at: int) -> OfficerNow:
        point = self._streets.points[kerb]
        return OfficerNow(officer, point.lon, point.lat, EVERYWHERE, _at(free_at), _at(view.ends))


def _at(seconds: int) -> datetime:
    return MIDNIGHT + timedelta(seconds=seconds)
