"""Where each photo was taken, and that its bytes came: a row of its own, for what an officer recorded is never edited."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import wall_in

revision = "0018"
down_revision = "0017"

PLACE = ("lon", "lat", "accuracy_m")
KEY = ("authority_id", "sighting_id", "sha256")


def upgrade() -> None:
    for column in PLACE:
        op.add_column("photos", sa.Column(column, sa.Double(), nullable=True))
    op.create_table(
        "photo_files",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("sighting_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_photo_files_authority_id")),
        sa.ForeignKeyConstraint(
            KEY, [f"photos.{column}" for column in KEY],
            name=op.f("fk_photo_files_authority_id_sighting_id_sha256"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_photo_files")),
    )
    wall_in("photo_files", rights="SELECT, INSERT")
    op.execute(
        "CREATE TRIGGER never_edited BEFORE UPDATE ON photo_files"
        " FOR EACH ROW EXECUTE FUNCTION openpatrol_never_edited()"
    )


def downgrade() -> None:
    op.drop_table("photo_files")
    for column in PLACE:
        op.drop_column("photos", column)
