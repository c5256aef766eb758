"""Partitions of one table at a time, so that no lock is held on one while another is waited for.

The functions that did all at once are there for the version before; they can go with the next one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

# The server's own role calls them and may name no other table: another one is an error here.
STEP = "CASE parent WHEN 'readings', 'positions' THEN step := 'day'; WHEN 'journal' THEN step := 'month'; END CASE;"

# A new partition waits for whoever reads the default one, and everyone else then waits for it: a backup runs long.
MAKE = f"""
CREATE FUNCTION openpatrol_make_partitions(parent text, first date, last date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  step text;
  start date;
BEGIN
  {STEP}
  start := date_trunc(step, first);
  WHILE start <= last LOOP
    BEGIN
      EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        parent || '_p' || to_char(start, 'YYYYMMDD'), parent,
        to_char(start, 'YYYY-MM-DD') || ' 00:00+00',
        to_char(start + ('1 ' || step)::interval, 'YYYY-MM-DD') || ' 00:00+00');
    EXCEPTION WHEN check_violation THEN
      RAISE NOTICE 'rows of % from % stay in the default partition', parent, start;
    END;
    start := start + ('1 ' || step)::interval;
  END LOOP;
END $$
"""

# One that is needed no more is only dropped when nobody has to wait for it.
DROP = f"""
CREATE FUNCTION openpatrol_drop_partitions(parent text, before date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
  step text;
  old regclass;
  empty boolean;
BEGIN
  {STEP}
  FOR old IN
    SELECT c.oid::regclass FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = parent::regclass
      AND to_date(substring(c.relname FROM '_p([0-9]{{8}})$'), 'YYYYMMDD') + ('1 ' || step)::interval <= before
    ORDER BY c.relname
  LOOP
    BEGIN
      EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', old) INTO empty;
      IF empty THEN
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', old);
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', old) INTO empty;
      END IF;
      IF empty THEN
        EXECUTE format('DROP TABLE %s', old);
      END IF;
    EXCEPTION WHEN lock_not_available THEN
      RAISE NOTICE '% is in use: another night', old;
    END;
  END LOOP;
END $$
"""

FUNCTIONS = {"make_partitions(text, date, date)": MAKE, "drop_partitions(text, date)": DROP}


def upgrade() -> None:
    for name, body in FUNCTIONS.items():
        op.execute(sa.text(body.replace(":", r"\:")))
        op.execute(f"REVOKE EXECUTE ON FUNCTION openpatrol_{name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION openpatrol_{name} TO openpatrol_app")


def downgrade() -> None:
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION openpatrol_{name}")
