"""What officers are told before they go out, that they read it, and since when each does what they do."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.forgetting import forget_no_more, forget_too
from migrations.wall import wall_in

revision = "0022"
down_revision = "0021"

TIME = sa.DateTime(timezone=True)
NOTES = ("briefing notes", "briefing_notes", "least(t.retired_at, (t.last_day + 1)::timestamptz) < $2")


def upgrade() -> None:
    op.add_column("shifts", sa.Column("state_since", TIME, nullable=True))
    op.create_table(
        "briefing_notes",
        *owned("briefing_notes"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("zone_id", sa.Uuid(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("hazard", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", TIME, server_default=sa.text("now()"), nullable=False),
        sa.Column("retired_at", TIME, nullable=True),
        refers("briefing_notes", "zone_id", "zones"),
        refers("briefing_notes", "made_by", "people"),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_briefing_notes_span")),
    )
    op.create_index("ix_briefing_notes_in_use", "briefing_notes", ["authority_id", "id"],
                    postgresql_where=sa.text("retired_at IS NULL"))  # fmt: skip
    op.create_table(
        "briefings_read",
        *owned("briefings_read"),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("equipment", postgresql.JSONB(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("read_at", TIME, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        refers("briefings_read", "shift_id", "shifts"),
    )
    op.create_index("ix_briefings_read_shift", "briefings_read", ["authority_id", "shift_id", "read_at"])
    wall_in("briefing_notes", "briefings_read")
    forget_too(*NOTES)


def owned(table: str) -> list[Any]:
    return [
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f(f"pk_{table}")),
    ]


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column],
        [f"{other}.authority_id", f"{other}.id"],
        name=op.f(f"fk_{table}_authority_id_{column}"),
    )


def downgrade() -> None:
    forget_no_more(*NOTES)
    op.drop_table("briefings_read")
    op.drop_table("briefing_notes")
    op.drop_column("shifts", "state_since")
