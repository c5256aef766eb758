"""What a desk asks of a council that has kept its records for a year: lists, reports, and the map of a large town."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import quantiles
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from enforcement import people
from enforcement.config import Clock
from enforcement.simulation.client import ApiClient
from enforcement.simulation.push_receiver import PushReceiver
from enforcement.simulation.stack import Stack

from ..builders import PASSWORD
from .desks import LAID_OUT, SUPERVISOR
from .harness import Figure, Figures, Tell, at_most, case
from .town import SOUTH, WEST, Town, town
from .years import Year

MONTHS_AGO = timedelta(days=182)  # where a page lies that is called deep
A_HUNDRED = 100

ASKED = {
    "tasks open": "/tasks?state=open&limit=200",
    "tasks closed": "/tasks?state=closed&limit=25",
    "tasks closed, deep": "/tasks?state=closed&limit=200&cursor={then}",
    "tasks withdrawn": "/tasks?state=withdrawn&limit=10",
    "tasks by id": "/tasks?ids={tasks}&limit=100",
    "tasks of a bay": "/tasks?bay_id={bay}&limit=20",
    "one task": "/tasks/{task}",
    "its looks": "/tasks/{task}/sightings",
    "its story": "/journal?subject_id={task}",
    "stays": "/stays?limit=200",
    "stays, deep": "/stays?limit=200&cursor={then}",
    "stays of a bay": "/stays?bay={bay}&limit=6",
    "stays of a bay, deep": "/stays?bay={bay}&limit=200&cursor={then}",
    "stays open": "/stays?open=true&limit=200",
    "bays": "/bays?limit=50&order=street",
    "bays, deep": "/bays?limit=50&order=street&cursor={bay}",
    "bays by words": "/bays?text=street 1&limit=50&order=street",
    "bays of a zone": "/bays?zone_id={zone}&limit=50&order=street",
    "bays occupied": "/bays?state=occupied&limit=50&order=street",
    "bays suspended": "/bays?state=suspended&limit=50&order=street",
    "one bay": "/bays/{bay}",
    "what it allows": "/bays/{bay}/restrictions",
    "false alarms": "/bays/false-alarms?days=90",
    "false alarms, a year": "/bays/false-alarms?days=365",
    "sensors": "/sensors?limit=50",
    "sensors silent": "/sensors?silent=true&limit=50",
    "sensors unmapped": "/sensors?unmapped=true&limit=50",
    "sensors by words": "/sensors?reference=B-1&limit=50",
    "sensor of a bay": "/sensors?bay_id={bay}",
    "sensors unknown": "/sensors/unknown",
    "suspensions": "/suspensions?over=false&limit=50",
    "suspensions over": "/suspensions?over=true&limit=50",
    "suspensions over, deep": "/suspensions?over=true&limit=50&cursor={then}",
    "suspensions of a bay": "/suspensions?bay_id={bay}&limit=50",
    "audit": "/audit?limit=50",
    "audit, deep": "/audit?limit=50&cursor={microseconds}.0",
    "audit of a subject": "/audit?subject=zone&limit=50",
    "audit of a kind": "/audit?kind=zone.redrawn&limit=50",
    "audit of a rare kind": "/audit?kind=zone.split&limit=50",
    "audit of a person": "/audit?person={officer}&limit=50",
    "audit of a thing": "/audit?subject_id={zone}&limit=50",
    "audit, everything": "/audit?everything=true&limit=50",
    "audit, everything, deep": "/audit?everything=true&limit=50&cursor={microseconds}.0",
    "audit, a rare kind in everything": "/audit?everything=true&kind=task.reopened&limit=50",
    "journal": "/journal",
    "alerts": "/alerts?limit=200",
    "alerts resolved": "/alerts?state=resolved&limit=50",
    "alerts resolved, deep": "/alerts?state=resolved&limit=50&cursor={then}",
    "freezes": "/freezes",
    "messages": "/people/{officer}/messages",
    "briefings": "/briefings?limit=50",
    "briefings, deep": "/briefings?limit=50&cursor={then}",
    "briefings with faults": "/briefings?faults=true&limit=50",
    "briefing notes": "/briefing-notes",
    "kept": "/kept-records?limit=200",
    "kept, deep": "/kept-records?taken=true&limit=50&cursor={then}",
    "shifts on": "/shifts?on=true",
    "shifts of a day": "/shifts?day={day}",
    "positions": "/positions",
    "people": "/people?limit=200",
    "zones": "/zones",
    "patrols": "/patrols",
    "streets": "/coverage",
    "restrictions": "/restrictions",
    "event days": "/event-days",
    "board": "/board",
}
REPORTS = ("weeks", "overstays", "waits", "walks", "bays", "streets", "workload")
MAPS = {"desk-map-20k": "/map", "desk-states-20k": "/map/states"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A supervisor at their desk, and what there is to name."""

    api: ApiClient
    named: Mapping[str, Any]

    def ask(self, path: str) -> float:
        """Seconds to the answer, read."""
        began = time.perf_counter()
        self.api.get(path.format(**self.named))
        return time.perf_counter() - began


@case("desk-queries-1m", tiny={"stays": 2000, "bays": 40, "officers": 2, "times": 2})
def lists(
    tell: Tell, stays: int = 1_000_000, bays: int = 2000, officers: int = 40, times: int = 30
) -> Figures:
    """Milliseconds, p95, of the slowest list of a desk, read over HTTP by one who asks for nothing else; beside it
    all of them."""
    beside: dict[str, dict[str, float | None]] = {}
    with _a_year_on(tell, stays, bays, officers) as desk:
        for name, path in ASKED.items():
            tell(name)
            desk.ask(path)
            each = quantiles([1000 * desk.ask(path) for _ in range(times)], n=20, method="inclusive")
            beside[name] = {"p50, ms": each[9], "p95, ms": each[18]}
    slowest = max(each["p95, ms"] or 0 for each in beside.values())
    yield Figure("desk-queries-1m", slowest, "ms", None, at_most(100), beside)


@case("reports-1m", tiny={"stays": 2000, "bays": 40, "officers": 2, "times": 1})
def reports(
    tell: Tell, stays: int = 1_000_000, bays: int = 2000, officers: int = 40, times: int = 3
) -> Figures:
    """Seconds to the slowest report over the whole year, the slowest of some times; beside it each, also of the usual
    four weeks."""
    beside: dict[str, dict[str, float | None]] = {}
    with _a_year_on(tell, stays, bays, officers) as desk:
        for name in REPORTS:
            tell(name)
            year, usual = f"/reports/{name}?from={{year_ago}}&to={{day}}", f"/reports/{name}"
            beside[name] = {
                "a year, s": max(desk.ask(year) for _ in range(times)),
                "four weeks, s": max(desk.ask(usual) for _ in range(times)),
            }
    yield Figure(
        "reports-1m", max(each["a year, s"] or 0 for each in beside.values()), "s", None, at_most(5), beside
    )


@case(*MAPS, tiny={"bays": 40, "stays": 400, "times": 2})
def maps(tell: Tell, bays: int = 20_000, stays: int = 100_000, times: int = 10) -> Figures:
    """Seconds, the median, to the shapes of a large town and to how its bays stand, read over HTTP."""
    with _a_year_on(tell, stays, bays, officers=20) as desk:
        for name, path in MAPS.items():
            tell(path)
            desk.ask(path)
            yield Figure(
                name, sorted(desk.ask(path) for _ in range(times))[times // 2], "s", None, at_most(1)
            )


@contextmanager
def _a_year_on(tell: Tell, stays: int, bays: int, officers: int) -> Iterator[Desk]:
    with PushReceiver() as push, Stack(durable=False, workers=0) as stack, town(stack) as place:
        tell("a year goes by")
        place.officers(officers, push)
        place.bays("B", bays, 60)
        with place.session() as session:
            session.execute(LAID_OUT, {"ours": place.id, "west": WEST, "south": SOUTH})
            people.create_person(
                session, SUPERVISOR, "Sunita", "supervisor", PASSWORD, "bench", datetime.now(UTC)
            )
        Year(stays, messages=max(stays // 100, 10)).lay(stack, place)
        stack.serve(Clock())
        with place.session() as session:
            named = _named(session, place)
        api = ApiClient(stack.url)
        api.sign_in(SUPERVISOR, PASSWORD)
        yield Desk(api, named)


def _named(session: Session, place: Town) -> dict[str, Any]:
    """Things that a supervisor may point at, and a time in the middle of the year."""
    now = datetime.now(UTC)
    then = now - MONTHS_AGO
    rows = session.execute(NAMED, {"ours": place.id, "then": then}).mappings().one()
    tasks = session.scalars(TASKS, {"ours": place.id, "then": then, "most": A_HUNDRED}).all()
    return {
        **rows,
        "tasks": "&ids=".join(map(str, tasks)),
        "task": tasks[0],
        "zone": place.zone_id,
        "then": UUID(int=int(then.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62),
        "microseconds": int(then.timestamp() * 1_000_000),
        "day": now.date(),
        "year_ago": now.date() - timedelta(days=364),
    }


NAMED = text("""
    SELECT (SELECT id FROM bays WHERE authority_id = :ours ORDER BY street, reference
            OFFSET (SELECT count(*) / 2 FROM bays WHERE authority_id = :ours) LIMIT 1) AS bay,
           (SELECT id FROM people WHERE authority_id = :ours AND role = 'officer' LIMIT 1) AS officer
""")
TASKS = text("""
    SELECT id FROM tasks WHERE authority_id = :ours AND raised_at > :then AND state = 'closed'
    ORDER BY raised_at LIMIT :most
""")
