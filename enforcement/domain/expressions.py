"""Written hours: what an expression may say, and how holidays and event days become dates in it.

The language is OpenStreetMap's `opening_hours`, with one extension: `EV:name` stands for the days of
an event (`EV:match 08:30-21:00`) as `PH` stands for public holidays. The library that reads the
language knows holidays by country only, so both are written out as dates before it sees them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

import holidays as holiday_calendars
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # missing in its stub

from .refusals import Invalid

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NEVER = "1900 Jan 1"  # a day that matches nothing we are ever asked about

_COMMENT = re.compile(r'"[^"]*"')
_SEPARATOR = re.compile(r"\s*(;|\|\||,(?=\s+(?!\d{1,2}:)))\s*")
_EVENT = r"EV:[\w-]+"
_SPECIAL = re.compile(rf"\bPH\b|\b{_EVENT}")
_WEEKDAY = r"(?i:mo|tu|we|th|fr|sa|su)"
_DAYS = rf"{_WEEKDAY}(?:-{_WEEKDAY})?(?:\[[^\]]*\])?"
_SPECIAL_RULE = re.compile(
    rf"(?P<first>(?:PH|{_EVENT}|{_DAYS})(?:,(?:PH|{_EVENT}|{_DAYS}))*)"
    rf"(?:\s+(?P<within>{_DAYS}(?:,{_DAYS})*))?"
    r"(?:\s+(?P<rest>(?:\d|off|closed|open|unknown).*))?"
)
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_COLUMN = re.compile(r"--> \d+:(\d+)")
EXAMPLE = "Write days and times, as in Mo-Fr 08:30-18:30; Sa 09:00-13:00; PH off, or 24/7 for all the time."
_STATED = re.compile(r"\d{1,2}:\d\d|24/7|\b(?:off|closed|open|unknown)\b")


class BadHours(Invalid):
    """An expression of hours that can't be read, or that would not mean what it seems to."""

    type, title = "bad-hours", "Those hours can't be read"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The special days of an authority: its public holidays, and its event days by name."""

    holidays: frozenset[date] = frozenset()
    events: Mapping[str, frozenset[date]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.holidays, frozenset(self.events.items())))

    def days(self, name: str) -> frozenset[date]:
        """The dates of `PH` or `EV:name`; BadHours if the calendar has no such event."""
        if name == "PH":
            return self.holidays
        event = name.removeprefix("EV:")
        if event not in self.events:
            raise BadHours(f"The calendar has no event days called {event!r}.")
        return self.events[event]


def public_holidays(country: str, subdivision: str | None, years: Iterable[int]) -> frozenset[date]:
    """The public holidays of these years, e.g. of `GB`, `ENG`, the late-August bank holiday included.

    Raises Invalid for a country or subdivision that the `holidays` library doesn't know.
    """
    return frozenset(holiday_names(country, subdivision, years))


def holiday_names(country: str, subdivision: str | None, years: Iterable[int]) -> Mapping[date, str]:
    """The same with what they are called there. Raises Invalid."""
    try:
        return dict(holiday_calendars.country_holidays(country, subdiv=subdivision, years=years))
    except NotImplementedError as unknown:
        raise Invalid(f"No public holidays are known there: {unknown}.") from unknown


def event_names(expression: str) -> set[str]:
    """The events that an expression names: {"match"} for `EV:match 08:30-21:00`."""
    return {name.removeprefix("EV:") for name in re.findall(_EVENT, expression)}


def check_hours(expression: str, calendar: Calendar | None = None) -> None:
    """Raise BadHours, with the parser's own words too, for hours that can't be used.

    With a calendar, the events that the expression names must be in it.
    """
    if not expression.strip():
        raise BadHours("The hours are empty; write 24/7 for all the time.")
    _parse(_SPECIAL.sub("PH", expression))
    plain = _COMMENT.sub("", expression)
    _refuse_what_misleads(plain)
    for _, rule in _rules(plain):
        _special_rule(rule)
    if calendar is not None:
        for name in _SPECIAL.findall(plain):
            calendar.days(name)


@lru_cache(maxsize=8192)
def parsed(expression: str, calendar: Calendar, first_year: int, last_year: int) -> OpeningHours:
    """The expression with the special days of these years written out, ready to be asked."""
    _checked(expression)
    return _parse(expand(expression, calendar, first_year, last_year))


def expand(expression: str, calendar: Calendar, first_year: int, last_year: int) -> str:
    """Write the `PH` and `EV:name` days of these years as dates; comments are dropped."""
    written: list[str] = []
    for separator, rule in _rules(_COMMENT.sub("", expression)):
        for text in _expand_rule(rule, calendar, first_year, last_year):
            written += [separator or "; ", text] if written else [text]
    return "".join(written)


@lru_cache(maxsize=8192)
def _checked(expression: str) -> None:
    check_hours(expression)


def _parse(expression: str) -> OpeningHours:
    try:
        return OpeningHours(expression)
    except ParserError as error:
        raise BadHours(_where(expression, str(error))) from error


def _where(expression: str, fault: str) -> str:
    """From which words on it can't be read, and how to write it; the parser names rules that only few know."""
    found = _COLUMN.search(fault)
    rest = expression[int(found[1]) - 1 :].strip() if found else expression
    trouble = f"can't be read from “{rest}” on" if rest else f"break off after “{expression}”"
    return f"These hours {trouble}. {EXAMPLE} In the parser's own words: {' '.join(fault.split())}"


def _rules(plain: str) -> list[tuple[str, str]]:
    """The rules of an expression without comments, each with the separator before it."""
    parts = ["", *_SEPARATOR.split(plain)]
    return [
        ({"": "", ";": "; ", ",": ", ", "||": " || "}[separator], rule.strip())
        for separator, rule in zip(parts[::2], parts[1::2], strict=True)
    ]


def _special_rule(rule: str) -> dict[str, str] | None:
    """The parts of a rule about special days; None for any other rule."""
    if not _SPECIAL.search(rule):
        return None
    match = _SPECIAL_RULE.fullmatch(rule)
    if match is None or _SPECIAL.search(match["rest"] or ""):
        raise BadHours(f"PH and EV:name must come first in a rule, or in a list such as Mo-Fr,PH: {rule!r}")
    if match["within"] and "PH" in _SPECIAL.findall(match["first"]):
        # The OSM specification reads this as "both", the library as "either".
        raise BadHours(f"PH and weekdays side by side are ambiguous; write Mo-Fr,PH for either: {rule!r}")
    return match.groupdict("")


def _expand_rule(rule: str, calendar: Calendar, first_year: int, last_year: int) -> list[str]:
    """A rule as rules without special days: its weekdays and its dates each get the same hours."""
    special = _special_rule(rule)
    if special is None:
        return [rule]
    names = _SPECIAL.findall(special["first"])
    days = {day for name in names for day in calendar.days(name) if first_year <= day.year <= last_year}
    selectors = [",".join(f"{day.year} {MONTHS[day.month - 1]} {day.day}" for day in sorted(days)) or NEVER]
    weekdays = [item for item in special["first"].split(",") if item not in names]
    if weekdays:
        selectors.insert(0, ",".join(weekdays))
    return [" ".join(filter(None, (each, special["within"], special["rest"]))) for each in selectors]


def _refuse_what_misleads(plain: str) -> None:
    """Refuse what the parser takes without complaint but reads otherwise than it is meant."""
    if re.search(r"\bSH\b", plain):
        raise BadHours("School holidays (SH) aren't known here; make them event days and write EV:school.")
    if re.search(r"(?i)sunrise|sunset|dawn|dusk", plain):
        raise BadHours("Hours by the sun (sunrise, sunset, dawn, dusk) can't be enforced; write times.")
    if re.search(r"\s,", plain):
        raise BadHours("A space before a comma starts a new rule for every day; remove it.")
    rules = _rules(plain)
    if not all(rule for _, rule in rules):
        raise BadHours("A comment alone gives no hours.")
    for (_, rule), (separator, _) in pairwise(rules):
        if separator == ", " and not _STATED.search(rule):
            raise BadHours(f"{rule!r} followed by a comma and a space reads as all day; remove the space.")
    if _SPECIAL.search(plain) and any(map(_past_midnight, _SPAN.finditer(plain))):
        # A closed day would lose its first hours to a rule and still leave its own night open.
        raise BadHours(
            "Hours past midnight can't be combined with PH or EV:name; write both parts, "
            "as in Mo-Su 00:00-02:00,22:00-24:00; PH off."
        )


def _past_midnight(span: re.Match[str]) -> bool:
    starts, ends = (int(span[i]) * 60 + int(span[i + 1]) for i in (1, 3))
    return ends <= starts or ends > 24 * 60
