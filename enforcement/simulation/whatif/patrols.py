"""The same days, walked by a blanket patrol and by our planner, under the same rules.

An overstay that lasts beyond a day is there on the next one for a patrol that did not come to it, and no more for
one that did.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter

from ..dispatch.ground import SPEED
from ..dispatch.policies import POLICIES
from ..dispatch.rules import UK, Rules
from ..dispatch.truth import Car
from ..dispatch.view import Policy, Setting
from ..dispatch.world import Played, World
from .history import History
from .hours import Day
from .stops import Stops

BLANKET, OURS = "blanket", "openpatrol"
NAMES = {BLANKET: "Blanket patrol", OURS: "OpenPatrol"}
REST_AFTER = 6 * 3600
"""Who works longer than this has a break (Working Time Regulations 1998, reg 12)."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Reached:
    """Which overstay an officer came to, and how long after it had begun, or the officers' day had.

    None for one of an earlier day: nobody was sent in between, so that no time since tells how soon anybody came.
    """

    overstay: int
    minutes: float | None


@dataclass(frozen=True)
class Patrol:
    """How the days went for a patrol: what was played of each, and whom they reached."""

    name: str
    played: tuple[Played, ...]
    reached: tuple[tuple[Reached, ...], ...]

    @cached_property
    def attended(self) -> tuple[int, ...]:
        """Day by day."""
        return tuple(len(day) for day in self.reached)

    @cached_property
    def minutes(self) -> list[float]:
        """Until an officer came, for those who were reached on the day on which they began, shortest first."""
        return sorted(each.minutes for day in self.reached for each in day if each.minutes is not None)

    @cached_property
    def walked_km(self) -> float:
        return sum(day.walked_seconds for day in self.played) * SPEED / 1000

    @cached_property
    def walks(self) -> int:
        return sum(day.walks for day in self.played)

    @cached_property
    def in_vain(self) -> int:
        return sum(day.in_vain for day in self.played)


def rules_of_day(day: Day, attendance_seconds: int) -> Rules:
    """The trade as it is worked in the United Kingdom, in the hours of this day."""
    lasts = day.second(day.ends) - day.starts
    middle = day.starts + lasts // 2
    return replace(
        UK,
        starts=day.starts,
        ends=day.starts + lasts,
        service=attendance_seconds,
        rests=UK.rests if lasts > REST_AFTER else 0,
        rests_from=middle,
    )


def there(history: History, stops: Stops) -> frozenset[int]:
    """The overstays that an officer could have come to: there at some moment while officers were out."""
    return frozenset(number for day in history.days for number in _on(history, stops, day))


def patrol(history: History, stops: Stops, name: str, officers: int, attendance: int, tell: Tell) -> Patrol:
    """All days, one after the other. `attendance`: seconds that an officer is busy with a car."""
    tell(f"{NAMES[name]}: getting ready")
    policy = POLICIES[name](Setting(stops, history.past, attendance))
    played, reached = [], []
    done: set[int] = set()
    for number, day in enumerate(history.days, start=1):
        there_still = {who: car for who, car in _on(history, stops, day).items() if who not in done}
        went, found = _walked(stops, day, there_still, policy, officers, attendance)
        played.append(went)
        reached.append(found)
        done |= {each.overstay for each in found}
        tell(f"{NAMES[name]}: day {number} of {len(history.days)}, {len(found)} attended")
    return Patrol(name, tuple(played), tuple(reached))


def visits_by_street(patrol: Patrol, stops: Stops) -> Mapping[str, int]:
    """How often an officer came to a street, of all streets: going on along it is the same visit."""
    visits = Counter(dict.fromkeys((stop.street for stop in stops.stops), 0))
    for day in patrol.played:
        for _, walk in groupby(sorted(day.visits, key=itemgetter(0)), key=itemgetter(0)):
            streets = [stops.stops[stop].street for _, stop in walk]
            visits.update(streets[:1])
            visits.update(here for before, here in pairwise(streets) if here != before)
    return visits


def _walked(
    stops: Stops, day: Day, cars: Mapping[int, Car], policy: Policy, officers: int, attendance: int
) -> tuple[Played, tuple[Reached, ...]]:
    in_order = sorted(cars, key=lambda who: (cars[who].over_from, cars[who].bay))
    numbered = [replace(cars[who], number=number) for number, who in enumerate(in_order)]
    rules = rules_of_day(day, attendance)
    played = World(stops, numbered, rules, officers, day.day).play(policy)
    return played, tuple(
        Reached(in_order[number], _minutes(numbered[number], at, day))
        for number, at in zip(played.attended, played.attended_at, strict=True)
    )


def _minutes(car: Car, at: int, day: Day) -> float | None:
    began_today = car.over_from >= 0
    return (at - max(car.over_from, day.starts)) / 60 if began_today else None


def _on(history: History, stops: Stops, day: Day) -> dict[int, Car]:
    """By the overstay's number, the cars that are over at some moment of the day, at bays within walking distance."""
    starts, ends = day.starts, day.second(day.ends)
    found = {}
    for number, each in enumerate(history.overstays):
        over, left = day.second(each.begins), day.second(each.ended)
        stop = stops.kerb_of.get(each.bay)
        if stop is not None and over < left and over < ends and left > starts:
            found[number] = Car(number, each.bay, stop, over, over, left)
    return found


def streets_of(
    overstays: Sequence[int] | frozenset[int], history: History, stops: Stops
) -> Mapping[str, int]:
    """Of these overstays, how many were on each street."""
    return Counter(stops.stops[stops.kerb_of[history.overstays[who].bay]].street for who in overstays)
