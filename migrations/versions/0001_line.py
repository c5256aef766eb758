"""The line's tables, the wall between authorities, the queue, and the first partitions."""

import procrastinate.schema
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


class Xid8(sa.types.UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **_):
        return "xid8"


OF_AUTHORITY = """
    actions api_keys assignments bay_restrictions bay_state bays devices event_days journal notifications
    outcomes people planning positions readings reset_links restrictions sensor_bays sensors shift_zones
    shifts sightings sign_ins stays suspensions tasks unknown_sensors zone_bays zones
""".split()

THE_AUTHORITY = "nullif(current_setting('openpatrol.authority', true), '')::uuid"

# Roles belong to the whole server: another database there may have made it already.
ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'openpatrol_app') THEN
    CREATE ROLE openpatrol_app NOLOGIN;
  END IF;
END $$
"""

# What has to look across authorities gives away ids and nothing else.
ACROSS = """
CREATE FUNCTION openpatrol_authorities() RETURNS TABLE (id uuid, slug text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id, slug FROM authorities ORDER BY slug
$$;

CREATE FUNCTION openpatrol_sign_in_candidates(address text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT authority_id FROM people WHERE email = lower(address) AND disabled_at IS NULL ORDER BY 1
$$;

CREATE FUNCTION openpatrol_due(at timestamptz) RETURNS TABLE (authority_id uuid, work text, since timestamptz)
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
$$;

CREATE FUNCTION openpatrol_make_partitions(first date, last date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kind record;
  start date;
BEGIN
  FOR kind IN SELECT * FROM (VALUES ('readings', 'day'), ('positions', 'day'), ('journal', 'month')) k (name, step)
  LOOP
    start := date_trunc(kind.step, first);
    WHILE start <= last LOOP
      BEGIN
        EXECUTE format(
          'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          kind.name || '_p' || to_char(start, 'YYYYMMDD'), kind.name,
          to_char(start, 'YYYY-MM-DD') || ' 00:00+00',
          to_char(start + ('1 ' || kind.step)::interval, 'YYYY-MM-DD') || ' 00:00+00');
      EXCEPTION WHEN check_violation THEN
        RAISE NOTICE 'rows of % from % stay in the default partition', kind.name, start;
      END;
      start := start + ('1 ' || kind.step)::interval;
    END LOOP;
  END LOOP;
END $$;
"""


def build_the_wall() -> None:
    op.execute(ROLE)
    op.execute("GRANT USAGE ON SCHEMA public TO openpatrol_app")
    for table, column in [(table, "authority_id") for table in OF_AUTHORITY] + [("authorities", "id")]:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY of_authority ON {table}"
            f" USING ({column} = {THE_AUTHORITY}) WITH CHECK ({column} = {THE_AUTHORITY})"
        )
        rights = "SELECT, INSERT" if table == "journal" else "SELECT, INSERT, UPDATE, DELETE"
        op.execute(f"GRANT {rights} ON {table} TO openpatrol_app")
    for statement in ACROSS.strip().split("\n\n"):
        op.execute(statement)
    for function in (
        "openpatrol_authorities()",
        "openpatrol_sign_in_candidates(text)",
        "openpatrol_due(timestamptz)",
        "openpatrol_make_partitions(date, date)",
    ):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO openpatrol_app")


def make_partitions() -> None:
    for table in ("readings", "positions", "journal"):
        op.execute(f"CREATE TABLE {table}_default PARTITION OF {table} DEFAULT")
    op.execute("SELECT openpatrol_make_partitions(current_date - 2, current_date + 8)")


def add_the_queue() -> None:
    schema = procrastinate.schema.SchemaManager.get_schema()
    op.get_bind().connection.driver_connection.execute(schema)
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events,"
               " procrastinate_periodic_defers, procrastinate_workers TO openpatrol_app")  # fmt: skip
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO openpatrol_app")


def upgrade() -> None:
    create_tables()
    build_the_wall()
    make_partitions()
    add_the_queue()


def create_tables() -> None:
    op.create_table(
        "authorities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("subdivision", sa.Text(), nullable=True),
        sa.Column("policy", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorities")),
        sa.UniqueConstraint("slug", name=op.f("uq_authorities_slug")),
    )
    op.create_table(
        "journal",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("authority_id", "at", "id", name=op.f("pk_journal")),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index("ix_journal_cursor", "journal", ["authority_id", "xid", "id"], unique=False)
    op.create_index("ix_journal_subject", "journal", ["authority_id", "subject_id", "id"], unique=False)
    op.create_table(
        "positions",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("accuracy_m", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("authority_id", "at", "id", name=op.f("pk_positions")),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index("ix_positions_shift", "positions", ["authority_id", "shift_id", "at"], unique=False)
    op.create_table(
        "readings",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("event_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sensor", sa.Text(), nullable=False),
        sa.Column("sensor_id", sa.Uuid(), nullable=True),
        sa.Column("bay_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("folded", sa.Boolean(), nullable=False),
        sa.Column("health", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("raw", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("authority_id", "source", "key", "event_at", name=op.f("pk_readings")),
        postgresql_partition_by="RANGE (event_at)",
    )
    op.create_index("ix_readings_bay", "readings", ["authority_id", "bay_id", "event_at"], unique=False)
    op.create_index(
        "ix_readings_unmapped",
        "readings",
        ["authority_id", "sensor"],
        unique=False,
        postgresql_where=sa.text("sensor_id IS NULL"),
    )
    op.create_table(
        "api_keys",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_api_keys_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("authority_id", "token_hash", name=op.f("uq_api_keys_authority_id_token_hash")),
    )
    op.create_table(
        "bays",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("outline", sa.LargeBinary(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_why", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "lon BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90", name=op.f("ck_bays_on_earth")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_bays_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_bays")),
        sa.UniqueConstraint("authority_id", "reference", name=op.f("uq_bays_authority_id_reference")),
    )
    op.create_table(
        "event_days",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_event_days_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_event_days")),
        sa.UniqueConstraint("authority_id", "name", "day", name=op.f("uq_event_days_authority_id_name_day")),
    )
    op.create_table(
        "people",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("pace", sa.Double(), server_default=sa.text("1.0"), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("role IN ('administrator', 'supervisor', 'officer')", name=op.f("ck_people_role")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_people_email_lower")),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_people_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_people")),
        sa.UniqueConstraint("authority_id", "email", name=op.f("uq_people_authority_id_email")),
    )
    op.create_table(
        "planning",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("wanted", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_by", sa.Text(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_planning_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", name=op.f("pk_planning")),
    )
    op.create_table(
        "restrictions",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bay_class", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("permitted_minutes", sa.Integer(), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("permitted_minutes >= 0", name=op.f("ck_restrictions_permitted")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_restrictions_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_restrictions")),
        sa.UniqueConstraint(
            "authority_id",
            "bay_class",
            "hours",
            "permitted_minutes",
            "code",
            "suffix",
            "reason",
            "carried",
            name="uq_restrictions_content",
        ),
    )
    op.create_table(
        "sensors",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("threshold_mm", sa.Integer(), nullable=True),
        sa.Column("heartbeat_minutes", sa.Integer(), nullable=False),
        sa.Column("last_heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "health", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("heartbeat_minutes > 0", name=op.f("ck_sensors_heartbeat")),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_sensors_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_sensors")),
        sa.UniqueConstraint("authority_id", "reference", name=op.f("uq_sensors_authority_id_reference")),
    )
    op.create_table(
        "unknown_sensors",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("bay_hint", sa.Text(), nullable=True),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_unknown_sensors_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "reference", name=op.f("pk_unknown_sensors")),
    )
    op.create_table(
        "zones",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_zones_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_zones")),
    )
    op.create_index(
        "uq_zones_name",
        "zones",
        ["authority_id", "name"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "actions",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_actions_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_actions_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_actions")),
    )
    op.create_table(
        "bay_restrictions",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.Column("restriction_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_bay_restrictions_span")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "bay_id"],
            ["bays.authority_id", "bays.id"],
            name=op.f("fk_bay_restrictions_authority_id_bay_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "restriction_id"],
            ["restrictions.authority_id", "restrictions.id"],
            name=op.f("fk_bay_restrictions_authority_id_restriction_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_bay_restrictions_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_bay_restrictions")),
    )
    op.create_index(
        "ix_bay_restrictions_bay", "bay_restrictions", ["authority_id", "bay_id", "valid_from"], unique=False
    )
    op.create_table(
        "bay_state",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stay_id", sa.Uuid(), nullable=True),
        sa.Column("silent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unknown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "bay_id"],
            ["bays.authority_id", "bays.id"],
            name=op.f("fk_bay_state_authority_id_bay_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_bay_state_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "bay_id", name=op.f("pk_bay_state")),
        postgresql_with={"fillfactor": "70"},
    )
    op.create_index(
        "ix_bay_state_silent",
        "bay_state",
        ["silent_at"],
        unique=False,
        postgresql_where=sa.text("unknown_at IS NULL"),
    )
    op.create_table(
        "reset_links",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_reset_links_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_reset_links_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_reset_links")),
        sa.UniqueConstraint(
            "authority_id", "token_hash", name=op.f("uq_reset_links_authority_id_token_hash")
        ),
    )
    op.create_table(
        "sensor_bays",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sensor_id", sa.Uuid(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=op.f("ck_sensor_bays_span")),
        sa.ForeignKeyConstraint(
            ["authority_id", "bay_id"],
            ["bays.authority_id", "bays.id"],
            name=op.f("fk_sensor_bays_authority_id_bay_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "sensor_id"],
            ["sensors.authority_id", "sensors.id"],
            name=op.f("fk_sensor_bays_authority_id_sensor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_sensor_bays_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_sensor_bays")),
    )
    op.create_index("ix_sensor_bays_bay", "sensor_bays", ["authority_id", "bay_id"], unique=False)
    op.create_index(
        "ix_sensor_bays_sensor", "sensor_bays", ["authority_id", "sensor_id", "valid_from"], unique=False
    )
    op.create_table(
        "shifts",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("planned_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("fix_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("near_task_id", sa.Uuid(), nullable=True),
        sa.Column("fixes_near", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("planned_to > planned_from", name=op.f("ck_shifts_span")),
        sa.ForeignKeyConstraint(
            ["authority_id", "officer_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_shifts_authority_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_shifts_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_shifts")),
    )
    op.create_index(
        "ix_shifts_officer", "shifts", ["authority_id", "officer_id", "planned_from"], unique=False
    )
    op.create_index(
        "uq_shifts_on",
        "shifts",
        ["authority_id", "officer_id"],
        unique=True,
        postgresql_where=sa.text("started_at IS NOT NULL AND ended_at IS NULL"),
    )
    op.create_table(
        "sign_ins",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_sign_ins_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_sign_ins_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("authority_id", "token_hash", name=op.f("uq_sign_ins_authority_id_token_hash")),
    )
    op.create_table(
        "stays",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arrived_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("departed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("possible_swap", sa.Boolean(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overstay_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lawful_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lawful_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("covered_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "bay_id"],
            ["bays.authority_id", "bays.id"],
            name=op.f("fk_stays_authority_id_bay_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_stays_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_stays")),
    )
    op.create_index(
        "ix_stays_check",
        "stays",
        ["check_at"],
        unique=False,
        postgresql_where=sa.text("check_at IS NOT NULL"),
    )
    op.create_index("ix_stays_bay", "stays", ["authority_id", "bay_id", "arrived_at"], unique=False)
    op.create_index(
        "uq_stays_open",
        "stays",
        ["authority_id", "bay_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL AND departed_at IS NULL"),
    )
    op.create_table(
        "suspensions",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("sign_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_suspensions_span")),
        sa.ForeignKeyConstraint(
            ["authority_id", "bay_id"],
            ["bays.authority_id", "bays.id"],
            name=op.f("fk_suspensions_authority_id_bay_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_suspensions_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_suspensions")),
    )
    op.create_index(
        "ix_suspensions_bay", "suspensions", ["authority_id", "bay_id", "starts_at"], unique=False
    )
    op.create_table(
        "zone_bays",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("zone_id", sa.Uuid(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "bay_id"],
            ["bays.authority_id", "bays.id"],
            name=op.f("fk_zone_bays_authority_id_bay_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "zone_id"],
            ["zones.authority_id", "zones.id"],
            name=op.f("fk_zone_bays_authority_id_zone_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_zone_bays_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "zone_id", "bay_id", name=op.f("pk_zone_bays")),
    )
    op.create_index("ix_zone_bays_bay", "zone_bays", ["authority_id", "bay_id"], unique=False)
    op.create_table(
        "devices",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.Text(), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "person_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_devices_authority_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "sign_in_id"],
            ["sign_ins.authority_id", "sign_ins.id"],
            name=op.f("fk_devices_authority_id_sign_in_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_devices_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_devices")),
        sa.UniqueConstraint("authority_id", "endpoint", name=op.f("uq_devices_authority_id_endpoint")),
    )
    op.create_index("ix_devices_person", "devices", ["authority_id", "person_id"], unique=False)
    op.create_table(
        "shift_zones",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("zone_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "shift_id"],
            ["shifts.authority_id", "shifts.id"],
            name=op.f("fk_shift_zones_authority_id_shift_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "zone_id"],
            ["zones.authority_id", "zones.id"],
            name=op.f("fk_shift_zones_authority_id_zone_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_shift_zones_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "shift_id", "zone_id", name=op.f("pk_shift_zones")),
    )
    op.create_table(
        "tasks",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bay_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.Column("overstay_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lawful_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lawful_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sightings_needed", sa.Integer(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("priority", sa.Double(), nullable=False),
        sa.Column("priority_reasons", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("may_have_left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "bay_id"],
            ["bays.authority_id", "bays.id"],
            name=op.f("fk_tasks_authority_id_bay_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "officer_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_tasks_authority_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "stay_id"],
            ["stays.authority_id", "stays.id"],
            name=op.f("fk_tasks_authority_id_stay_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_tasks_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_tasks")),
        sa.UniqueConstraint(
            "authority_id",
            "stay_id",
            "overstay_from",
            name=op.f("uq_tasks_authority_id_stay_id_overstay_from"),
        ),
    )
    op.create_index("ix_tasks_bay", "tasks", ["authority_id", "bay_id", "raised_at"], unique=False)
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["authority_id", "state"],
        unique=False,
        postgresql_where=sa.text("state NOT IN ('closed', 'withdrawn')"),
    )
    op.create_index(
        "ix_tasks_until",
        "tasks",
        ["lawful_until"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'escalated')"),
    )
    op.create_table(
        "assignments",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("expected_value", sa.Double(), nullable=False),
        sa.Column("walk_metres", sa.Double(), nullable=True),
        sa.Column("walk_seconds", sa.Double(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "officer_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_assignments_authority_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "shift_id"],
            ["shifts.authority_id", "shifts.id"],
            name=op.f("fk_assignments_authority_id_shift_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "task_id"],
            ["tasks.authority_id", "tasks.id"],
            name=op.f("fk_assignments_authority_id_task_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_assignments_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_assignments")),
    )
    op.create_index(
        "ix_assignments_expiry",
        "assignments",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.create_index(
        "ix_assignments_history", "assignments", ["authority_id", "task_id", "offered_at"], unique=False
    )
    op.create_index(
        "uq_assignments_shift",
        "assignments",
        ["authority_id", "shift_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index(
        "uq_assignments_task",
        "assignments",
        ["authority_id", "task_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_table(
        "outcomes",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("far_m", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "officer_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_outcomes_authority_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "task_id"],
            ["tasks.authority_id", "tasks.id"],
            name=op.f("fk_outcomes_authority_id_task_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_outcomes_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_outcomes")),
    )
    op.create_index("ix_outcomes_task", "outcomes", ["authority_id", "task_id"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column("valve_front", sa.Integer(), nullable=True),
        sa.Column("valve_rear", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "officer_id"],
            ["people.authority_id", "people.id"],
            name=op.f("fk_sightings_authority_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "task_id"],
            ["tasks.authority_id", "tasks.id"],
            name=op.f("fk_sightings_authority_id_task_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_sightings_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_sightings")),
    )
    op.create_index(
        "ix_sightings_task", "sightings", ["authority_id", "task_id", "recorded_at"], unique=False
    )
    op.create_table(
        "notifications",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id", "assignment_id"],
            ["assignments.authority_id", "assignments.id"],
            name=op.f("fk_notifications_authority_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "device_id"],
            ["devices.authority_id", "devices.id"],
            name=op.f("fk_notifications_authority_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "task_id"],
            ["tasks.authority_id", "tasks.id"],
            name=op.f("fk_notifications_authority_id_task_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_notifications_authority_id")
        ),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_notifications")),
        sa.UniqueConstraint(
            "authority_id",
            "device_id",
            "assignment_id",
            "kind",
            name=op.f("uq_notifications_authority_id_device_id_assignment_id_kind"),
        ),
    )
    op.create_index(
        "ix_notifications_due",
        "notifications",
        ["state", "expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )


def downgrade() -> None:
    raise NotImplementedError("the first migration is undone by dropping the database")
