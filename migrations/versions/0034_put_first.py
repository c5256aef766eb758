"""A supervisor may put a task before all others."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("put_first_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("tasks", "put_first_at")
