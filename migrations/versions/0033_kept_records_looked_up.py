"""Records that were left with the supervisors, by task, and those that wait. Built beside the line."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

INDEXES = {
    "ix_kept_records_task": ("task_id", "task_id IS NOT NULL"),
    "ix_kept_records_found": ("found_id", "found_id IS NOT NULL"),
    "ix_kept_records_waiting": ("id", "taken_at IS NULL AND put_away_at IS NULL"),
}


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, (column, where) in INDEXES.items():
            op.drop_index(name, "kept_records", if_exists=True, postgresql_concurrently=True)
            op.create_index(name, "kept_records", ["authority_id", column], postgresql_concurrently=True,
                            postgresql_where=sa.text(where))  # fmt: skip


def downgrade() -> None:
    with op.get_context().autocommit_block():
        for name in INDEXES:
            op.drop_index(name, "kept_records", if_exists=True, postgresql_concurrently=True)
