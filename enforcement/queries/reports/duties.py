"""How long officers were on shift, and how often they arrived anywhere: numbers without names."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from ...domain.reports import Duty
from .asked import Asked

# With a zone: shifts that patrol it, and all that was done on them.
DUTIES = text("""
    WITH on_shift AS (
      SELECT s.id, s.officer_id, least(coalesce(s.ended_at, :now), :ends) - greatest(s.started_at, :begins) AS time
      FROM shifts s
      WHERE s.authority_id = :ours AND s.started_at < :ends AND coalesce(s.ended_at, :now) > :begins
        AND (cast(:zone AS uuid) IS NULL OR EXISTS (
          SELECT FROM shift_zones z WHERE z.authority_id = :ours AND z.shift_id = s.id AND z.zone_id = :zone))
    ), visits AS (
      SELECT a.shift_id, count(*) AS visits FROM bays b
      JOIN tasks t ON t.authority_id = :ours AND t.bay_id = b.id AND t.raised_at >= :since AND t.raised_at < :ends
      JOIN assignments a ON a.authority_id = :ours AND a.task_id = t.id
        AND a.arrived_at >= :begins AND a.arrived_at < :ends
      WHERE b.authority_id = :ours GROUP BY a.shift_id
    )
    SELECT extract(epoch FROM sum(s.time)) / 60.0 AS minutes, coalesce(sum(v.visits), 0) AS visits
    FROM on_shift s LEFT JOIN visits v ON v.shift_id = s.id GROUP BY s.officer_id
""")


def duties(session: Session, asked: Asked) -> list[Duty]:
    """Of each officer who was on shift in the period, in no order."""
    rows = asked.run(session, DUTIES)
    return [Duty(float(row.minutes), int(row.visits)) for row in rows]
