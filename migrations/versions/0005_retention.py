"""Legal holds, and the functions that erase what has outlived its period: the server's role may not by itself."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import wall_in

revision = "0005"
down_revision = "0004"

TIME = sa.DateTime(timezone=True)

# What stays for the whole evidence period: cases still open, notices served and those that may be served by
# post (SI 2022/71 reg 10), and whatever is under hold.
EVIDENCE = """
CREATE FUNCTION openpatrol_evidence(authority uuid)
  RETURNS TABLE (task_id uuid, bay_id uuid, since timestamptz, until timestamptz)
  LANGUAGE sql STABLE AS $$
  SELECT t.id, t.bay_id, least(coalesce(s.arrived_at, t.overstay_from), t.raised_at) - interval '1 hour',
         coalesce(t.ended_at, 'infinity')
  FROM public.tasks t LEFT JOIN public.stays s ON s.authority_id = t.authority_id AND s.id = t.stay_id
  WHERE t.authority_id = authority
    AND (t.ended_at IS NULL OR t.outcome IN ('notice_served', 'prevented', 'drove_away_after_preparation')
         OR EXISTS (SELECT FROM public.holds h
                    WHERE h.authority_id = authority AND h.task_id = t.id AND h.lifted_at IS NULL))
$$
"""

# A row and everything that refers to it, whichever tables there will be.
ERASE = """
CREATE FUNCTION openpatrol_erase(kind regclass, authority uuid, ids uuid[]) RETURNS bigint
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  reference record;
  inner_ids uuid[];
  erased bigint;
BEGIN
  IF coalesce(cardinality(ids), 0) = 0 THEN
    RETURN 0;
  END IF;
  FOR reference IN
    SELECT c.conrelid::regclass AS child, a.attname AS name,
           EXISTS (SELECT FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id') AS has_id
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
    WHERE c.contype = 'f' AND c.confrelid = kind
  LOOP
    IF reference.has_id THEN
      EXECUTE format('SELECT array_agg(id) FROM %s WHERE authority_id = $1 AND %I = ANY ($2)',
                     reference.child, reference.name) INTO inner_ids USING authority, ids;
      PERFORM openpatrol_erase(reference.child, authority, inner_ids);
    ELSE
      EXECUTE format('DELETE FROM %s WHERE authority_id = $1 AND %I = ANY ($2)',
                     reference.child, reference.name) USING authority, ids;
    END IF;
  END LOOP;
  EXECUTE format('DELETE FROM %s WHERE authority_id = $1 AND id = ANY ($2)', kind) USING authority, ids;
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END $$
"""

NO_EVIDENCE = "NOT EXISTS (SELECT FROM openpatrol_evidence($1) e WHERE e.task_id = {})"
OF_VISIT = f"x.authority_id = $1 AND x.ended_at < $2 AND {NO_EVIDENCE.format('x.id')}"
VISIT = f"EXISTS (SELECT FROM tasks x WHERE x.id = t.task_id AND {OF_VISIT})"
SIGN_IN = "authority_id = $1 AND least(s.revoked_at, s.expires_at) < $2"
OVER = f"EXISTS (SELECT FROM sign_ins s WHERE s.{SIGN_IN} AND s.id = t.sign_in_id)"

# By kind: the table, the columns of its key, which rows, and what becomes of them.
KINDS = {
    "positions": ("positions", "at, id", "t.at < $2", "DELETE"),
    "last positions": (
        "shifts", "id", "t.fix_at < $2",
        "UPDATE lon = NULL, lat = NULL, accuracy_m = NULL, fix_at = NULL",
    ),
    "alerts' positions": (
        "alerts", "id", "t.fix_at < $2 AND coalesce(t.resolved_at, t.cleared_at) IS NOT NULL",
        "UPDATE lon = NULL, lat = NULL, accuracy_m = NULL, fix_at = NULL",
    ),
    "sightings": ("sightings", "id", VISIT, "ERASE"),
    "outcomes": ("outcomes", "id", VISIT, "ERASE"),
    "kept records": ("kept_records", "id", VISIT, "ERASE"),
    "answers about plates": (
        "rights_answers", "id", f"t.plate IS NOT NULL AND t.checked_at < $2 AND {NO_EVIDENCE.format('t.task_id')}",
        "DELETE",
    ),
    "words": (
        "tasks", "id", f"t.ended_why IS NOT NULL AND t.ended_at < $2 AND {NO_EVIDENCE.format('t.id')}",
        "UPDATE ended_why = NULL",
    ),
    "messages": ("notifications", "id", f"t.queued_at < $2 AND {NO_EVIDENCE.format('t.task_id')}", "DELETE"),
    "actions": ("actions", "id", "t.received_at < $2", "DELETE"),
    "devices": (
        "devices", "id",
        f"{OVER} AND NOT EXISTS (SELECT FROM notifications n WHERE n.authority_id = $1 AND n.device_id = t.id)",
        "DELETE",
    ),
    "endpoints": (
        "devices", "id", f"{OVER} AND t.auth <> ''",
        "UPDATE endpoint = 'erased:' || t.id, p256dh = '', auth = '', state = 'gone'",
    ),
    "sign-ins": (
        "sign_ins", "id",
        "least(t.revoked_at, t.expires_at) < $2"
        " AND NOT EXISTS (SELECT FROM devices d WHERE d.authority_id = $1 AND d.sign_in_id = t.id)",
        "DELETE",
    ),
    "reset links": ("reset_links", "id", "t.expires_at < $2", "DELETE"),
    "unknown sensors": ("unknown_sensors", "reference", "t.last_seen_at < $2", "DELETE"),
    "readings": (
        "readings", "source, key, event_at",
        "t.event_at < $2 AND NOT EXISTS (SELECT FROM openpatrol_evidence($1) e"
        " WHERE e.bay_id = t.bay_id AND t.event_at BETWEEN e.since AND e.until)",
        "DELETE",
    ),
    "cases": (
        "tasks", "id",
        "t.ended_at < $2 AND NOT EXISTS (SELECT FROM holds h"
        " WHERE h.authority_id = $1 AND h.task_id = t.id AND h.lifted_at IS NULL)",
        "ERASE",
    ),
    "stays": (
        "stays", "id",
        "coalesce(t.departed_at, t.superseded_at) < $2"
        " AND NOT EXISTS (SELECT FROM tasks x WHERE x.authority_id = $1 AND x.stay_id = t.id)"
        " AND NOT EXISTS (SELECT FROM bay_state b WHERE b.authority_id = $1 AND b.bay_id = t.bay_id"
        " AND b.stay_id = t.id)",
        "ERASE",
    ),
    "shifts": (
        "shifts", "id",
        "greatest(t.ended_at, t.planned_to) < $2"
        " AND NOT EXISTS (SELECT FROM assignments a WHERE a.authority_id = $1 AND a.shift_id = t.id)",
        "ERASE",
    ),
    "alerts": (
        "alerts", "id", "t.raised_at < $2 AND coalesce(t.resolved_at, t.cleared_at) IS NOT NULL", "ERASE",
    ),
    "staff": (
        "people", "id", "t.disabled_at < $2 AND t.email <> 'erased:' || t.id",
        "UPDATE email = 'erased:' || t.id, name = 'Former member of staff', password_hash = NULL",
    ),
    "journal": ("journal", "at, id", "t.at < $2", "DELETE"),
}  # fmt: skip


def chosen(table: str, key: str, where: str) -> str:
    return f"SELECT {key} FROM {table} t WHERE t.authority_id = $1 AND {where} LIMIT $3"


def done(table: str, key: str, where: str, what: str) -> str:
    """One statement that does a piece of a kind, and counts."""
    which = chosen(table, key, where)
    if what == "ERASE":
        return f"SELECT openpatrol_erase('{table}', $1, ARRAY({which}))"
    same = " AND ".join(f"t.{each} = w.{each}" for each in key.split(", "))
    match what.split(" ", 1):
        case ["DELETE"]:
            change = f"DELETE FROM {table} t USING w WHERE t.authority_id = $1 AND {same}"
        case ["UPDATE", values]:
            change = f"UPDATE {table} t SET {values} FROM w WHERE t.authority_id = $1 AND {same}"
    return f"WITH w AS ({which}), c AS ({change} RETURNING 1) SELECT count(*) FROM c"


def forget() -> str:
    """The function that erases a piece of one kind, of the authority that the session acts for.

    It waits for a hold that is being placed, and one that comes meanwhile waits for it.
    """
    branches = "\n".join(
        f"  WHEN $kind${kind}$kind$ THEN\n"
        f"    IF dry THEN\n      EXECUTE $sql$SELECT count(*) FROM ({chosen(*what[:3])}) w$sql$ INTO n USING ours, before, most;\n"
        f"    ELSE\n      EXECUTE $sql${done(*what)}$sql$ INTO n USING ours, before, most;\n    END IF;"
        for kind, what in KINDS.items()
    )
    return f"""
CREATE FUNCTION openpatrol_forget(kind text, before timestamptz, most bigint, dry boolean) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  ours uuid := nullif(current_setting('openpatrol.authority', true), '')::uuid;
  n bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('openpatrol.holds'), hashtext(ours::text));
  CASE kind
{branches}
  END CASE;
  RETURN n;
END $$
"""


# A partition that is needed no more is only dropped when nobody has to wait for it.
DROP_PARTITIONS = """
CREATE FUNCTION openpatrol_drop_partitions(before date) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
  old record;
  empty boolean;
  dropped bigint := 0;
BEGIN
  FOR old IN
    SELECT c.oid::regclass AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent IN ('readings'::regclass, 'positions'::regclass, 'journal'::regclass)
      AND to_date(substring(c.relname FROM '_p([0-9]{8})$'), 'YYYYMMDD')
          + CASE WHEN c.relname ~ '^journal' THEN interval '1 month' ELSE interval '1 day' END <= before
    ORDER BY c.relname
  LOOP
    BEGIN
      EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', old.name) INTO empty;
      IF empty THEN
        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', old.name);
        EXECUTE format('SELECT NOT EXISTS (SELECT FROM %s)', old.name) INTO empty;
      END IF;
      IF empty THEN
        EXECUTE format('DROP TABLE %s', old.name);
        dropped := dropped + 1;
      END IF;
    EXCEPTION WHEN lock_not_available THEN
      RAISE NOTICE '% is in use: another night', old.name;
    END;
  END LOOP;
  RETURN dropped;
END $$
"""


def upgrade() -> None:
    add_holds()
    wall_in("holds")
    op.create_index("ix_notifications_task", "notifications", ["authority_id", "task_id"])
    op.create_index("ix_notifications_assignment", "notifications", ["authority_id", "assignment_id"])
    for function in (EVIDENCE, ERASE, forget(), DROP_PARTITIONS):
        op.execute(sa.text(function.replace(":", r"\:")))
    for function in ("evidence(uuid)", "erase(regclass, uuid, uuid[])"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION openpatrol_{function} FROM PUBLIC")
    for function in ("forget(text, timestamptz, bigint, boolean)", "drop_partitions(date)"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION openpatrol_{function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION openpatrol_{function} TO openpatrol_app")
    # A new partition waits for whoever reads the default one, and everyone else then waits for it: a backup runs long.
    op.execute("ALTER FUNCTION openpatrol_make_partitions(date, date) SET lock_timeout = '2s'")


def add_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_at", TIME, nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", TIME, nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_holds_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "task_id"],
            ["tasks.authority_id", "tasks.id"],
            name=op.f("fk_holds_authority_id_task_id"),
        ),
        *[
            sa.ForeignKeyConstraint(
                ["authority_id", column],
                ["people.authority_id", "people.id"],
                name=op.f(f"fk_holds_authority_id_{column}"),
            )
            for column in ("placed_by", "lifted_by")
        ],
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_holds")),
    )
    op.create_index(
        "uq_holds_standing",
        "holds",
        ["authority_id", "task_id"],
        unique=True,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
