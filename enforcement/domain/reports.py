"""The figures of a period: what each of them means, and how it is reckoned. None of them speaks of a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from math import ceil
from types import MappingProxyType
from zoneinfo import ZoneInfo

from .outcomes import RULES, Outcome
from .refusals import Invalid

DAY = timedelta(days=1)
USUAL_DAYS = 28
MOST_DAYS = 400
TENTH = 10
BANDS = (5, 10, 15, 30, 60)  # minutes
FEWEST_OFFICERS = 5
LEAST_MINUTES = 60

FALSE_ALARMS = frozenset(outcome for outcome, rule in RULES.items() if rule.false_alarm)
NO_OVERSTAY = frozenset({Outcome.RIGHT_SEEN, Outcome.WITHIN_TIME, Outcome.BAY_EMPTY_SENSOR_WRONG})
"""What an officer finds where the sensor took something for an overstay that was none."""

MEANS: Mapping[str, str] = MappingProxyType(
    {
        "stay": "A stay is a car that a sensor saw come into a bay; it counts on the day on which it came.",
        "overstay": "An overstay is a stay that a sensor saw go on past its permitted time, unless a right "
        "covered it or an officer found a permit, payment or badge, a car within its time, or nothing there. "
        "However long it lasts it counts once, at the time at which it began.",
        "attended": "An overstay is attended when an officer has arrived at it; who found the car gone has not.",
        "zone": "A bay that lies in several zones counts in each of them.",
        "code": "The code is that of the task; where none was raised, that of the restriction then in force.",
        "wait": "The time to attend runs from when the task was raised, or from the beginning of the overstay if "
        "that was later, to the arrival of the first officer; it counts attended overstays only.",
        "walk": "A walk is an overstay's task that an officer accepted; several looks of theirs at it count once.",
        "wasted": "A walk was wasted when the car was gone or nothing was there on arrival, or when the task was "
        "called off while its officer was on the way.",
        "repeat": "A repeat bay is one with two overstays or more.",
        "visit": "A visit is an arrival of an officer at a bay, whatever sent them there; streets are those with "
        "bays in use.",
        "gini": "The Gini index is 0 where each street has as many visits as any other, and nears 1 where one "
        "has them all.",
        "workload": "Time on shift has breaks in it, and counts for officers with an hour or more. With fewer "
        f"than {FEWEST_OFFICERS} of them nothing is shown: it would speak of single people.",
    }
)
"""Each term in a sentence, for the API's readers and the page's."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last, both of them whole, as the council's clocks show them."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def ends(self) -> datetime:
        return midnight(self.last + DAY, self.zone)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> list[date]:
        """The Mondays of the weeks that it touches."""
        monday = self.first - self.first.weekday() * DAY
        return [monday + 7 * week * DAY for week in range((self.last - monday).days // 7 + 1)]

    def has_all_of(self, monday: date) -> bool:
        """Is the whole week that begins so in it?"""
        return self.first <= monday and monday + 6 * DAY <= self.last

    def before(self) -> "Period":
        """As many days, just before it."""
        return Period(self.first - self.days * DAY, self.first - DAY, self.zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """With which the day begins there."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def period(first: date | None, last: date | None, zone: ZoneInfo, now: datetime) -> Period:
    """The period asked for; without days the last four weeks with today. Raises Invalid at `/from` or `/to`."""
    today = now.astimezone(zone).date()
    last = last or today
    first = first or min(last, today) - (USUAL_DAYS - 1) * DAY
    if first > today:
        raise Invalid.at("/from", "That day is still to come. Choose today or a day before.")
    if last < first:
        raise Invalid.at("/to", "The last day is before the first. Choose a later one.")
    asked = Period(first, last, zone)
    if asked.days > MOST_DAYS:
        raise Invalid.at("/from", f"A report covers {MOST_DAYS} days at most. Choose a later first day.")
    return asked


def share(part: int, whole: int) -> float | None:
    """None of nothing."""
    return part / whole if whole else None


def within(values: Sequence[float], part: float) -> float | None:
    """The least of the values that such a part of all does not exceed: "half of them within 7 minutes"."""
    return sorted(values)[ceil(part * len(values)) - 1] if values else None


def banded(minutes: Sequence[float]) -> list[tuple[int | None, int]]:
    """How many came within so many minutes, each in the first band that holds it; None: later than all of them."""
    edges = [float("-inf"), *BANDS, float("inf")]
    counts = [sum(low < each <= high for each in minutes) for low, high in pairwise(edges)]
    return list(zip([*BANDS, None], counts, strict=True))


@dataclass(frozen=True, slots=True)
class Spread:
    """How visits spread over streets: `none` had none; the `top` streets with most had `top_share` of them all."""

    streets: int
    visits: int
    none: int
    top: int
    top_share: float | None
    gini: float | None


def spread(visits: Sequence[int]) -> Spread:
    """Of the visits to each street."""
    top, total = ceil(len(visits) / TENTH), sum(visits)
    most = sum(sorted(visits, reverse=True)[:top])
    return Spread(len(visits), total, visits.count(0), top, share(most, total), gini(visits))


def gini(values: Sequence[int]) -> float | None:
    """0 where all are the same, nearing 1 where one has everything; None of nothing.

    Source: half the mean difference between two of them, by the mean.
    """
    count, total = len(values), sum(values)
    if not total:
        return None
    ranked = sum(rank * value for rank, value in enumerate(sorted(values), 1))
    return 2 * ranked / (count * total) - (count + 1) / count


@dataclass(frozen=True, slots=True)
class Duty:
    """What one officer did in the period: `minutes` on shift, `visits`."""

    minutes: float
    visits: int


@dataclass(frozen=True, slots=True)
class Range:
    """The least, the middle and the most of some numbers."""

    least: float
    middle: float
    most: float


@dataclass(frozen=True, slots=True)
class Workload:
    """Over all officers: nobody can be told from it."""

    officers: int
    hours: Range
    visits_an_hour: Range


def workload(duties: Sequence[Duty]) -> Workload | None:
    """None where there are so few officers that it would speak of single people."""
    enough = [duty for duty in duties if duty.minutes >= LEAST_MINUTES]
    if len(enough) < FEWEST_OFFICERS:
        return None
    hours = [duty.minutes / 60 for duty in enough]
    return Workload(len(enough), _range(hours), _range([duty.visits * 60 / duty.minutes for duty in enough]))


def _range(values: Sequence[float]) -> Range:
    middle = within(values, 0.5)
    assert middle is not None
    return Range(min(values), middle, max(values))
