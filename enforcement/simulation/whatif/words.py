"""What the figures say, in sentences that need no statistics to be understood."""

from collections.abc import Sequence
from datetime import date
from math import isnan

from .figures import Figures, evenness, share_of_the_busiest
from .patrols import REST_AFTER

ABOUT_AS_MANY = 0.05
TIMES = 1.5  # from here on people say "times as many" and not "per cent more"
FEW_DAYS = 7
FEW_STREETS = 5
MOST_NAMED = 3
WALKED = {
    "line": "straight along a street, and in a straight line × 1.3 between streets",
    "graph": "along the streets and paths of the council's walking graph",
    "osrm": "as the council's routing service has them",
    "valhalla": "as the council's routing service has them",
}
EVENLY = ((0.85, "very evenly"), (0.65, "fairly evenly"), (0.45, "unevenly"), (0.0, "very unevenly"))


def number(value: float) -> str:
    """As people say it: 1,240; 41; 4.2; and "–" where there is none."""
    if isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 10 or value == round(value) else f"{value:.1f}"


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def minutes(value: float) -> str:
    return "–" if isnan(value) else f"{value:.0f} min"


def counted(how_many: int, one: str, many: str = "") -> str:
    return f"{how_many:,} {one if how_many == 1 else many or one + 's'}"


def dated(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def headline(figures: Figures) -> str:
    """The answer."""
    ours, blanket = figures.a_day(figures.ours), figures.a_day(figures.blanket)
    if not ours and not blanket:
        return "Neither patrol would have come to an overstay in these days."
    officers = "officer" if figures.officers == 1 else f"{figures.officers} officers"
    return (
        f"Sent by OpenPatrol, the same {officers} would have come to {number(ours)} overstays a day"
        f" instead of {number(blanket)}{_as_many(ours, blanket)}."
    )


def _as_many(ours: float, blanket: float) -> str:
    if not blanket:
        return ""
    times = ours / blanket
    if abs(times - 1) < ABOUT_AS_MANY:
        return ": about as many"
    if times >= TIMES:
        return f": {times:.1f} times as many"
    return f": {percent(abs(times - 1))} {'more' if times > 1 else 'fewer'}"


def certainty(figures: Figures) -> str:
    """How far the days bear it out."""
    days, ahead = len(figures.history.days), figures.days_ahead
    if days == 1:
        return "One day says little: another one could turn out otherwise. Replay more days before relying on it."
    if figures.ours.attended == figures.blanket.attended:
        return f"Both came to the same number on each of {days} days."
    low, high = figures.most_likely
    if low <= 0 <= high:
        told = (
            f"This is too close to call: over many days like these it could be anything from"
            f" {_more(low)} to {_more(high)} a day than a blanket patrol."
        )
    else:
        told = (
            f"Days differ, so the average is not exact: over many days like these it would most likely be between"
            f" {number(min(abs(low), abs(high)))} and {_more(low if high < 0 else high)} a day than a blanket patrol."
        )
    few = " Few days were replayed; more would make this surer." if days < FEW_DAYS else ""
    return f"OpenPatrol came to more on {ahead} of {days} days. {told}{few}"


def _more(value: float) -> str:
    return f"{number(abs(value))} {'fewer' if value < 0 else 'more'}"


def how_soon(figures: Figures) -> str:
    """About the time that it took."""
    half = [figures.within(each, 0.5) for each in figures.patrols]
    if any(isnan(each) for each in half):
        return "One of the patrols came to no overstay on the day on which it began, so there is nothing to compare."
    blanket, ours = half
    return (
        f"Of the overstays that each came to, half had an officer within {minutes(ours)} with OpenPatrol and within"
        f" {minutes(blanket)} with a blanket patrol. Those that no officer came to, and those that began on an"
        " earlier day, are not in this."
    )


def fairness(figures: Figures) -> str:
    """How visits were spread over streets."""
    blanket, ours = (figures.visits_a_day(each) for each in figures.patrols)
    if len(figures.streets) == 1:
        return "All bays with sensors are on one street, so there is nothing to spread."
    which = "busiest street" if len(figures.streets) < FEW_STREETS else "busiest fifth of the streets"
    return (
        f"A blanket patrol spread its visits {_evenly(blanket)}: the {which} had"
        f" {percent(share_of_the_busiest(blanket))} of them. OpenPatrol went where cars overstayed and spread them"
        f" {_evenly(ours)}: there the {which} had {percent(share_of_the_busiest(ours))}."
    )


def the_quiet_half(figures: Figures) -> str:
    """Whether an overstay in a quiet street is less likely to be seen to."""
    blanket, ours = (figures.share_in_quiet_streets(each) for each in figures.patrols)
    return (
        f"In the half of the streets that had fewest overstays, a blanket patrol came to {percent(blanket)} of them"
        f" and OpenPatrol to {percent(ours)}."
    )


def _evenly(visits: Sequence[float]) -> str:
    return next(words for least, words in EVENLY if evenness(visits) >= least)


def overlooked(figures: Figures) -> str:
    """The streets with overstays to none of which OpenPatrol came, and those that it never visited."""
    alone, never = figures.left_alone(figures.ours), figures.never_seen(figures.ours)
    if alone:
        return f"OpenPatrol came to none of the overstays in {_named(alone)}."
    quiet = f"; it never visited {_named(never)}, which had none" if never else ""
    return f"OpenPatrol came to overstays in every street that had any{quiet}."


def _named(streets: Sequence[str]) -> str:
    shown = streets if len(streets) <= MOST_NAMED else streets[: MOST_NAMED - 1]
    others = len(streets) - len(shown)
    names = [*shown, *([counted(others, "other street")] if others else [])]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def basis(figures: Figures) -> list[tuple[str, str]]:
    """What it rests on: the subject, and what is to be known of it."""
    return [
        ("Days", _days(figures)),
        ("Overstays", _overstays(figures)),
        ("Officers", _officers(figures)),
        ("Walks", _walks(figures)),
        ("Blanket patrol", _blanket(figures)),
        (
            "OpenPatrol",
            "The planner that sends officers in the live product, without the standing patrols and the floor under"
            f" how often a street is seen. {_learned(figures)}",
        ),
        ("Not in it", _not_in_it(figures)),
    ]


def _days(figures: Figures) -> str:
    days, asked = figures.history.days, figures.history.asked_for
    span = f"{dated(days[0].day)} to {dated(days[-1].day)}" if len(days) > 1 else dated(days[0].day)
    out = asked - len(days)
    left = (
        f" {counted(out, 'day')} on which nothing is controlled {'is' if out == 1 else 'are'} left out."
        if out
        else ""
    )
    return f"{counted(len(days), 'day')}, {span}.{left}"


def _overstays(figures: Figures) -> str:
    bays = sum(len(stop.bays) for stop in figures.stops.stops)
    far = (
        f" {counted(len(figures.too_far), 'bay')} too far away to walk to left out."
        if figures.too_far
        else ""
    )
    return (
        f"{counted(figures.overstays, 'overstay')} recorded by sensors at {counted(bays, 'bay')} on"
        f" {counted(len(figures.streets), 'street')} while officers were out. Each counts from when a penalty could"
        f" first be lawful, grace included, until the car left or was no longer seen.{far}"
    )


def _officers(figures: Figures) -> str:
    day = figures.history.days[0]
    rests = " with a break of 30 minutes," if day.second(day.ends) - day.starts > REST_AFTER else ""
    return (
        f"{counted(figures.officers, 'officer')}, {figures.history.hours.words},{rests} beginning and ending at"
        f" {figures.stops.stops[0].street}. {number(figures.attendance_minutes)} minutes with each car."
        " Anybody may go anywhere."
    )


def _walks(figures: Figures) -> str:
    guessed = " Where it could not tell, in a straight line × 1.3." if figures.stops.estimated else ""
    return f"At 5 km/h, {WALKED[figures.stops.by]}.{guessed} Bays close together on a street are one stop."


def _blanket(figures: Figures) -> str:
    several = ", spread along it" if figures.officers > 1 else ""
    return (
        f"A short round past all {counted(len(figures.stops), 'stop')}, again and again{several}. This is generous:"
        " its officers never slow down and are taken to see at once which cars are over their time."
    )


def _not_in_it(figures: Figures) -> str:
    looks = " Where two sightings are needed, this is one of them." if figures.history.two_sightings else ""
    return (
        "Weather, calls, incidents and cars that leave because an officer comes by. Each car stays as long as it"
        " really did, and every offer is accepted. What a sensor takes for an overstay may turn out at the kerb to be"
        " covered by a permit, or to be the sensor's mistake. Coming to a car is not a penalty notice: that is for"
        f" the officer to judge.{looks}"
    )


def _learned(figures: Figures) -> str:
    past = figures.history.past.overstays
    if not past:
        return "With no record of the weeks before, it expected cars to stay as long as anywhere."
    return (
        f"How long cars stay it had learned from {counted(len(past), 'overstay')} of the six weeks before these days,"
        " and from none of these days."
    )
