"""Whether a council's last plan had to estimate walks, and why: for who watches the whole."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

# As 0010 made it, and the last line.
LATELY = """
CREATE OR REPLACE FUNCTION openpatrol_lately(since timestamptz)
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
  %s
$$
"""
ESTIMATED = """UNION ALL
  SELECT 'walks_estimated', '', count(*) FROM planning WHERE walks_fault IS NOT NULL AND planned_at > since"""


def upgrade() -> None:
    op.add_column("planning", sa.Column("walks_fault", sa.Text(), nullable=True))
    op.execute(LATELY % ESTIMATED)


def downgrade() -> None:
    op.execute(LATELY % "")
    op.drop_column("planning", "walks_fault")
