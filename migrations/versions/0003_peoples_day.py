"""Alerts, frozen places, the signed log of a shift, and what the sweep looks at in a shift."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.wall import wall_in

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True)

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
$$
"""


def upgrade() -> None:
    add_alerts()
    add_freezes()
    add_shift_logs()
    wall_in("alerts", "freezes")
    wall_in("shift_logs", rights="SELECT, INSERT")
    add_moments()
    op.execute(DUE)


def add_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("tasks", postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("fix_at", TIME, nullable=True),
        sa.Column("raised_at", TIME, nullable=False),
        sa.Column("again_at", TIME, nullable=True),
        sa.Column("acknowledged_at", TIME, nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("cleared_at", TIME, nullable=True),
        sa.Column("resolved_at", TIME, nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_alerts_authority_id")),
        *people("alerts", "officer_id", "acknowledged_by", "resolved_by"),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_alerts")),
    )
    op.create_index(
        "uq_alerts_open",
        "alerts",
        ["authority_id", "kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL AND cleared_at IS NULL"),
    )
    op.create_index(
        "ix_alerts_unresolved", "alerts", ["authority_id", "id"], postgresql_where=sa.text("resolved_at IS NULL")
    )


def people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["authority_id", column],
            ["people.authority_id", "people.id"],
            name=op.f(f"fk_{table}_authority_id_{column}"),
        )
        for column in columns
    ]


def add_freezes() -> None:
    op.create_table(
        "freezes",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("radius_m", sa.Double(), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("asks_at", TIME, nullable=False),
        sa.Column("check_at", TIME, nullable=False),
        sa.Column("released_at", TIME, nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("radius_m > 0", name=op.f("ck_freezes_radius")),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_freezes_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "task_id"],
            ["tasks.authority_id", "tasks.id"],
            name=op.f("fk_freezes_authority_id_task_id"),
        ),
        *people("freezes", "released_by"),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_freezes")),
    )
    standing = sa.text("released_at IS NULL")
    op.create_index("ix_freezes_standing", "freezes", ["authority_id", "id"], postgresql_where=standing)
    op.create_index("ix_freezes_check", "freezes", ["check_at"], postgresql_where=standing)


def add_shift_logs() -> None:
    op.create_table(
        "shift_logs",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("signed_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_shift_logs_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "shift_id"],
            ["shifts.authority_id", "shifts.id"],
            name=op.f("fk_shift_logs_authority_id_shift_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "shift_id", name=op.f("pk_shift_logs")),
    )


def add_moments() -> None:
    for column in ("state_at", "overrun_at", "alive_at", "check_in_at", "left_zones_at"):
        op.add_column("shifts", sa.Column(column, TIME, nullable=True))
    op.add_column("shifts", sa.Column("check_in_minutes", sa.Integer(), nullable=True))
    op.add_column("tasks", sa.Column("tell_at", TIME, nullable=True))
    for name, table, column in (
        ("ix_shifts_busy", "shifts", "busy_until"),
        ("ix_shifts_overrun", "shifts", "overrun_at"),
        ("ix_shifts_check_in", "shifts", "check_in_at"),
        ("ix_tasks_tell", "tasks", "tell_at"),
    ):
        op.create_index(name, table, [column], postgresql_where=sa.text(f"{column} IS NOT NULL"))
    op.execute(
        "UPDATE shifts SET overrun_at = planned_to + interval '30 minutes'"
        " WHERE started_at IS NOT NULL AND ended_at IS NULL"
    )
