"""Who has dealt with a record that was left with the supervisors, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

OURS = ["authority_id", "put_away_by"]


def upgrade() -> None:
    op.add_column("kept_records", sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("kept_records", sa.Column("put_away_by", sa.Uuid(), nullable=True))
    name = op.f("fk_kept_records_authority_id_put_away_by")
    op.create_foreign_key(name, "kept_records", "people", OURS, ["authority_id", "id"])


def downgrade() -> None:
    op.drop_column("kept_records", "put_away_by")
    op.drop_column("kept_records", "put_away_at")
