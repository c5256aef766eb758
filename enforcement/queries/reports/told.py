"""Each report as it is told: its figures, and what they mean."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy.orm import Session

from ...domain.codes import contravention
from ...domain.outcomes import RULES, Outcome
from ...domain.reports import FALSE_ALARMS, MEANS, banded, share, spread, within
from ...domain.reports import workload as spread_of_work
from . import duties, visits
from . import overstays as counts
from .asked import Asked
from .overstays import Counted

Told = dict[str, Any]

REPEATS = 2
MOST_BAYS = 50
WALKS = {
    visits.CAME: "Came to a car",
    **{outcome.value: RULES[outcome].words for outcome in Outcome if outcome in FALSE_ALARMS},
    visits.CALLED_OFF: "Called off on the way",
    visits.GIVEN_UP: "Given up, or the shift ended",
    visits.GOING: "Still on the way",
}
WASTED = {visits.CALLED_OFF, *FALSE_ALARMS}


def _told(asked: Asked, *terms: str, **figures: Any) -> Told:
    means = {term: MEANS[term] for term in terms}
    days = {"first": asked.period.first, "last": asked.period.last, "zone_id": asked.zone_id}
    return {**days, "means": means, **figures}


def weeks(session: Session, asked: Asked) -> Told:
    """Overstays per stay, week by week, and how that was in as many days before."""
    now = counts.weeks(session, asked)
    before = asked.period.before()
    then = counts.weeks(session, replace(asked, period=before))
    rows = [
        {"week": week, "whole": asked.period.has_all_of(week), **_per_stay(*pair)}
        for week, pair in now.items()
    ]
    return _told(
        asked, "stay", "overstay",
        total=_per_stay(*_sum(now.values())),
        before={"first": before.first, "last": before.last, **_per_stay(*_sum(then.values()))},
        weeks=rows,
    )  # fmt: skip


def _sum(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    stays, over = 0, 0
    for pair in pairs:
        stays, over = stays + pair[0], over + pair[1]
    return stays, over


def _per_stay(stays: int, over: int) -> Told:
    return {"stays": stays, "overstays": over, "share": share(over, stays)}


def overstays(session: Session, asked: Asked) -> Told:
    """Overstays and the share attended, by the hour in which they began, by zone and by code."""
    groups = counts.overstays(session, asked)
    return _told(
        asked, "overstay", "attended", "zone", "code",
        total=_counted(counts.in_all(groups)),
        hours=[{"hour": hour, **_counted(each)} for hour, each in counts.by_hour(groups).items()],
        zones=[
            {"zone_id": zone, "name": name, **_counted(each)}
            for zone, name, each in counts.by_zone(session, groups)
            if asked.zone_id is None or each.overstays or zone == asked.zone_id
        ],
        codes=[{**_code(code), **_counted(each)} for code, each in counts.by_code(groups).items()],
    )  # fmt: skip


def _counted(counted: Counted) -> Told:
    return {**counted._asdict(), "share": share(counted.attended, counted.overstays)}


def _code(written: str | None) -> Told:
    if written is None:
        return {"code": None, "suffix": None, "gist": None}
    code, _, suffix = written.partition(" ")
    return {"code": code, "suffix": suffix, "gist": contravention(code).gist}


def waits(session: Session, asked: Asked) -> Told:
    """How long it took from the overstay to the officer's arrival."""
    minutes = counts.waits(session, asked)
    bands = [{"up_to_minutes": edge, "overstays": count} for edge, count in banded(minutes)]
    return _told(
        asked, "overstay", "attended", "wait",
        attended=len(minutes), half=within(minutes, 0.5), nine_in_ten=within(minutes, 0.9), bands=bands,
    )  # fmt: skip


def walks(session: Session, asked: Asked) -> Told:
    """What became of the walks to overstays, and the share of those that are over that was wasted."""
    found = visits.walks(session, asked)
    over = sum(found.values()) - found.get(visits.GOING, 0)
    wasted = sum(found.get(became, 0) for became in WASTED)
    ways = [
        {"became": became, "words": words, "wasted": became in WASTED, "walks": found.get(became, 0)}
        for became, words in WALKS.items()
    ]
    return _told(asked, "walk", "wasted", walks=over, wasted=wasted, share=share(wasted, over), ways=ways)


def repeats(session: Session, asked: Asked) -> Told:
    """The bays with most overstays."""
    found = counts.by_bay(session, counts.overstays(session, asked), REPEATS, MOST_BAYS)
    bays = [_without(each, "counted") | _counted(each["counted"]) for each in found]
    return _told(asked, "overstay", "attended", "repeat", most=MOST_BAYS, bays=bays)


def _without(row: Mapping[str, Any], name: str) -> Told:
    return {key: value for key, value in row.items() if key != name}


def streets(session: Session, asked: Asked) -> Told:
    """How often officers were in each street, and how evenly that is spread."""
    rows = visits.streets(session, asked)
    return _told(
        asked, "visit", "gini",
        spread=asdict(spread([row.visits for row in rows])),
        streets=[{"street": row.street, "bays": row.bays, "visits": row.visits} for row in rows],
    )  # fmt: skip


def workload(session: Session, asked: Asked) -> Told:
    """How evenly work is spread over officers; without names, and nothing where there are few of them."""
    found = spread_of_work(duties.duties(session, asked))
    ranges = (
        [] if found is None else [("Hours on shift", found.hours), ("Visits an hour", found.visits_an_hour)]
    )
    return _told(
        asked, "visit", "workload",
        officers=found.officers if found else None,
        ranges=[{"figure": figure, **asdict(each)} for figure, each in ranges],
    )  # fmt: skip
