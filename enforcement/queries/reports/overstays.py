"""Stays, which of them were overstays, and which of those an officer attended: `domain.reports.MEANS` says when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from ...domain.reports import midnight
from .asked import HERE, Asked


class Counted(NamedTuple):
    """So many overstays, so many of them attended."""

    overstays: int = 0
    attended: int = 0


# A stay forgets an overstay that the end of the controlled hours cut short; its task does not. Whoever was there for
# a first look, before the overstay began, has arrived at it too. Most stays end in time: only the others are judged.
# Materialized, or the beginning of each is worked out again wherever it is named, also for those that ended in time.
JUDGED = f"""
    WITH {HERE}, sent AS (
      SELECT t.stay_id, min(t.raised_at) FILTER (WHERE NOT t.found) AS raised_at,
             min(t.code || ' ' || t.suffix) FILTER (WHERE NOT t.found) AS code,
             array_agg(t.overstay_from) FILTER (WHERE NOT t.found) AS over,
             bool_or(t.outcome = ANY(:no_overstay)) AS none,
             min(a.arrived_at) FILTER (WHERE (t.outcome = ANY(:false_alarms)) IS NOT TRUE) AS attended_at
      FROM here b
      JOIN tasks t ON t.authority_id = :ours AND t.bay_id = b.id AND t.raised_at >= :since AND t.raised_at < :until
        AND t.stay_id IS NOT NULL
      LEFT JOIN assignments a ON a.authority_id = :ours AND a.task_id = t.id AND a.arrived_at IS NOT NULL
      GROUP BY t.stay_id
    ), seen AS MATERIALIZED (
      SELECT s.bay_id, s.arrived_at, t.raised_at, t.code, t.attended_at, r.covered_until,
             coalesce(s.departed_at, least(:now, k.silent_at)) AS ended,
             CASE WHEN t.none OR s.covered_by = ANY(:no_overstay) THEN NULL ELSE (
               SELECT min(o) FROM unnest(t.over || s.overstay_from) AS o WHERE o >= s.counted_from) END AS began
      FROM here b
      JOIN stays s ON s.authority_id = :ours AND s.bay_id = b.id AND s.superseded_at IS NULL
        AND s.arrived_at >= :since AND s.arrived_at < :ends
      JOIN bay_state k ON k.authority_id = :ours AND k.bay_id = s.bay_id
      LEFT JOIN sent t ON t.stay_id = s.id
      LEFT JOIN stay_rights r ON r.authority_id = :ours AND r.stay_id = s.id
      WHERE s.overstay_from < coalesce(s.departed_at, :now) OR t.stay_id IS NOT NULL
    ), judged AS (
      SELECT bay_id, arrived_at, raised_at, code, attended_at, began FROM seen
      WHERE began < ended AND (covered_until IS NULL OR covered_until <= began)
    )
"""

STAYS = text(f"""
    WITH {HERE}
    SELECT width_bucket(s.arrived_at, cast(:weeks AS timestamptz[])) AS week, count(*) AS cars FROM here b
    JOIN stays s ON s.authority_id = :ours AND s.bay_id = b.id AND s.superseded_at IS NULL
      AND s.arrived_at >= :begins AND s.arrived_at < :ends
    GROUP BY 1
""")

LONGER = text(f"""{JUDGED}
    SELECT width_bucket(arrived_at, cast(:weeks AS timestamptz[])) AS week, count(*) AS cars FROM judged
    WHERE arrived_at >= :begins GROUP BY 1
""")


def weeks(session: Session, asked: Asked) -> dict[date, tuple[int, int]]:
    """By the Monday of each week of the period: the stays that began in it, and how many went over their time."""
    period = asked.period
    edges = [midnight(week, period.zone) for week in period.weeks]
    stays, longer = (
        {row.week: row.cars for row in asked.run(session, statement, weeks=edges)}
        for statement in (STAYS, LONGER)
    )
    return {week: (stays.get(nth, 0), longer.get(nth, 0)) for nth, week in enumerate(period.weeks, 1)}


@dataclass(frozen=True, slots=True)
class Group:
    """Overstays of one bay, in one hour of the day, with one code ("30 r"; None: no restriction was in force)."""

    bay_id: UUID
    hour: int
    code: str | None
    counted: Counted


OVERSTAYS = text(f"""{JUDGED}
    SELECT j.bay_id, extract(hour FROM j.began AT TIME ZONE :time_zone)::int AS hour,
           coalesce(j.code, (
             SELECT r.code || ' ' || r.suffix FROM bay_restrictions br
             JOIN restrictions r ON r.authority_id = :ours AND r.id = br.restriction_id
             WHERE br.authority_id = :ours AND br.bay_id = j.bay_id AND br.valid_from <= j.began
               AND (br.valid_to IS NULL OR br.valid_to > j.began) LIMIT 1)) AS code,
           count(*) AS overstays, count(j.attended_at) AS attended
    FROM judged j
    WHERE j.began >= :begins AND j.began < :ends
    GROUP BY 1, 2, 3
""")


def overstays(session: Session, asked: Asked) -> list[Group]:
    """The overstays that began in the period, as finely as any report tells them apart."""
    rows = asked.run(session, OVERSTAYS)
    return [Group(row.bay_id, row.hour, row.code, Counted(row.overstays, row.attended)) for row in rows]


def in_all(groups: Iterable[Group]) -> Counted:
    """All of them together."""
    return _summed((None, group.counted) for group in groups).get(None, Counted())


def by_hour(groups: Iterable[Group]) -> dict[int, Counted]:
    """Of the day, all 24 of them."""
    return dict.fromkeys(range(24), Counted()) | _summed((group.hour, group.counted) for group in groups)


def by_code(groups: Iterable[Group]) -> dict[str | None, Counted]:
    """Those with most overstays first."""
    found = _summed((group.code, group.counted) for group in groups)
    return dict(sorted(found.items(), key=lambda each: (-each[1].overstays, each[0] or "")))


def by_zone(session: Session, groups: Iterable[Group]) -> list[tuple[UUID | None, str | None, Counted]]:
    """Id, name and count of every zone in use, by name; without id those in no zone, if there are any."""
    lying: dict[UUID, list[UUID | None]] = defaultdict(list)
    names: dict[UUID | None, str] = {}
    for row in session.execute(ZONES, {"ours": session.info["authority_id"]}):
        names[row.id] = row.name
        if row.bay_id:
            lying[row.bay_id].append(row.id)
    pairs = ((zone, each.counted) for each in groups for zone in lying.get(each.bay_id) or [None])
    found: dict[UUID | None, Counted] = dict.fromkeys(names, Counted()) | _summed(pairs)
    return [(zone, names.get(zone), counted) for zone, counted in found.items()]


ZONES = text("""
    SELECT z.id, z.name, b.bay_id FROM zones z
    LEFT JOIN zone_bays b ON b.authority_id = z.authority_id AND b.zone_id = z.id
    WHERE z.authority_id = :ours AND z.retired_at IS NULL ORDER BY z.name, z.id
""")


def by_bay(session: Session, groups: Iterable[Group], at_least: int, most: int) -> list[Mapping[str, Any]]:
    """The bays with so many overstays or more, those with most first: `reference`, `street`, place, `counted`."""
    found = _summed((group.bay_id, group.counted) for group in groups)
    often = sorted(
        (-count.overstays, str(bay)) for bay, count in found.items() if count.overstays >= at_least
    )
    ids = [UUID(bay) for _, bay in often[:most]]
    rows = session.execute(PLACES, {"ours": session.info["authority_id"], "ids": ids})
    places = {row.bay_id: {**row._mapping, "counted": found[row.bay_id]} for row in rows}
    return sorted(
        (places[bay] for bay in ids),
        key=lambda each: (-each["counted"].overstays, each["street"], each["reference"]),
    )


PLACES = text("""
    SELECT id AS bay_id, reference, street, lon, lat FROM bays
    WHERE authority_id = :ours AND id = ANY(cast(:ids AS uuid[]))
""")


def _summed(pairs: Iterable[tuple[Any, Counted]]) -> dict[Any, Counted]:
    counts: tuple[Counter[Any], Counter[Any]] = Counter(), Counter()
    for name, counted in pairs:
        for counter, number in zip(counts, counted, strict=True):
            counter[name] += number
    return {name: Counted(counts[0][name], counts[1][name]) for name in counts[0]}


WAITS = text(f"""{JUDGED}
    SELECT extract(epoch FROM attended_at - greatest(began, raised_at)) / 60.0 FROM judged
    WHERE began >= :begins AND began < :ends AND attended_at IS NOT NULL
""")


def waits(session: Session, asked: Asked) -> list[float]:
    """Minutes to each attended overstay; 0 where an officer was there before it began."""
    minutes = asked.run(session, WAITS).scalars()
    return [max(float(each), 0.0) for each in minutes]
