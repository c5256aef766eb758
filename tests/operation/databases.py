"""Databases of a test's own, with their tables made, and what is in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from flask import Flask
from sqlalchemy.engine import make_url

from enforcement.adapters.embedded import EMPTY, EmbeddedPostgres
from enforcement.adapters.tables import db
from enforcement.config import Settings
from routes import commands, create_app

from ..model import NAME as MODEL


@contextmanager
def own_app(postgres: EmbeddedPostgres, folder: Path, *, tables: bool = True) -> Iterator[Flask]:
    """An application as `flask` finds it, on a database that nobody else uses."""
    name = f"own_{uuid4().hex[:12]}"
    postgres.ensure_database(name, MODEL if tables else EMPTY)
    settings = Settings.from_environment(
        {
            "OPENPATROL_ENV": "development",
            "DATABASE_URL": postgres.app_url(name),
            "DATABASE_OWNER_URL": postgres.owner_url(name),
            "INSTANCE_FOLDER": str(folder / name),
            "PUSH_ALLOW_LOOPBACK": "true",
        }
    )
    app = create_app(settings)
    commands.register(app)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def as_owner(app: Flask, **options: Any) -> psycopg.Connection:
    """A connection that sees everything, which the server's own never does."""
    url = make_url(app.config["DATABASE_OWNER_URL"]).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True, **options)


def tables_of(connection: psycopg.Connection) -> list[str]:
    """Every table but the partitions, the queue's own among them."""
    return [
        name
        for (name,) in connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1"
        )
    ]


def rows_of_all(app: Flask, without: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Everything in the database, row by row, as text; `without` are columns that may differ."""
    with as_owner(app) as connection:
        return {
            table: [
                row
                for (row,) in connection.execute(
                    f"SELECT (to_jsonb(t) - %s::text[])::text FROM {table} t ORDER BY 1".encode(),
                    [list(without)],
                )
            ]
            for table in tables_of(connection)
        }
