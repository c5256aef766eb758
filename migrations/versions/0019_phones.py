"""Phones: records that were taken after all, phones that were lost, what a person keeps on theirs, what comes next."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.wall import wall_in

revision = "0019"
down_revision = "0018"

ADDED = (
    ("kept_records", "taken_at", sa.DateTime(timezone=True)),
    ("sign_ins", "phone_id", sa.Uuid()),
    ("people", "vault", sa.Text()),
    ("people", "language", sa.Text()),
    ("planning", "ahead", postgresql.JSONB(astext_type=sa.Text())),
)


def upgrade() -> None:
    for table, name, kind in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_table(
        "lost_phones",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lost_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_lost_phones_authority_id")),
        sa.ForeignKeyConstraint(["authority_id", "person_id"], ["people.authority_id", "people.id"], name=op.f("fk_lost_phones_authority_id_person_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_lost_phones")),
    )  # fmt: skip
    wall_in("lost_phones")


def downgrade() -> None:
    op.drop_table("lost_phones")
    for table, name, _ in ADDED:
        op.drop_column(table, name)
