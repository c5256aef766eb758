"""Bays count how often their sensors were mapped anew; a task says who took it back."""

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("bay_state", sa.Column("remapped", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("tasks", sa.Column("ended_by", sa.Text(), nullable=True))
