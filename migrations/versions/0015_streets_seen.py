"""When each street was seen last, by the hour: the floor under patrolling."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import wall_in

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "streets_seen",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_streets_seen_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "street", name=op.f("pk_streets_seen")),
    )
    wall_in("streets_seen")


def downgrade() -> None:
    op.drop_table("streets_seen")
