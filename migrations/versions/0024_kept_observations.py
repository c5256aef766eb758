"""What officers raised themselves and the line could not take is kept too, with what they saw there: there is no task."""

import sqlalchemy as sa
from alembic import op

from migrations.forgetting import forget_no_more, forget_too

revision = "0024"
down_revision = "0023"

FORGOTTEN = (
    "kept observations",
    "kept_records",
    "t.task_id IS NULL AND t.received_at < $2"
    " AND NOT EXISTS (SELECT FROM openpatrol_evidence($1) e WHERE e.task_id = t.found_id)",
)


def upgrade() -> None:
    op.alter_column("kept_records", "task_id", nullable=True)
    op.add_column("kept_records", sa.Column("found_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(op.f("ck_kept_records_of_one"), "kept_records", "(task_id IS NULL) <> (found_id IS NULL)")
    forget_too(*FORGOTTEN)


def downgrade() -> None:
    forget_no_more(*FORGOTTEN)
    op.execute("DELETE FROM kept_records WHERE task_id IS NULL")
    op.drop_constraint(op.f("ck_kept_records_of_one"), "kept_records")
    op.drop_column("kept_records", "found_id")
    op.alter_column("kept_records", "task_id", nullable=False)
