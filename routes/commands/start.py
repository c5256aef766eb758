"""`flask start`: everything on this machine, with a demo borough. What `make run` calls."""

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
import requests
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from honcho.environ import parse_procfile
from honcho.manager import Manager

from enforcement.adapters.embedded import EmbeddedPostgres, EmbeddedPostgresError
from enforcement.adapters.tables import db
from enforcement.config import Settings

from .. import OWN_DATABASE, create_app
from . import demo

READY_WITHIN = 60.0
ROOT = Path(__file__).parents[2]
SIMULATION = {name: f"exec {sys.executable} -m flask simulate {name}" for name in ("sensors", "officers")}


@click.command("start")
@with_appcontext
def start() -> None:
    """Start the database, the web server, a worker and the demo's simulation; Ctrl-C stops them all."""
    settings: Settings = current_app.extensions["openpatrol"].settings
    _check_port(settings)
    with _database(settings) as urls:
        named = replace(
            settings, database_url=urls["DATABASE_URL"], database_owner_url=urls["DATABASE_OWNER_URL"]
        )
        accounts = _prepare(named)
        code = _run({**os.environ, **urls}, settings, accounts)
    sys.exit(code)


def _check_port(settings: Settings) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"Port {settings.port} can't be used ({error.strerror}). Is OpenPatrol running already? "
                f"Another port: make run PORT={settings.port + 1}"
            ) from None


@contextmanager
def _database(settings: Settings) -> Iterator[dict[str, str]]:
    """The database that is named, else our own for as long as we run."""
    if settings.database_url:
        owner = settings.database_owner_url or settings.database_url
        yield {"DATABASE_URL": settings.database_url, "DATABASE_OWNER_URL": owner}
        return
    click.echo("Starting the database …")
    settings.instance_folder.mkdir(parents=True, exist_ok=True)
    try:
        with EmbeddedPostgres(settings.instance_folder / "postgres") as server:
            server.ensure_database(OWN_DATABASE)
            yield {
                "DATABASE_URL": server.app_url(OWN_DATABASE),
                "DATABASE_OWNER_URL": server.owner_url(OWN_DATABASE),
            }
    except EmbeddedPostgresError as fault:
        raise click.ClickException(str(fault)) from None


def _prepare(settings: Settings) -> demo.Accounts | None:
    """Bring the tables up to date and, in an empty database, build the demo borough."""
    with create_app(settings).app_context():
        click.echo("Bringing the tables up to date …")
        upgrade()
        accounts = demo.ensure(settings)
        db.engine.dispose()
    return accounts


def _run(env: dict[str, str], settings: Settings, accounts: demo.Accounts | None) -> int:
    """All processes, until one ends or Ctrl-C; none is left behind."""
    processes = parse_procfile((ROOT / "Procfile").read_text()).processes
    if accounts:
        processes |= SIMULATION
        env = {**env, **accounts.environment}
    quiet = {"LOG_LEVEL": "WARNING", "PYTHONUNBUFFERED": "1"}  # or the passwords scroll away
    manager = Manager()
    for name, command in processes.items():
        manager.add_process(name, command, env=quiet | env, cwd=str(ROOT))
    threading.Thread(target=_welcome, args=(settings, accounts), daemon=True).start()
    manager.loop()
    return 0 if manager.returncode in (0, 130, None) else manager.returncode


def _welcome(settings: Settings, accounts: demo.Accounts | None) -> None:
    """Say where to look, once there is something to see."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        try:
            if requests.get(f"http://127.0.0.1:{settings.port}/healthz", timeout=2).ok:
                break
        except requests.RequestException:
            time.sleep(0.3)
    lines = ["", "OpenPatrol is running.", ""]
    if accounts:
        lines += ["Sign in to the demo borough:", *accounts.lines(settings.public_url), ""]
    lines += [f"  {settings.public_url}/api/docs   the API", "", "Ctrl-C stops everything.", ""]
    click.echo("\n".join(lines))
