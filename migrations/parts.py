"""Indexes on tables that are kept in parts.

Built beside the line. An index on a table in parts can't be, so each part gets its own first and the whole adopts it.
"""

import sqlalchemy as sa
from alembic import op

WITHOUT = sa.text("""
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = cast(:whole AS regclass) AND NOT EXISTS (
      SELECT FROM pg_index x JOIN pg_inherits a ON a.inhrelid = x.indexrelid
      WHERE x.indrelid = c.oid AND a.inhparent = to_regclass(:name))
    ORDER BY 1
""")


def index_parts(table: str, name: str, columns: str, where: str) -> None:
    """The index ix_<table>_<what>, on the table and on each part that lacks it; outside a transaction."""
    op.execute(f"CREATE INDEX IF NOT EXISTS {name} ON ONLY {table} ({columns}) WHERE {where}")
    for part in op.get_bind().execute(WITHOUT, {"whole": table, "name": name}).scalars().all():
        own = f"{part}_{name.removeprefix(f'ix_{table}_')}"
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {own}")  # what was interrupted counts for nothing
        op.execute(f"CREATE INDEX CONCURRENTLY {own} ON {part} ({columns}) WHERE {where}")
        op.execute(f"ALTER INDEX {name} ATTACH PARTITION {own}")
