"""The database whose tables a whole run makes once; every other is a copy of it. Of making them there are tests of
its own, in tests/operation."""

import fcntl
import os
from functools import cache
from pathlib import Path

import pytest
from flask_migrate import upgrade

from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.tables import db
from enforcement.config import Settings
from enforcement.simulation.own_database import Model
from routes import create_app

NAME = "openpatrol_model"


@cache
def model_in(folder: Path) -> Model:
    """Made by the first who asks; the other workers of the run wait for it."""
    with (folder / "model.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "model"
        if not made.exists():
            being_made = folder / "model.new"
            with EmbeddedPostgres(being_made, durable=False) as server:
                server.ensure_database(NAME)
                make_tables(server, NAME, folder / "instance")
            being_made.rename(made)
    return Model(NAME, made)


def make_tables(server: EmbeddedPostgres, database: str, instance: Path) -> None:
    settings = Settings.from_environment(
        {
            "OPENPATROL_ENV": "development",
            "DATABASE_URL": server.app_url(database),
            "DATABASE_OWNER_URL": server.owner_url(database),
            "INSTANCE_FOLDER": str(instance),
        }
    )
    with create_app(settings).app_context():
        upgrade()
        db.engine.dispose()


def folder_of_the_run(factory: pytest.TempPathFactory) -> Path:
    """The same for all workers."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
