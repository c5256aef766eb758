"""How long cars stay: the model of each authority, fitted every night to its own stays."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.wall import wall_in

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "dwell_models",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("fitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("calibration", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_dwell_models_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_dwell_models")),
    )  # fmt: skip
    wall_in("dwell_models")


def downgrade() -> None:
    op.drop_table("dwell_models")
