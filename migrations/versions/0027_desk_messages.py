"""A few words from the desk to an officer on shift, and that they were read."""

import sqlalchemy as sa
from alembic import op

from migrations.forgetting import forget_no_more, forget_too
from migrations.wall import wall_in

revision = "0027"
down_revision = "0026"

TIME = sa.DateTime(timezone=True)
FORGOTTEN = ("desk messages", "desk_messages", "t.sent_at < $2")


def upgrade() -> None:
    op.create_table(
        "desk_messages",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("read_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authorities.id"], name=op.f("fk_desk_messages_authority_id")),
        refers("officer_id"),
        refers("sent_by"),
        sa.PrimaryKeyConstraint("authority_id", "id", name=op.f("pk_desk_messages")),
    )
    op.create_index("ix_desk_messages_officer", "desk_messages", ["authority_id", "officer_id", "sent_at"])
    wall_in("desk_messages")
    forget_too(*FORGOTTEN)


def refers(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", column],
        ["people.authority_id", "people.id"],
        name=op.f(f"fk_desk_messages_authority_id_{column}"),
    )


def downgrade() -> None:
    forget_no_more(*FORGOTTEN)
    op.drop_table("desk_messages")
