"""Runs migrations as the owner of the tables; the server itself works under an ordinary role."""

import re
import time

from alembic import context
from flask import current_app
from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine, create_engine, pool
from sqlalchemy.exc import OperationalError

from enforcement.adapters.tables import db

NOT_OURS = re.compile(r"procrastinate_|sign_in_attempts$|.*_(p\d{8}|default)$")

LOCK_MILLISECONDS = 500
BREATH_SECONDS = 0.5
ATTEMPTS = 600


def include_name(name: str | None, type_: str, parent_names: object) -> bool:
    """Not in our metadata: partitions, the queue's tables, and what only functions of ours may touch."""
    return not (type_ == "table" and name and NOT_OURS.match(name))


def migrate(engine: Engine) -> None:
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            include_name=include_name,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


def migrate_beside_the_line(engine: Engine) -> None:
    """Who waits for a lock makes everybody behind wait too: give up soon, and try again from where it stopped."""
    for _ in range(ATTEMPTS):
        try:
            return migrate(engine)
        except OperationalError as fault:
            if not isinstance(fault.orig, LockNotAvailable):
                raise
        time.sleep(BREATH_SECONDS)
    return migrate(engine)


migrate_beside_the_line(
    create_engine(
        current_app.config["DATABASE_OWNER_URL"],
        poolclass=pool.NullPool,
        connect_args={"options": f"-c lock_timeout={LOCK_MILLISECONDS}"},
    )
)
