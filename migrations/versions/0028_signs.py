"""What the sign of a suspension says, and its photo."""

import sqlalchemy as sa
from alembic import op

from migrations.forgetting import forget_no_more, forget_too

revision = "0028"
down_revision = "0027"

# A case that is kept longer keeps the suspension that it may have come of.
FORGOTTEN = (
    "suspensions",
    "suspensions",
    "t.ends_at < $2 AND NOT EXISTS (SELECT FROM tasks x WHERE x.authority_id = $1 AND x.bay_id = t.bay_id"
    " AND x.raised_at >= t.starts_at AND x.overstay_from < t.ends_at)",
)


def upgrade() -> None:
    op.add_column("suspensions", sa.Column("notice", sa.Text(), nullable=True))
    op.add_column("suspensions", sa.Column("sign_photo", sa.Text(), nullable=True))
    forget_too(*FORGOTTEN)


def downgrade() -> None:
    forget_no_more(*FORGOTTEN)
    op.drop_column("suspensions", "sign_photo")
    op.drop_column("suspensions", "notice")
