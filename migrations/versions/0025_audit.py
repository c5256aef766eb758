"""The journal by who, whom and what, for those who look things up in it; tasks by the day on which they were raised.

Built beside the line. An index on a table in parts can't be, so each part gets its own first and the whole adopts it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

JOURNAL = {
    "ix_journal_acted": ("authority_id, at, id", "actor IS NOT NULL"),
    "ix_journal_officer": ("authority_id, officer_id, at, id", "officer_id IS NOT NULL"),
    "ix_journal_about": ("authority_id, subject, at, id", "subject <> 'stay'"),
}
PARTS = sa.text("""
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'journal'::regclass AND NOT EXISTS (
      SELECT FROM pg_index x JOIN pg_inherits a ON a.inhrelid = x.indexrelid
      WHERE x.indrelid = c.oid AND a.inhparent = to_regclass(:name))
    ORDER BY 1
""")


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, (columns, where) in JOURNAL.items():
            op.execute(f"CREATE INDEX IF NOT EXISTS {name} ON ONLY journal ({columns}) WHERE {where}")
            for part in op.get_bind().execute(PARTS, {"name": name}).scalars().all():
                own = f"{part}_{name.removeprefix('ix_journal_')}"
                op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {own}")  # what was interrupted counts for nothing
                op.execute(f"CREATE INDEX CONCURRENTLY {own} ON {part} ({columns}) WHERE {where}")
                op.execute(f"ALTER INDEX {name} ATTACH PARTITION {own}")
        op.drop_index("ix_tasks_raised", "tasks", if_exists=True, postgresql_concurrently=True)
        op.create_index("ix_tasks_raised", "tasks", ["authority_id", "raised_at"], postgresql_concurrently=True)


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_tasks_raised", "tasks", if_exists=True, postgresql_concurrently=True)
        for name in JOURNAL:
            op.execute(f"DROP INDEX IF EXISTS {name}")
