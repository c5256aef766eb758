"""Runs migrations as the owner of the tables; the server itself works under an ordinary role."""

import re

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, pool

from enforcement.adapters.tables import db

NOT_OURS = re.compile(r"procrastinate_|sign_in_attempts$|.*_(p\d{8}|default)$")


def include_name(name: str | None, type_: str, parent_names: object) -> bool:
    """Not in our metadata: partitions, the queue's tables, and what only functions of ours may touch."""
    return not (type_ == "table" and name and NOT_OURS.match(name))


engine = create_engine(current_app.config["DATABASE_OWNER_URL"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_name=include_name,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
