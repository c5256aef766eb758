"""Evidence: what the policy asks for, a second look kept for its officer, preparation, addenda, photos, no edits."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import wall_in

revision = "0008"
down_revision = "0007"

TIME = sa.DateTime(timezone=True)
EVIDENCE = ("sightings", "photos", "addenda", "outcomes")

NEVER = """
CREATE FUNCTION openpatrol_never_edited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% are added to, never edited', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def upgrade() -> None:
    add_to_tasks()
    op.add_column("assignments", sa.Column("preparation_began_at", TIME, nullable=True))
    add_photos()
    add_addenda()
    wall_in("photos", "addenda", rights="SELECT, INSERT")
    op.execute("REVOKE UPDATE, DELETE ON sightings, outcomes FROM openpatrol_app")
    op.execute(NEVER)
    for table in EVIDENCE:
        op.execute(
            f"CREATE TRIGGER never_edited BEFORE UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION openpatrol_never_edited()"
        )


def add_to_tasks() -> None:
    zero, none = sa.text("0"), sa.text("'none'")
    op.add_column("tasks", sa.Column("observation_minutes", sa.Integer(), server_default=zero, nullable=False))
    op.add_column("tasks", sa.Column("start_rule", sa.Text(), server_default=none, nullable=False))
    op.add_column("tasks", sa.Column("only_for_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_tasks_authority_id_only_for_id"), "tasks", "people",
        ["authority_id", "only_for_id"], ["authority_id", "id"], postgresql_not_valid=True,
    )  # fmt: skip


def of_authority(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f(f"fk_{table}_authority_id"))


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column],
        [f"{other}.authority_id", f"{other}.id"],
        name=op.f(f"fk_{table}_authority_id_{column}"),
    )


def add_photos() -> None:
    op.create_table(
        "photos",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("sighting_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("taken_at", TIME, nullable=False),
        of_authority("photos"),
        refers("photos", "sighting_id", "sightings"),
        sa.PrimaryKeyConstraint("authority_id", "sighting_id", "sha256", name=op.f("pk_photos")),
    )


def add_addenda() -> None:
    op.create_table(
        "addenda",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sighting_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        of_authority("addenda"),
        refers("addenda", "sighting_id", "sightings"),
        refers("addenda", "officer_id", "people"),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_addenda")),
    )
    op.create_index("ix_addenda_sighting", "addenda", ["authority_id", "sighting_id"])
