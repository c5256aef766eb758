"""Attempts to sign in, counted by address: known and unknown ones are answered alike.

No council owns a row, and the server may not look: it counts and forgives through two functions.
`people.failed_attempts` and `people.locked_until` are read no more; processes of before still may.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# `address` is the SHA-256 of what was typed: what strangers type is not kept.
ATTEMPTS = """
CREATE FUNCTION openpatrol_attempt(typed text, at timestamptz, free integer, longest interval)
  RETURNS timestamptz LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  hashed bytea := sha256(convert_to(lower(typed), 'UTF8'));
  times integer;
  wait timestamptz;
BEGIN
  DELETE FROM sign_in_attempts WHERE address IN (
    SELECT address FROM sign_in_attempts WHERE last_at < at - interval '1 day'
    ORDER BY last_at LIMIT 10 FOR UPDATE SKIP LOCKED);
  INSERT INTO sign_in_attempts AS a (address, failed, last_at) VALUES (hashed, 1, at)
    ON CONFLICT (address) DO UPDATE SET failed = a.failed + 1, last_at = at
    WHERE a.locked_until IS NULL OR a.locked_until <= at
    RETURNING a.failed INTO times;
  IF times IS NULL THEN
    SELECT locked_until INTO wait FROM sign_in_attempts WHERE address = hashed;
  ELSIF times >= free THEN
    UPDATE sign_in_attempts
      SET locked_until = at + least(make_interval(secs => 2 ^ least(times - free + 1, 20)), longest)
      WHERE address = hashed;
  END IF;
  RETURN wait;
END $$;

CREATE FUNCTION openpatrol_forgive_attempts(typed text)
  RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  hashed bytea := sha256(convert_to(lower(typed), 'UTF8'));
BEGIN
  IF (SELECT count(*) FROM people WHERE email = lower(typed)) > 1 THEN
    UPDATE sign_in_attempts SET failed = failed - 1, locked_until = NULL WHERE address = hashed;
  ELSE
    DELETE FROM sign_in_attempts WHERE address = hashed;
  END IF;
END $$;
"""
FUNCTIONS = (
    "openpatrol_attempt(text, timestamptz, integer, interval)",
    "openpatrol_forgive_attempts(text)",
)


def upgrade():
    op.create_table(
        "sign_in_attempts",
        sa.Column("address", sa.LargeBinary(), primary_key=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
    )
    for statement in ATTEMPTS.strip().split("\n\n"):
        op.execute(statement)
    for function in FUNCTIONS:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO openpatrol_app")


def downgrade():
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.drop_table("sign_in_attempts")
