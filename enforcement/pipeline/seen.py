"""Beside the line: how an authority's overstays went, as far as its sensors saw them.

An overstay ends when the sensor sees the car leave. One that was cut short (by the end of the controlled hours or
of a suspension, by a sensor that fell silent, or because the car is still there) counts for as long as it was seen.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from ..adapters.tables import Bay
from ..domain.reports import NO_OVERSTAY

LONGEST_STAY = timedelta(days=2)  # before its overstay began: older arrivals are not looked for
BAYS_AT_ONCE = 200


def overstays_seen(session: Session, since: datetime, now: datetime) -> list[Row[Any]]:
    """The overstays that began in [since, now), in the order in which they did, as far as they had gone by `now`.

    Rows of `SEEN`. `gone`: the car was seen to leave at `ended`; else it was there until then at least.
    """
    ours = session.info["authority_id"]
    bays = session.scalars(select(Bay.id).where(Bay.authority_id == ours)).all()
    none = [outcome.value for outcome in NO_OVERSTAY]
    found: list[Row[Any]] = []
    for first in range(0, len(bays), BAYS_AT_ONCE):
        some = bays[first : first + BAYS_AT_ONCE]
        asked = {
            "ours": ours,
            "bays": some,
            "since": since,
            "arrived": since - LONGEST_STAY,
            "now": now,
            "none": none,
        }
        found += session.execute(SEEN, asked)
    return sorted(found, key=lambda row: (row.overstay_from, row.bay))


# A stay forgets an overstay that the end of the controlled hours cut short; its task does not. Whom a right
# covered was not over its time, and a clock that was started again tells nothing of the car before. Whoever got a
# notice was: it takes a long stay to get one, and without those the others would seem to be all there are.
SEEN = text("""
    SELECT s.id AS stay, o.overstay_from, o.lawful_from, e.ended,
           coalesce(s.departed_at <= e.ended, false) AS gone,
           b.id AS bay, b.street, b.lon, b.lat, r.bay_class, r.permitted_minutes
    FROM stays s
    JOIN LATERAL (
      SELECT s.overstay_from, s.lawful_from, s.lawful_until
      UNION
      SELECT t.overstay_from, t.lawful_from, t.lawful_until FROM tasks t
      WHERE t.authority_id = s.authority_id AND t.stay_id = s.id AND NOT t.found
        AND t.overstay_from IS DISTINCT FROM s.overstay_from
    ) o ON o.overstay_from >= greatest(s.counted_from, :since) AND o.overstay_from < :now
    JOIN bays b ON b.authority_id = s.authority_id AND b.id = s.bay_id
    JOIN bay_state here ON here.authority_id = b.authority_id AND here.bay_id = b.id
    JOIN bay_restrictions br ON br.authority_id = b.authority_id AND br.bay_id = b.id
      AND br.valid_from <= o.overstay_from AND (br.valid_to IS NULL OR br.valid_to > o.overstay_from)
    JOIN restrictions r ON r.authority_id = br.authority_id AND r.id = br.restriction_id
    LEFT JOIN stay_rights sr ON sr.authority_id = s.authority_id AND sr.stay_id = s.id
    JOIN LATERAL (
      SELECT least(:now, coalesce(s.departed_at, here.silent_at), o.lawful_until,
        (SELECT min((j.facts ->> 'silent_since')::timestamptz) FROM journal j
         WHERE j.authority_id = b.authority_id AND j.subject_id = b.id AND j.kind = 'bay.unknown'
           AND j.at > o.overstay_from AND j.at <= coalesce(s.departed_at, :now))) AS ended
    ) e ON e.ended > o.overstay_from
    WHERE s.authority_id = :ours AND s.bay_id = ANY(:bays) AND s.arrived_at >= :arrived
      AND s.superseded_at IS NULL AND (s.covered_by = ANY(:none)) IS NOT TRUE
      AND (sr.covered_until IS NULL OR sr.covered_until <= o.overstay_from)
""")
