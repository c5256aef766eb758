"""The journal by who, whom and what, for those who look things up in it; tasks by the day on which they were raised."""

from alembic import op

from migrations.parts import index_parts

revision = "0025"
down_revision = "0024"

JOURNAL = {
    "ix_journal_acted": ("authority_id, at, id", "actor IS NOT NULL"),
    "ix_journal_officer": ("authority_id, officer_id, at, id", "officer_id IS NOT NULL"),
    "ix_journal_about": ("authority_id, subject, at, id", "subject <> 'stay'"),
}


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, (columns, where) in JOURNAL.items():
            index_parts("journal", name, columns, where)
        op.drop_index("ix_tasks_raised", "tasks", if_exists=True, postgresql_concurrently=True)
        op.create_index("ix_tasks_raised", "tasks", ["authority_id", "raised_at"], postgresql_concurrently=True)


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index("ix_tasks_raised", "tasks", if_exists=True, postgresql_concurrently=True)
        for name in JOURNAL:
            op.execute(f"DROP INDEX IF EXISTS {name}")
