"""What became of offers, messages and plans lately, and how long a plan took: for who watches the whole."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

# Across authorities it gives away numbers and nothing else. It reads what the journal tells of these minutes.
LATELY = """
CREATE FUNCTION openpatrol_lately(since timestamptz)
  RETURNS TABLE (measure text, became text, amount double precision)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT told.measure, coalesce(told.became, j.facts ->> told.fact), count(*)
  FROM authorities a
  JOIN LATERAL (SELECT kind, facts FROM journal WHERE authority_id = a.id AND at > since) j ON true
  JOIN (VALUES
    ('task.offer', 'offers', 'offered', NULL),
    ('task.accept', 'offers', 'accepted', NULL),
    ('assignment.ended', 'offers', NULL, 'reason'),
    ('notification.sent', 'messages', NULL, 'result'),
    ('notification.queued', 'messages', NULL, 'result'),
    ('notification.failed', 'messages', NULL, 'result'),
    ('plan.nearest-first', 'plans', 'nearest-first', NULL)
  ) told (kind, measure, became, fact) ON told.kind = j.kind
  GROUP BY 1, 2
  UNION ALL
  SELECT 'plan_seconds', '', max(plan_seconds) FROM planning
$$
"""


def upgrade() -> None:
    op.add_column("planning", sa.Column("plan_seconds", sa.Double(), nullable=True))
    op.execute(LATELY)
    op.execute("REVOKE EXECUTE ON FUNCTION openpatrol_lately(timestamptz) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION openpatrol_lately(timestamptz) TO openpatrol_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION openpatrol_lately(timestamptz)")
    op.drop_column("planning", "plan_seconds")
