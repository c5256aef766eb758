"""Is all that runs by itself running? Networks that have gone quiet, workers that look, troubles that were found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.wall import wall_in

revision = "0030"
down_revision = "0029"

TIME = sa.DateTime(timezone=True)

# As 0013 made it, and the last lines.
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
  UNION ALL
  SELECT authority_id, 'patrols', min(check_at) FROM patrols WHERE check_at <= at GROUP BY 1
  %s
$$
"""
# An authority that nobody has looked after yet has no row; it waits from now on.
WATCH = """UNION ALL
  SELECT a.id, 'watch', coalesce(w.look_at, at) FROM authorities a LEFT JOIN watches w ON w.authority_id = a.id
    WHERE w.look_at IS NULL OR w.look_at <= at"""


def upgrade() -> None:
    op.add_column("alerts", sa.Column("facts", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("api_keys", sa.Column("heard_at", TIME, nullable=True))
    op.add_column("api_keys", sa.Column("quiet_at", TIME, nullable=True))
    op.create_table(
        "watches",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("looked_at", TIME, nullable=True),
        sa.Column("since", TIME, nullable=True),
        sa.Column("look_at", TIME, nullable=True),
        sa.Column("troubles", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_watches_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_watches")),
    )
    op.create_table(
        "network_gaps",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("hour", TIME, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_network_gaps_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "key_id"],
            ["api_keys.authority_id", "api_keys.id"],
            name=op.f("fk_network_gaps_authority_id_key_id"),
        ),
        sa.PrimaryKeyConstraint("authority_id", "key_id", "hour", name=op.f("pk_network_gaps")),
    )
    wall_in("watches", "network_gaps")
    op.execute(DUE % WATCH)


def downgrade() -> None:
    op.execute(DUE % "")
    op.drop_table("network_gaps")
    op.drop_table("watches")
    op.drop_column("api_keys", "quiet_at")
    op.drop_column("api_keys", "heard_at")
    op.drop_column("alerts", "facts")
