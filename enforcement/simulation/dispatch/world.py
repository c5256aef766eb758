"""A day, played: officers walk where a policy sends them, and attend what they find.

The LMU rules (Schmoll & Schubert, IJCAI 2020): walks can't be interrupted; at the end of every kerb that is
passed, each car overstaying there at that second is attended, once; a kerb that one officer is heading for is
not offered to the next; with nothing to do an officer waits for a minute. Everything lasts whole seconds; at
the same second passing comes before deciding, and the lower officer number first.

With a service time, the cars at a kerb are attended one after the other, each if it is there when its turn
comes, and the walk goes on afterwards. An attendance counts when it begins.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heapify, heappop, heappush
from random import Random
from time import perf_counter

import numpy as np

from .ground import Ground
from .rules import Rules, period_ends
from .sensors import Sensors
from .truth import Car
from .view import Colleague, Policy, View

PASSES, DECIDES = 0, 1


class NotOffered(Exception):
    """A policy named a kerb that it was not offered."""


@dataclass(frozen=True, slots=True)
class Played:
    """How a day went. `attended_at`: seconds after local midnight, in order; `pairs`: attended after a first
    look by the same officer within the permitted time.

    `attended`: the cars' numbers, in the same order. `visits`: (officer, kerb) of every kerb whose end was
    reached, in order; `walks`: how often it was the target; `in_vain`: and nobody was attended there.
    """

    attended_at: tuple[int, ...]
    pairs: int
    decisions: int
    thinking_seconds: float
    attended: tuple[int, ...]
    visits: tuple[tuple[int, int], ...]
    walks: int
    in_vain: int
    walked_seconds: int


@dataclass(slots=True)
class _Officer:
    """`ahead` is the rest of the walk, backwards: kerbs (None: the start node) and the seconds to each from
    the one before."""

    at: int = 0
    target: int | None = None
    free_at: int = 0
    ahead: list[tuple[int | None, int]] = field(default_factory=list)
    rested: bool = False
    attended_here: bool = False


class World:
    """One day, to be played once. Where `arrivals_known`, `cars` are all that came, not only those that overstay."""

    def __init__(
        self,
        streets: Ground,
        cars: Sequence[Car],
        rules: Rules,
        officers: int,
        day: date,
        seed: int = 1,
        *,
        arrivals_known: bool = False,
    ) -> None:
        if officers < 1:
            raise ValueError("a day needs at least one officer")
        self._streets, self._rules, self._day = streets, rules, day
        self._random = Random(f"policy {seed} {day}")
        self._arrivals_known = arrivals_known
        chance = Random(f"sensors {seed} {day}")
        self._sensors = Sensors(cars, rules, chance, arrivals_known=arrivals_known)
        self._waiting: dict[int, list[Car]] = defaultdict(list)  # by kerb, not attended yet
        for car in cars:
            self._waiting[car.kerb].append(car)
        self._looked: dict[int, set[int]] = defaultdict(set)  # by car, the officers who saw it in time
        self._officers = [_Officer() for _ in range(officers)]
        self._attended: list[tuple[int, int]] = []  # when, car
        self._visits: list[tuple[int, int]] = []
        self._pairs = self._decisions = self._walks = self._in_vain = self._walked = 0
        self._thinking = 0.0

    def play(self, policy: Policy) -> Played:
        """From the first second of the day to the last. Raises NotOffered."""
        events = [(self._rules.starts, DECIDES, number) for number in range(len(self._officers))]
        heapify(events)
        while events:
            now, kind, number = heappop(events)
            if now >= self._rules.ends:
                break
            following = self._pass(now, number) if kind == PASSES else self._next(now, number, policy)
            if following:
                heappush(events, (*following, number))
        return self._played()

    def _played(self) -> Played:
        return Played(
            attended_at=tuple(at for at, _ in self._attended),
            pairs=self._pairs,
            decisions=self._decisions,
            thinking_seconds=self._thinking,
            attended=tuple(car for _, car in self._attended),
            visits=tuple(self._visits),
            walks=self._walks,
            in_vain=self._in_vain,
            walked_seconds=self._walked,
        )

    def _pass(self, now: int, number: int) -> tuple[int, int] | None:
        """At the end of a kerb: attend one car, or go on."""
        officer = self._officers[number]
        kerb = officer.ahead[-1][0]
        if kerb is None:
            self._walked += officer.ahead[-1][1]
            return None  # at the start node, and done
        self._look(kerb, now, number)
        while (car := self._to_attend(kerb, now, officer)) is not None:
            self._attend(car, now, number)
            if self._rules.service:
                officer.free_at += self._rules.service
                return now + self._rules.service, PASSES
        self._note_visit(kerb, number)
        officer.at = kerb
        return (now + officer.ahead[-1][1], PASSES) if officer.ahead else (now, DECIDES)

    def _note_visit(self, kerb: int, number: int) -> None:
        officer = self._officers[number]
        self._visits.append((number, kerb))
        self._walked += officer.ahead.pop()[1]
        at_target = not officer.ahead
        self._walks += at_target
        self._in_vain += at_target and not officer.attended_here
        officer.attended_here = False

    def _look(self, kerb: int, now: int, number: int) -> None:
        for car in self._waiting[kerb] if self._arrivals_known else ():
            if car.is_there_at(now) and now < period_ends(car.over_from):
                self._looked[car.number].add(number)
        for shown in self._sensors.at(kerb, now):
            if not shown.is_there_at(now):
                self._sensors.clear(shown)

    def _to_attend(self, kerb: int, now: int, officer: _Officer) -> Car | None:
        if self._rules.ends_at_start and now + self._rules.service + self._still(officer) > self._rules.ends:
            return None
        return next((car for car in self._waiting[kerb] if car.is_over_at(now)), None)

    def _still(self, officer: _Officer) -> int:
        """Seconds of walking until this officer is at the start node."""
        last = officer.ahead[0][0]
        return sum(seconds for _, seconds in officer.ahead[:-1]) + (
            0 if last is None else int(self._streets.home[last])
        )

    def _attend(self, car: Car, now: int, number: int) -> None:
        self._waiting[car.kerb].remove(car)
        self._sensors.clear(car)
        self._attended.append((now, car.number))
        self._officers[number].attended_here = True
        self._pairs += number in self._looked[car.number]

    def _next(self, now: int, number: int, policy: Policy) -> tuple[int, int] | None:
        """What an officer does who stands at the end of a walk."""
        officer, rules = self._officers[number], self._rules
        officer.target = None
        if rules.rests and not officer.rested and now >= rules.rests_from:
            officer.rested, officer.free_at = True, now + rules.rests
            return officer.free_at, DECIDES
        target = self._ask(policy, self._view(now, number))
        if target is not None:
            officer.target, officer.free_at = target, now + int(self._streets.seconds[officer.at, target])
            return self._set_out(officer, self._streets.passings(officer.at, target), now)
        officer.free_at = now + rules.waits
        if rules.ends_at_start and officer.free_at + self._streets.home[officer.at] > rules.ends:
            return self._go_home(officer, now)
        return officer.free_at, DECIDES

    def _ask(self, policy: Policy, view: View) -> int | None:
        began = perf_counter()
        target = policy.decide(view)
        self._thinking += perf_counter() - began
        self._decisions += 1
        if target is not None and target not in view.offered:
            raise NotOffered(f"kerb {target} was not offered")
        return target

    def _set_out(self, officer: _Officer, way: Sequence[tuple[int | None, int]], now: int) -> tuple[int, int]:
        after = [0, *(seconds for _, seconds in way)]
        officer.ahead = [
            (kerb, seconds - before) for (kerb, seconds), before in zip(way, after, strict=False)
        ]
        officer.ahead.reverse()
        return now + officer.ahead[-1][1], PASSES

    def _go_home(self, officer: _Officer, now: int) -> tuple[int, int]:
        way = self._streets.homeward(officer.at)
        return self._set_out(officer, (*way, (None, int(self._streets.home[officer.at]))), now)

    def _view(self, now: int, number: int) -> View:
        cars = self._sensors.shown(now, self._looked)
        over = bisect_right(cars, now, key=lambda car: car.over_since)
        colleagues = tuple(
            Colleague(other, officer.target, officer.free_at)
            for other, officer in enumerate(self._officers)
            if other != number and officer.target is not None
        )
        return View(
            day=self._day,
            now=now,
            starts=self._rules.starts,
            ends=self._rules.ends,
            officer=number,
            officers=len(self._officers),
            at=self._officers[number].at,
            shown=cars[:over],
            offered=self._offered(now, self._officers[number]) - {each.target for each in colleagues},
            colleagues=colleagues,
            random=self._random,
            parked=cars[over:],
        )

    def _offered(self, now: int, officer: _Officer) -> frozenset[int]:
        """All kerbs, or those from which one is back at the start node when the day ends."""
        if not self._rules.ends_at_start:
            return frozenset(range(len(self._streets)))
        back = now + self._streets.seconds[officer.at] + self._streets.home
        return frozenset(np.flatnonzero(back <= self._rules.ends).tolist())
