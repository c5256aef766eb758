"""Beside the line: which streets somebody has seen lately, and where an officer may go who has nothing to do.

What is kept is a street and an hour, never who. A suggestion is no task: nothing is reserved, accepted or missed,
and an offer comes as if there were none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, floor, radians
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, Position, Shift
from ..adapters.travel import StraightLine
from ..domain import coverage
from ..domain.coverage import Place, Street
from ..domain.dispatch import plan
from ..domain.dwell import PRIOR
from ..domain.fences import ARRIVED_WITHIN_M, Fix
from ..domain.outcomes import Outcome
from ..domain.safety import frozen
from . import free, safety
from .rules import policy_of

CELL_DEGREES = (
    2 * ARRIVED_WITHIN_M / 111_000
)  # north and south; east and west it is wider, as degrees are narrower
MOST_FIXES = 2000
NOT_THERE = frozenset({Outcome.CANNOT_BE_REACHED, Outcome.UNSAFE})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where an officer may walk; metres and seconds are those to its middle."""

    street: Street
    walk_metres: float
    walk_seconds: float


def note_walk(
    session: Session, shift: Shift, fixes: Sequence[Fix], before: datetime | None, now: datetime
) -> None:
    """The streets that an officer has walked with these fixes, and those of the half hour before, are seen.

    `before`: when the officer's place was last known before these. Once a minute is enough: the trail is all there.
    """
    if before and {_minute(fix.at) for fix in fixes} == {_minute(before)}:
        return
    if policy_of(session).street_seen_within is None:
        return
    since = max(min(fix.at for fix in fixes) - coverage.WALKED_WITHIN, shift.started_at or now)
    until = max(fix.at for fix in fixes)
    trail = _trail(session, shift, since, until)
    _note(session, coverage.walked(along(session, trail), trail))


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def note_visit(session: Session, bay: Bay, outcome: Outcome, at: datetime) -> None:
    """An officer was at this bay: its street is seen, unless they could not go there."""
    if outcome not in NOT_THERE and policy_of(session).street_seen_within is not None:
        _note(session, {bay.street: at})


def _trail(session: Session, shift: Shift, since: datetime, until: datetime) -> list[Fix]:
    rows = session.execute(
        select(Position.lon, Position.lat, Position.accuracy_m, Position.at)
        .where(
            Position.authority_id == shift.authority_id,
            Position.shift_id == shift.id,
            Position.at.between(since, until),
            Position.accuracy_m <= ARRIVED_WITHIN_M,  # a vaguer one is surely near nothing
        )
        .order_by(Position.at.desc())
        .limit(MOST_FIXES)
    )
    return [Fix(*row) for row in rows]


def along(session: Session, trail: Sequence[Fix]) -> list[Place]:
    """All the bays of every street of which one is near a fix of the trail; one astray brings in nothing between."""
    if not trail:
        return []
    wide = CELL_DEGREES / max(0.1, cos(radians(median(fix.lat for fix in trail))))
    cells = {(floor(fix.lon / wide), floor(fix.lat / CELL_DEGREES)) for fix in trail}
    around = {(x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    across, up = zip(*around, strict=True)
    asked = {
        "ours": session.info["authority_id"],
        "wide": wide, "high": CELL_DEGREES, "across": list(across), "up": list(up),
    }  # fmt: skip
    return [Place(*row) for row in session.execute(ALONG, asked)]


ALONG = text("""
    SELECT b.street, b.lon, b.lat FROM bays b
    WHERE b.authority_id = :ours AND b.retired_at IS NULL AND NOT b.spot AND b.street IN (
      SELECT street FROM bays WHERE authority_id = :ours AND retired_at IS NULL AND NOT spot
        AND (floor(lon / cast(:wide AS float8)), floor(lat / cast(:high AS float8))) IN (
          SELECT * FROM unnest(cast(:across AS float8[]), cast(:up AS float8[]))))
""")


def _note(session: Session, seen: Mapping[str, datetime]) -> None:
    """In the order of their names, after everything else that is locked."""
    if seen:
        rows = sorted((street, coverage.hour_of(at)) for street, at in seen.items())
        streets_, hours = zip(*rows, strict=True)
        told = {"ours": session.info["authority_id"], "streets": list(streets_), "hours": list(hours)}
        session.execute(NOTE, told)


NOTE = text("""
    INSERT INTO streets_seen (authority_id, street, seen_at)
    SELECT :ours, * FROM unnest(cast(:streets AS text[]), cast(:hours AS timestamptz[]))
    ON CONFLICT (authority_id, street) DO UPDATE SET seen_at = excluded.seen_at
    WHERE streets_seen.seen_at < excluded.seen_at
""")


def streets(session: Session) -> list[Street]:
    """All streets with bays in use, by name."""
    return [_street(row) for row in session.execute(STREETS, {"ours": session.info["authority_id"]})]


def _street(row: Any) -> Street:
    return Street(row.street, row.bays, row.lon, row.lat, frozenset(row.zones), row.seen_at)


# The bay in the middle is the one nearest to the mean of them all: a point that can be walked to.
STREETS = text("""
    WITH here AS (
      SELECT id, street, lon, lat, avg(lon) OVER w AS mid_lon, avg(lat) OVER w AS mid_lat, count(*) OVER w AS bays
      FROM bays WHERE authority_id = :ours AND retired_at IS NULL AND NOT spot WINDOW w AS (PARTITION BY street)
    ), middle AS (
      SELECT DISTINCT ON (street) street, bays, lon, lat FROM here
      ORDER BY street, (lon - mid_lon) ^ 2 + (lat - mid_lat) ^ 2, id
    ), lying AS (
      SELECT h.street, array_agg(DISTINCT zb.zone_id ORDER BY zb.zone_id) AS zones
      FROM here h JOIN zone_bays zb ON zb.authority_id = :ours AND zb.bay_id = h.id GROUP BY h.street
    )
    SELECT m.street, m.bays, m.lon, m.lat, coalesce(l.zones, '{}') AS zones, s.seen_at
    FROM middle m LEFT JOIN lying l USING (street)
    LEFT JOIN streets_seen s ON s.authority_id = :ours AND s.street = m.street
    ORDER BY m.street
""")


def suggestions(session: Session, now: datetime) -> dict[UUID, Suggestion]:
    """By shift, the street that an officer may walk who has nothing to do now; each street to one of them.

    Walks are straight lines and one stop long: it is a hint, and no network is asked and nothing looked ahead for
    while somebody waits for it.
    """
    policy = policy_of(session)
    if policy.street_seen_within is None:
        return {}
    idle = [officer for officer in free.officers(session, policy, now) if officer.free_at <= now]
    circles = safety.standing(session) if idle else []
    known = {
        street.name: street
        for street in (streets(session) if idle else ())
        if not frozen(circles, lon=street.lon, lat=street.lat)
    }
    work = coverage.spare_work(known.values(), policy.street_seen_within, now)
    return {
        UUID(str(each.officer)): Suggestion(known[str(each.task)], each.walk_metres, each.walk_seconds)
        for each in plan(idle, work, StraightLine(), now, PRIOR.chances, in_time=lambda: False)
    }
