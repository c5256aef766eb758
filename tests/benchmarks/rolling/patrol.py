"""Officers walk through an evening as a policy says. What it may know is only what it is asked with.

A car is known from the moment it begins to overstay. That it left is seen by the officer who arrives, or, if
`departures_shown`, by the sensors at once: then the officer on the way stops where they are. Whoever is sent
goes there; an attendance takes two minutes. A car counts once, with its value, when work begins while it is there.
Thinking takes no time here, however long it took.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

import numpy as np

from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import Id, OfficerNow, TaskNow
from enforcement.domain.dwell import PRIOR

from .evening import Car, Evening, Start, at

STEP = 5  # seconds: who is free is asked about so often
REPLAN = 15  # seconds
WORK_SECONDS = 120.0
TRAVEL = StraightLine()

Routes = Mapping[Id, Sequence[Id]]


class Policy(Protocol):
    """Who goes where."""

    every: int
    """Seconds for which a plan holds: whoever comes free before then goes on along it. 0: then it is made anew."""

    def plan(self, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], now: float) -> Routes:
        """By officer, the tasks in their order; only the free among the officers set out.

        The busy are where and when they should be free. A task's value is what it is expected to be worth now:
        that its car was not seen for some time lowers it. `now`: seconds from the beginning.
        """


@dataclass(slots=True)
class Played:
    """What came of it. `wasted`: arrived, and it was gone. `cut_short`: turned back on the way."""

    value: float = 0.0
    attended: int = 0
    wasted: int = 0
    cut_short: int = 0
    thinking: list[float] = field(default_factory=list)  # seconds, by plan


@dataclass(slots=True)
class Officer:
    """At a place, from `free_at` on; until then on the way to `car` or at it."""

    id: int
    lon: float
    lat: float
    zones: frozenset[int]
    free_at: float = 0.0
    car: Car | None = None
    left_at: float = 0.0
    arrives: float = 0.0
    origin: tuple[float, float] = (0.0, 0.0)

    def send(self, car: Car, now: float) -> None:
        self.origin, self.left_at = (self.lon, self.lat), now
        self.arrives = now + walk_seconds((self.lon, self.lat), (car.lon, car.lat))
        self.lon, self.lat, self.car = car.lon, car.lat, car
        self.free_at = self.arrives + WORK_SECONDS

    def stop(self, now: float) -> None:
        """Turn back: the officer is as far as they came."""
        share = (now - self.left_at) / (self.arrives - self.left_at)
        self.lon = self.origin[0] + share * (self.lon - self.origin[0])
        self.lat = self.origin[1] + share * (self.lat - self.origin[1])
        self.free_at, self.car = now, None


def walk_seconds(here: tuple[float, float], there: tuple[float, float]) -> float:
    return float(TRAVEL.seconds(np.array([here]), np.array([there]))[0, 0])


@dataclass(slots=True)
class Patrol:
    """One evening under one policy."""

    evening: Evening
    policy: Policy
    departures_shown: bool = False
    played: Played = field(default_factory=Played)
    officers: list[Officer] = field(default_factory=list)
    open: dict[int, Car] = field(default_factory=dict)
    _to_come: list[Car] = field(init=False)  # the next one last
    _routes: Routes = field(default_factory=dict)
    _planned_at: float = -inf

    def __post_init__(self) -> None:
        self._to_come = list(reversed(self.evening.cars))

    def play(self) -> Played:
        self.officers = [_officer(number, start) for number, start in enumerate(self.evening.starts)]
        for now in range(0, int(self.evening.seconds), STEP):
            self._arrive(now)
            self._learn(now)
            free = [officer for officer in self.officers if officer.free_at <= now]
            came_free = any(officer.free_at > now - STEP for officer in free)
            if free and self.open and (came_free or now % REPLAN == 0):
                self._send(free, now)
        self._arrive(self.evening.seconds)
        return self.played

    def _arrive(self, now: float) -> None:
        """Those who have arrived since see whether the car is there."""
        for officer in self.officers:
            if officer.car and officer.arrives <= now:
                self._attend(officer, officer.car)
                officer.car = None

    def _attend(self, officer: Officer, car: Car) -> None:
        if car.is_there(officer.arrives):
            self.played.value += car.value
            self.played.attended += 1
        else:
            self.played.wasted += 1
            officer.free_at = officer.arrives

    def _learn(self, now: float) -> None:
        """The cars that began to overstay by now, and those that the sensors saw leave."""
        while self._to_come and self._to_come[-1].over_from <= now:
            car = self._to_come.pop()
            self.open[car.id] = car
        if self.departures_shown:
            self.open = {number: car for number, car in self.open.items() if car.is_there(now)}
            for officer in self.officers:
                if officer.car and not officer.car.is_there(now):
                    officer.stop(now)
                    self.played.cut_short += 1

    def _send(self, free: Sequence[Officer], now: float) -> None:
        if now >= self._planned_at + self.policy.every:
            self._plan(now)
        for officer in free:
            route = self._routes.get(officer.id, [])
            car = next((self.open.pop(task) for task in route if task in self.open), None)
            if car:
                officer.send(car, now)

    def _plan(self, now: float) -> None:
        officers = [self._shown_officer(officer, now) for officer in self.officers]
        tasks = self._shown_tasks(now)
        began = time.perf_counter()
        self._routes = self.policy.plan(officers, tasks, now)
        self.played.thinking.append(time.perf_counter() - began)
        self._planned_at = now

    def _shown_officer(self, officer: Officer, now: float) -> OfficerNow:
        ends = at(self.evening.seconds)
        free_at = at(max(officer.free_at, now))
        return OfficerNow(officer.id, officer.lon, officer.lat, officer.zones, free_at, ends)

    def _shown_tasks(self, now: float) -> list[TaskNow]:
        cars = list(self.open.values())
        over = np.array([(now - car.over_from) / 60 for car in cars])
        unseen = np.zeros(len(cars)) if self.departures_shown else np.minimum(over, now / 60)
        here = PRIOR.chances(over - unseen, unseen)
        return [_shown(*each) for each in zip(cars, over.tolist(), here.tolist(), strict=True)]


def _officer(number: int, start: Start) -> Officer:
    return Officer(number, start.lon, start.lat, start.zones)


def _shown(car: Car, minutes_over: float, here: float) -> TaskNow:
    return TaskNow(
        id=car.id,
        lon=car.lon,
        lat=car.lat,
        zones=frozenset({car.zone}),
        value=car.value * here,
        lawful_from=at(car.over_from),
        until=None,
        minutes_over=minutes_over,
        work_seconds=WORK_SECONDS,
    )
