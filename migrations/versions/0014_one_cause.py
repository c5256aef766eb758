"""A task comes of a stay or of a patrol, in every row: checked on its own, for the check looks at them all and
holds up nobody only while no other lock of the migration before it is held."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute("ALTER TABLE tasks VALIDATE CONSTRAINT ck_tasks_one_cause")


def downgrade() -> None:
    pass
