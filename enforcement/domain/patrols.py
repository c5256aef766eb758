"""Standing patrols: when an officer shall be seen at a place that no sensor watches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .hours import ControlledHours, Span
from .refusals import Invalid

AHEAD = timedelta(days=400)  # a window that does not open within it is never
LONGEST = timedelta(hours=24)
MINUTES = range(1, 241)
PRIORITIES = (1.0, 100.0)
LEAST_LEFT = timedelta(minutes=1)  # of a window, for somebody to be sent at all

_STEPS = (timedelta(days=8), timedelta(days=40), AHEAD)  # most windows are found within the first
_CHECKED = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Term:
    """From the first day to the last, both included: a school term, a season."""

    first: date
    last: date


def next_window(hours: ControlledHours, terms: Sequence[Term], after: datetime) -> Span | None:
    """The window that is open at `after`, from then on; else the next one. None if there is none in 400 days.

    Without terms every day counts. Aware UTC. Raises BadHours.
    """
    start = after.astimezone(UTC)
    for step in _STEPS:
        begun = next(_openings(hours, terms, start, after + step), None)
        if begun:
            return next(_openings(hours, terms, begun[0], begun[0] + 2 * LONGEST))
        start = after.astimezone(UTC) + step
    return None


def windows_between(
    hours: ControlledHours, terms: Sequence[Term], start: datetime, end: datetime
) -> list[Span]:
    """The windows that are open between two times, cut off at both, in order. Aware UTC. Raises BadHours."""
    return list(_openings(hours, terms, start.astimezone(UTC), end.astimezone(UTC)))


def check_windows(hours: ControlledHours, terms: Sequence[Term], minutes: int, now: datetime) -> None:
    """Raise Invalid for windows that never open, never end, or are all shorter than the patrol itself.

    One short night is no reason: where the clocks go forward there is one each spring.
    """
    first = next_window(hours, terms, now)
    if first is None:
        raise Invalid("This window does not open once within 400 days: no patrol would ever be asked for.")
    horizon = first[0] + _CHECKED
    windows = list(_openings(hours, terms, first[0], horizon))
    if any(ends - begins > LONGEST for begins, ends in windows):
        raise Invalid(
            "A window has to end within 24 hours: say from when until when, as in Mo-Fr 08:15-09:15."
        )
    longest = max(
        (ends - begins for begins, ends in windows if begins > now and ends < horizon), default=None
    )
    if longest is not None and longest < timedelta(minutes=minutes):
        raise Invalid(f"A patrol of {minutes} min does not fit into a window of {_minutes(longest)} min.")


def check_terms(terms: Sequence[Term]) -> None:
    """Raise Invalid, which points at it, for a term that ends before it begins."""
    errors = [
        {"pointer": f"/{place}/last", "detail": "Ends before it begins."}
        for place, term in enumerate(terms)
        if term.last < term.first
    ]
    if errors:
        raise Invalid("A term ends before it begins.", errors=errors)


def _openings(
    hours: ControlledHours, terms: Sequence[Term], start: datetime, end: datetime
) -> Iterator[Span]:
    """The windows between two times, cut off at both, in order."""
    spans = [_span(term, hours) for term in terms] or [(start, end)]
    for begins, ends in hours.intervals(start, end):
        inside = ((max(begins, since), min(ends, until)) for since, until in spans)
        yield from sorted(span for span in inside if span[0] < span[1])


def _span(term: Term, hours: ControlledHours) -> Span:
    """From the first midnight to the last, as clocks there show them."""
    first, after = term.first, term.last + timedelta(days=1)
    begins, ends = (datetime.combine(day, time(), hours.zone).astimezone(UTC) for day in (first, after))
    return begins, ends


def _minutes(period: timedelta) -> int:
    return period // timedelta(minutes=1)
