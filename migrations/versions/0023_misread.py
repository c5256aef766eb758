"""Looks that their officers misread, and photos that were chosen among a phone's pictures."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import wall_in

revision = "0023"
down_revision = "0022"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    no = sa.text("false")
    op.add_column("photos", sa.Column("chosen", sa.Boolean(), server_default=no, nullable=False))
    op.alter_column("photos", "taken_at", nullable=True)
    op.create_table(
        "misreadings",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sighting_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_misreadings_authority_id")),
        refers("sighting_id", "sightings"),
        refers("officer_id", "people"),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_misreadings")),
        sa.UniqueConstraint("authority_id", "sighting_id", name=op.f("uq_misreadings_authority_id_sighting_id")),
    )
    wall_in("misreadings", rights="SELECT, INSERT")
    op.execute(
        "CREATE TRIGGER never_edited BEFORE UPDATE ON misreadings"
        " FOR EACH ROW EXECUTE FUNCTION openpatrol_never_edited()"
    )


def refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column],
        [f"{other}.authority_id", f"{other}.id"],
        name=op.f(f"fk_misreadings_authority_id_{column}"),
    )


def downgrade() -> None:
    op.drop_table("misreadings")
    op.execute("ALTER TABLE photos DISABLE TRIGGER never_edited")
    op.execute("UPDATE photos p SET taken_at = s.recorded_at FROM sightings s WHERE p.taken_at IS NULL"
               " AND s.authority_id = p.authority_id AND s.id = p.sighting_id")  # fmt: skip
    op.execute("ALTER TABLE photos ENABLE TRIGGER never_edited")
    op.alter_column("photos", "taken_at", nullable=False)
    op.drop_column("photos", "chosen")
