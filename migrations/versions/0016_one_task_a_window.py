"""A patrol's window is asked for once. Built beside the line, on its own: any other way of building an index
holds up everybody who writes to the table."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        drop_it()  # what was interrupted is there and counts for nothing
        op.create_index(
            "uq_tasks_patrol", "tasks", ["authority_id", "patrol_id", "overstay_from"],
            unique=True, postgresql_where=sa.text("patrol_id IS NOT NULL"), postgresql_concurrently=True,
        )  # fmt: skip


def downgrade() -> None:
    with op.get_context().autocommit_block():
        drop_it()


def drop_it() -> None:
    op.drop_index("uq_tasks_patrol", "tasks", if_exists=True, postgresql_concurrently=True)
