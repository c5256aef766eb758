"""Times when a zone is active; without any it always is."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("zones", sa.Column("hours", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("zones", "hours")
