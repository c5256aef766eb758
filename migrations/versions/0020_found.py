"""What officers raise themselves stands beside the one task in their hand."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

NO = sa.text("false")


def upgrade() -> None:
    op.add_column("tasks", sa.Column("found", sa.Boolean(), server_default=NO, nullable=False))
    op.add_column("tasks", sa.Column("far_m", sa.Double(), nullable=True))
    op.add_column("assignments", sa.Column("beside", sa.Boolean(), server_default=NO, nullable=False))


def downgrade() -> None:
    op.drop_column("assignments", "beside")
    op.drop_column("tasks", "far_m")
    op.drop_column("tasks", "found")
