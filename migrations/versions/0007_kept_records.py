"""What phones recorded and the line could not take."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.wall import wall_in

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "kept_records",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("said", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_kept_records_authority_id")),
        sa.ForeignKeyConstraint(["authority_id", "person_id"], ["people.authority_id", "people.id"], name=op.f("fk_kept_records_authority_id_person_id")),
        sa.ForeignKeyConstraint(["authority_id", "task_id"], ["tasks.authority_id", "tasks.id"], name=op.f("fk_kept_records_authority_id_task_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_kept_records")),
        sa.UniqueConstraint("authority_id", "record_id", name=op.f("uq_kept_records_authority_id_record_id")),
    )  # fmt: skip
    wall_in("kept_records")
