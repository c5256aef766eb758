"""A database of our own for a while: on the server that the environment names, else on an embedded one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from ..adapters.embedded import EmbeddedPostgres


@dataclass(frozen=True, slots=True)
class Urls:
    """One database under its two roles, whose URLs may hold a password; `server` if it is an embedded one."""

    app: str
    owner: str
    server: EmbeddedPostgres | None = None


@contextmanager
def own_database(env: Mapping[str, str], folder: Path, *, durable: bool) -> Iterator[Urls]:
    """An empty database, dropped at the end.

    On the server of DATABASE_URL and DATABASE_OWNER_URL if both are set, whose owner may then create
    databases; else on an embedded server in `folder`. `durable=False` is for tests.
    """
    name = f"openpatrol_{uuid4().hex[:12]}"
    app, owner = env.get("DATABASE_URL"), env.get("DATABASE_OWNER_URL")
    if app and owner:
        _run(owner, "CREATE DATABASE {}", name)
        try:
            yield Urls(_named(app, name), _named(owner, name))
        finally:
            _run(owner, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    else:
        with EmbeddedPostgres(folder, durable=durable) as server:
            server.ensure_database(name)
            yield Urls(server.app_url(name), server.owner_url(name), server)


def _run(url: str, statement: str, name: str) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)
