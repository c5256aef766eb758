"""Tiny councils, made by hand: High Street in the middle, West Lane and East Lane 300 m to its sides.

A walk of 300 m in a straight line is 390 m through streets, and takes 281 seconds.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from enforcement.simulation.dispatch.past import Past
from enforcement.simulation.points import Point
from enforcement.simulation.whatif.figures import Figures, figures_of
from enforcement.simulation.whatif.history import History, Overstay, Place
from enforcement.simulation.whatif.hours import Hours, days_of
from enforcement.simulation.whatif.stops import Stops, stops_of

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 6, 29)
MIDDLE = Point(-0.1276, 51.5072)
WALK = 281
AN_HOUR = Hours(7 * 3600, 8 * 3600)


def place(bay: str, street: str, east_m: float = 0, north_m: float = 0) -> Place:
    return Place(bay, street, MIDDLE.moved(east_m=east_m, north_m=north_m))


PLACES = (place("M", "High Street"), place("W", "West Lane", -300), place("E", "East Lane", 300))
HIGH, EAST, WEST = 0, 1, 2


def local(clock: str, day: date = MONDAY) -> datetime:
    """A time in London."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LONDON).astimezone(UTC)


def over(bay: str, begins: str, ended: str, day: date = MONDAY, until: date | None = None) -> Overstay:
    return Overstay(bay, local(begins, day), local(ended, until or day))


def history(
    *overstays: Overstay,
    hours: Hours = AN_HOUR,
    days: int = 1,
    places: Sequence[Place] = PLACES,
    first: date = MONDAY,
) -> History:
    asked = days_of(first, first + timedelta(days=days - 1), hours, LONDON)
    past = Past((), ())
    return History("Anytown", LONDON.key, hours, days, tuple(asked), tuple(places), overstays, past)


def quiet(line: str) -> None:
    """Nobody is told."""


def figures(
    *overstays: Overstay, officers: int = 1, hours: Hours = AN_HOUR, days: int = 1, places: Sequence[Place] = PLACES,
    council: str = "Anytown",
) -> Figures:  # fmt: skip
    return walked(history(*overstays, hours=hours, days=days, places=places), officers)


def walked(record: History, officers: int = 1) -> Figures:
    """By both patrols, five minutes a car."""
    stops, far = stops_of(record.places)
    return figures_of(record, Stops(stops), far, officers=officers, attendance_minutes=5, tell=quiet)


EARLY = over("W", "06:30", "07:10")
"""Over when officers begin; a blanket patrol goes east first and misses it."""
LATE = over("E", "07:06", "07:30")
