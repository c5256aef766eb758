"""How the database does, for `/metrics`: asked of it each time, so every process answers the same."""

from sqlalchemy import text
from sqlalchemy.orm import Session

# Rows are estimates of PostgreSQL's own: counting would see one council's only.
HEALTH = text("""
    SELECT 'jobs', status::text, count(*)::float FROM procrastinate_jobs
      WHERE status IN ('todo', 'doing', 'failed') GROUP BY 2
    UNION ALL
    SELECT 'oldest_job', '', coalesce(extract(epoch FROM now() - min(e.at)), 0)
      FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
      WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now()
    UNION ALL
    SELECT 'partitions_ahead', '',
        max(to_date(substring(relname FROM 'readings_p([0-9]{8})$'), 'YYYYMMDD')) - current_date
      FROM pg_class WHERE relispartition AND relkind = 'r'
    UNION ALL
    SELECT 'default_rows', relname::text, n_live_tup FROM pg_stat_user_tables
      WHERE relname IN ('readings_default', 'positions_default', 'journal_default')
    UNION ALL
    SELECT 'bytes', '', pg_database_size(current_database())
""")


def health(session: Session) -> list[tuple[str, str, float]]:
    """Measure, what of, and how much: jobs by state, seconds, days ahead, rows in default partitions, bytes."""
    return [(measure, of, float(value or 0)) for measure, of, value in session.execute(HEALTH)]
