"""Where officers went, and what for: walks to overstays, and visits to streets. Never who."""

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from .asked import HERE, Asked

CAME, GOING, CALLED_OFF, GIVEN_UP = "came", "going", "called_off", "given_up"

# Of several looks of one officer at one task the last says how it went.
WALKS = text(f"""
    WITH {HERE}, walks AS (
      SELECT DISTINCT ON (a.task_id, a.officer_id) a.state, a.end_reason,
             CASE WHEN t.officer_id = a.officer_id AND t.outcome = ANY(:false_alarms) THEN t.outcome END AS in_vain,
             bool_or(a.arrived_at IS NOT NULL) OVER (PARTITION BY a.task_id, a.officer_id) AS came
      FROM here b
      JOIN tasks t ON t.authority_id = :ours AND t.bay_id = b.id AND t.raised_at >= :since AND t.raised_at < :ends
        AND NOT t.found AND t.patrol_id IS NULL
      JOIN assignments a ON a.authority_id = :ours AND a.task_id = t.id
        AND a.accepted_at >= :begins AND a.accepted_at < :ends
      ORDER BY a.task_id, a.officer_id, a.accepted_at DESC
    )
    SELECT coalesce(in_vain, CASE WHEN came THEN '{CAME}' WHEN state <> 'ended' THEN '{GOING}'
             WHEN end_reason = 'withdrawn' THEN '{CALLED_OFF}' ELSE '{GIVEN_UP}' END) AS became, count(*) AS walks
    FROM walks GROUP BY 1
""")


def walks(session: Session, asked: Asked) -> dict[str, int]:
    """How the walks to overstays went that officers began in the period: by what became of them (`CAME`, …, or an
    outcome that was a false alarm), how many."""
    rows = asked.run(session, WALKS)
    return {row.became: row.walks for row in rows}


STREETS = text(f"""
    WITH {HERE}, visits AS (
      SELECT b.street, count(*) AS visits FROM here b
      JOIN tasks t ON t.authority_id = :ours AND t.bay_id = b.id AND t.raised_at >= :since AND t.raised_at < :ends
      JOIN assignments a ON a.authority_id = :ours AND a.task_id = t.id
        AND a.arrived_at >= :begins AND a.arrived_at < :ends
      GROUP BY b.street
    )
    SELECT b.street, count(*) AS bays, coalesce(max(v.visits), 0) AS visits
    FROM here h JOIN bays b ON b.authority_id = :ours AND b.id = h.id
    LEFT JOIN visits v ON v.street = b.street
    WHERE b.retired_at IS NULL AND NOT b.spot
    GROUP BY b.street ORDER BY visits DESC, b.street
""")


def streets(session: Session, asked: Asked) -> list[Row[tuple[str, int, int]]]:
    """`street`, its `bays`, and how often officers were there in the period; the most visited first."""
    return list(asked.run(session, STREETS))
