"""A database of our own for a while: on the server that the environment names, else on an embedded one."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from ..adapters.embedded import EMPTY, EmbeddedPostgres


@dataclass(frozen=True, slots=True)
class Urls:
    """One database under its two roles, whose URLs may hold a password; `server` if it is an embedded one.

    `whole`: it has its tables already.
    """

    app: str
    owner: str
    server: EmbeddedPostgres | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A database with its tables made and nothing in them, for copies. `folder` is that of its embedded server,
    which is stopped; other servers may have a database of that name too."""

    name: str
    folder: Path

    def copy_server(self, folder: Path) -> None:
        """Lay down a server like this one, where there is none yet."""
        folder.mkdir(mode=0o700)
        subprocess.run(["cp", "-Rp", self.folder / "data", folder], check=True)


find_model: Callable[[], Model] | None = None  # who starts many stacks sets it: tables cost seconds of work


@contextmanager
def own_database(env: Mapping[str, str], folder: Path, *, durable: bool) -> Iterator[Urls]:
    """An empty database, or one like the model, dropped at the end.

    On the server of DATABASE_URL and DATABASE_OWNER_URL if both are set, whose owner may then create
    databases; else on an embedded server in `folder`. `durable=False` is for tests.
    """
    name = f"openpatrol_{uuid4().hex[:12]}"
    model = find_model() if find_model else None
    app, owner = env.get("DATABASE_URL"), env.get("DATABASE_OWNER_URL")
    if app and owner:
        like = model.name if model and _has(owner, model.name) else EMPTY
        _run(owner, "CREATE DATABASE {} TEMPLATE {}", name, like)
        try:
            yield Urls(_named(app, name), _named(owner, name), whole=like != EMPTY)
        finally:
            _run(owner, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    else:
        if model:
            model.copy_server(folder)
        with EmbeddedPostgres(folder, durable=durable) as server:
            server.ensure_database(name, model.name if model else EMPTY)
            yield Urls(server.app_url(name), server.owner_url(name), server, whole=model is not None)


def _has(url: str, name: str) -> bool:
    with _connected(url) as connection:
        return bool(connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount)


def _run(url: str, statement: str, *names: str) -> None:
    with _connected(url) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _connected(url: str) -> psycopg.Connection:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def _named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)
