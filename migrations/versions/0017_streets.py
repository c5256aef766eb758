"""Streets as lines, so that a map can be drawn without anybody else's tiles."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import wall_in

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "streets",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_streets_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_streets")),
        sa.UniqueConstraint("authority_id", "source", "name", name=op.f("uq_streets_authority_id_source_name")),
    )
    wall_in("streets")


def downgrade() -> None:
    op.drop_table("streets")
