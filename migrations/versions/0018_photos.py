"""Where each photo was taken, and that its bytes came: a row of its own, for what an officer recorded is never edited."""

import sqlalchemy as sa
from alembic import op

from migrations.forgetting import forget_no_more, forget_too
from migrations.wall import wall_in

revision = "0018"
down_revision = "0017"

PLACE = ("lon", "lat", "accuracy_m")
# They belong to a sighting, or to one that was kept apart, which may become a sighting later: when neither is there.
FORGOTTEN = (
    "photos",
    "photo_files",
    "NOT EXISTS (SELECT FROM sightings s WHERE s.authority_id = $1 AND s.id = t.sighting_id)"
    " AND NOT EXISTS (SELECT FROM kept_records k WHERE k.authority_id = $1 AND k.record_id = t.sighting_id)",
)


def upgrade() -> None:
    for column in PLACE:
        op.add_column("photos", sa.Column(column, sa.Double(), nullable=True))
    op.create_table(
        "photo_files",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sighting_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_photo_files_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "officer_id"], ["people.authority_id", "people.id"],
            name=op.f("fk_photo_files_authority_id_officer_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_photo_files")),
        sa.UniqueConstraint(
            "authority_id", "sighting_id", "sha256", name=op.f("uq_photo_files_authority_id_sighting_id_sha256")
        ),
    )
    wall_in("photo_files", rights="SELECT, INSERT")
    op.execute(
        "CREATE TRIGGER never_edited BEFORE UPDATE ON photo_files"
        " FOR EACH ROW EXECUTE FUNCTION openpatrol_never_edited()"
    )
    forget_too(*FORGOTTEN)


def downgrade() -> None:
    forget_no_more(*FORGOTTEN)
    op.drop_table("photo_files")
    for column in PLACE:
        op.drop_column("photos", column)
