"""Standing patrols: work without a sensor, at a bay or at a spot that is none, in windows that come round."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.wall import wall_in

revision = "0013"
down_revision = "0012"

TIME = sa.DateTime(timezone=True)

# As 0003 made it, and the last lines.
DUE = """
CREATE OR REPLACE FUNCTION openpatrol_due(at timestamptz)
  RETURNS TABLE (authority_id uuid, work text, since timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT authority_id, 'stays', min(check_at) FROM stays WHERE check_at <= at GROUP BY 1
  UNION ALL
  SELECT authority_id, 'silence', min(silent_at) FROM bay_state
    WHERE unknown_at IS NULL AND silent_at <= at GROUP BY 1
  UNION ALL
  SELECT authority_id, 'offers', min(expires_at) FROM assignments
    WHERE state = 'offered' AND expires_at <= at GROUP BY 1
  UNION ALL
  SELECT authority_id, 'ends', min(lawful_until) FROM tasks
    WHERE state IN ('waiting', 'escalated') AND lawful_until <= at GROUP BY 1
  UNION ALL
  SELECT authority_id, 'plan', CASE WHEN wanted > planned THEN wanted_at ELSE next_at END FROM planning
    WHERE wanted > planned OR next_at <= at
  UNION ALL
  SELECT authority_id, 'freezes', min(check_at) FROM freezes WHERE released_at IS NULL AND check_at <= at GROUP BY 1
  UNION ALL
  SELECT authority_id, 'check-ins', min(check_in_at) FROM shifts WHERE check_in_at <= at GROUP BY 1
  UNION ALL
  SELECT authority_id, 'busy', min(busy_until) FROM shifts WHERE busy_until <= at GROUP BY 1
  UNION ALL
  SELECT authority_id, 'overruns', min(overrun_at) FROM shifts WHERE overrun_at <= at GROUP BY 1
  UNION ALL
  SELECT authority_id, 'escalations', min(tell_at) FROM tasks WHERE tell_at <= at GROUP BY 1
  %s
$$
"""
PATROLS = """UNION ALL
  SELECT authority_id, 'patrols', min(check_at) FROM patrols WHERE check_at <= at GROUP BY 1"""


def upgrade() -> None:
    op.add_column("bays", sa.Column("spot", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    add_patrols()
    wall_in("patrols")
    op.add_column("tasks", sa.Column("patrol_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_tasks_authority_id_patrol_id"), "tasks", "patrols",
        ["authority_id", "patrol_id"], ["authority_id", "id"], postgresql_not_valid=True,
    )  # fmt: skip
    op.execute(
        "ALTER TABLE tasks ADD CONSTRAINT ck_tasks_one_cause"
        " CHECK (stay_id IS NULL OR patrol_id IS NULL) NOT VALID"
    )
    op.execute(DUE % PATROLS)


def add_patrols() -> None:
    op.create_table(
        "patrols",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("terms", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("window_from", TIME, nullable=True),
        sa.Column("window_until", TIME, nullable=True),
        sa.Column("check_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("paused_at", TIME, nullable=True),
        sa.Column("paused_why", sa.Text(), nullable=True),
        sa.Column("retired_at", TIME, nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_patrols_minutes")),
        sa.CheckConstraint("window_until > window_from", name=op.f("ck_patrols_window")),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_patrols_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "bay_id"],
            ["bays.authority_id", "bays.id"],
            name=op.f("fk_patrols_authority_id_bay_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_patrols")),
    )
    op.create_index(
        "uq_patrols_name", "patrols", ["authority_id", "name"],
        unique=True, postgresql_where=sa.text("retired_at IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_patrols_check", "patrols", ["check_at"], postgresql_where=sa.text("check_at IS NOT NULL")
    )


def downgrade() -> None:
    op.execute(DUE % "")
    op.drop_constraint("ck_tasks_one_cause", "tasks")
    op.drop_column("tasks", "patrol_id")
    op.drop_table("patrols")
    op.drop_column("bays", "spot")
