"""What two people may change at once has a version, as zones and shifts have one."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

TABLES = ("bays", "people", "suspensions", "patrols", "briefing_notes")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_column(table, "version")
