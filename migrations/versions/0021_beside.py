"""One task in hand, any number beside it; one task of an overstay, whatever officers raise at the same car.

Built beside the line: until the new indexes stand, the old ones hold what they promise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

# name, table, columns, unique, where
NEW = (
    ("uq_assignments_in_hand", "assignments", ["shift_id"], True, "state <> 'ended' AND NOT beside"),
    ("ix_assignments_beside", "assignments", ["shift_id"], False, "state <> 'ended' AND beside"),
    ("uq_tasks_stay", "tasks", ["stay_id", "overstay_from"], True, "NOT found"),
    ("ix_tasks_stay", "tasks", ["stay_id"], False, None),
    (
        "ix_tasks_found", "tasks", ["bay_id"], False,
        "found AND stay_id IS NULL AND state NOT IN ('closed', 'withdrawn')",
    ),
)  # fmt: skip
OLD_HAND = ("uq_assignments_shift", "assignments", ["shift_id"], True, "state <> 'ended'")
OLD_STAY = "uq_tasks_authority_id_stay_id_overstay_from"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for each in NEW:
            build(*each)
        drop(OLD_HAND[0], "assignments")
        op.execute(f"ALTER TABLE tasks DROP CONSTRAINT IF EXISTS {OLD_STAY}")


def downgrade() -> None:
    with op.get_context().autocommit_block():
        build(*OLD_HAND)
        op.execute(f"ALTER TABLE tasks DROP CONSTRAINT IF EXISTS {OLD_STAY}")
        build(OLD_STAY, "tasks", ["stay_id", "overstay_from"], True, None)
        op.execute(f"ALTER TABLE tasks ADD CONSTRAINT {OLD_STAY} UNIQUE USING INDEX {OLD_STAY}")
        for name, table, *_ in NEW:
            drop(name, table)


def build(name: str, table: str, columns: list[str], unique: bool, where: str | None) -> None:
    drop(name, table)  # what was interrupted is there and counts for nothing
    op.create_index(
        name, table, ["authority_id", *columns], unique=unique,
        postgresql_where=sa.text(where) if where else None, postgresql_concurrently=True,
    )  # fmt: skip


def drop(name: str, table: str) -> None:
    op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
