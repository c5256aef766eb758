"""The journal by who did it and by what was done, visits by when they ended: for those who look back over a year."""

import sqlalchemy as sa
from alembic import op

from migrations.parts import index_parts

revision = "0032"
down_revision = "0031"

JOURNAL = {
    "ix_journal_actor": ("authority_id, actor, at, id", "actor IS NOT NULL"),
    "ix_journal_kind": ("authority_id, kind, at, id", "kind NOT IN ('stay.began', 'stay.ended')"),
}
VISITED = "outcome IS NOT NULL AND stay_id IS NOT NULL AND NOT found"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, (columns, where) in JOURNAL.items():
            index_parts("journal", name, columns, where)
        op.drop_index("ix_tasks_visited", "tasks", if_exists=True, postgresql_concurrently=True)
        op.create_index("ix_tasks_visited", "tasks", ["authority_id", "ended_at"], postgresql_concurrently=True,
                        postgresql_include=["bay_id", "outcome"], postgresql_where=sa.text(VISITED))  # fmt: skip


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_tasks_visited", "tasks", if_exists=True, postgresql_concurrently=True)
        for name in JOURNAL:
            op.execute(f"DROP INDEX IF EXISTS {name}")
