"""Rights: providers, imported lists, what was asked and answered; what a task and an outcome say of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.wall import wall_in

revision = "0006"
down_revision = "0005"


# Across authorities it gives away numbers and nothing else.
STATES = """
CREATE FUNCTION openpatrol_rights_providers(at timestamptz) RETURNS TABLE (state text, providers bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN open_since IS NULL THEN 'closed' WHEN try_at <= at THEN 'half-open' ELSE 'open' END, count(*)
  FROM rights_providers WHERE retired_at IS NULL GROUP BY 1
$$
"""


def upgrade() -> None:
    add_providers()
    add_listed()
    add_stay_rights()
    add_answers()
    wall_in("rights_providers", "listed_rights", "stay_rights", "rights_answers")
    op.execute(STATES)
    op.execute("REVOKE EXECUTE ON FUNCTION openpatrol_rights_providers(timestamptz) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION openpatrol_rights_providers(timestamptz) TO openpatrol_app")
    for column in (text("rights_status"), text("rights_provider"), time("rights_checked_at"), time("rights_until")):
        op.add_column("tasks", column)
    op.add_column("outcomes", sa.Column("rights", JSONB(astext_type=sa.Text()), nullable=True))


def add_providers() -> None:
    op.create_table(
        "rights_providers",
        *owned(),
        text("kind", nullable=False),
        text("name", nullable=False),
        text("base_url"),
        text("token"),
        text("place_by", nullable=False),
        sa.Column("places", JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("about_bays", sa.Boolean(), nullable=False),
        sa.Column("about_plates", sa.Boolean(), nullable=False),
        sa.Column("timeout_seconds", sa.Double(), nullable=False),
        sa.Column("fresh_minutes", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), server_default=sa.text("0"), nullable=False),
        time("open_since"),
        time("try_at"),
        time("last_answer_at"),
        time("last_fault_at"),
        text("last_fault"),
        sa.Column("list_id", sa.Uuid(), nullable=True),
        time("listed_at"),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        time("retired_at"),
        sa.CheckConstraint("kind IN ('apds', 'list')", name=op.f("ck_rights_providers_kind")),
        sa.CheckConstraint("place_by IN ('bay', 'zone')", name=op.f("ck_rights_providers_place_by")),
        *keys("rights_providers"),
    )
    op.create_index("uq_rights_providers_name", "rights_providers", ["authority_id", "name"], unique=True,
                    postgresql_where=sa.text("retired_at IS NULL"))  # fmt: skip


def add_listed() -> None:
    op.create_table(
        "listed_rights",
        *owned(),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        text("plate"),
        text("bay"),
        text("zone"),
        text("place"),
        text("right_type", nullable=False),
        time("valid_from"),
        time("valid_to"),
        text("fault"),
        refers("listed_rights", "provider_id", "rights_providers"),
        *keys("listed_rights"),
    )
    for column in ("plate", "bay"):
        op.create_index(f"ix_listed_rights_{column}", "listed_rights", ["authority_id", "list_id", column])


def add_stay_rights() -> None:
    op.create_table(
        "stay_rights",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        time("asked_at", nullable=False),
        time("due_at", nullable=False),
        time("covered_until"),
        text("status"),
        text("provider"),
        time("checked_at"),
        text("right_type"),
        time("valid_from"),
        time("valid_to"),
        text("reason"),
        refers("stay_rights", "stay_id", "stays"),
        *keys("stay_rights", "stay_id"),
    )


def add_answers() -> None:
    op.create_table(
        "rights_answers",
        *owned(),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        text("about", nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("sighting_id", sa.Uuid(), nullable=True),
        text("plate"),
        sa.Column("provider_id", sa.Uuid(), nullable=False),
        text("provider", nullable=False),
        text("status", nullable=False),
        text("right_type"),
        time("valid_from"),
        time("valid_to"),
        time("checked_at", nullable=False),
        text("reason", nullable=False),
        refers("rights_answers", "provider_id", "rights_providers"),
        refers("rights_answers", "stay_id", "stays"),
        refers("rights_answers", "task_id", "tasks"),
        refers("rights_answers", "sighting_id", "sightings"),
        *keys("rights_answers"),
    )
    op.create_index("ix_rights_answers_stay", "rights_answers", ["authority_id", "stay_id", "id"])
    op.create_index("ix_rights_answers_task", "rights_answers", ["authority_id", "task_id", "id"])


def text(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=nullable)


def time(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def owned() -> tuple[sa.Column, sa.Column]:
    return sa.Column("authority_id", sa.Uuid(), nullable=False), sa.Column("id", sa.Uuid(), nullable=False)


def keys(table: str, key: str = "id") -> tuple[sa.ForeignKeyConstraint, sa.PrimaryKeyConstraint]:
    return (
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.PrimaryKeyConstraint("authority_id", key, name=op.f(f"pk_{table}")),
    )


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column],
        [f"{other}.authority_id", f"{other}.id"],
        name=op.f(f"fk_{table}_authority_id_{column}"),
    )
