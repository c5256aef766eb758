"""Room on the pages of sensors: every reading changes one, and no index has to follow while it stays on its page."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("ALTER TABLE sensors SET (fillfactor = 70)")


def downgrade() -> None:
    op.execute("ALTER TABLE sensors RESET (fillfactor)")
