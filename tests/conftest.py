"""A real PostgreSQL for every worker of a run, one council for each test."""

import gc
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import structlog
from flask import Flask

from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.tables import db
from enforcement.config import Settings
from enforcement.simulation import own_database
from enforcement.simulation.own_database import Model
from routes import commands, create_app

from .builders import Council, SetClock, hash_quickly, new_council, standing_clock
from .model import folder_of_the_run, model_in

DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_configure() -> None:
    """A fault is logged plainly: drawn with all that was in sight of it, it takes seconds."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_collection_finish() -> None:
    """What has been imported stays: the collector does not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def stacks_are_copies(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The first stack makes the tables, if no test has before."""
    own_database.find_model = partial(model_in, folder_of_the_run(tmp_path_factory))


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return model_in(folder_of_the_run(tmp_path_factory))


@pytest.fixture(scope="session")
def postgres(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One server for each worker: a transaction that is open anywhere in a server holds back what its journals
    tell."""
    folder = tmp_path_factory.getbasetemp() / "postgres"
    model.copy_server(folder)
    with EmbeddedPostgres(folder, durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def settings(postgres: EmbeddedPostgres, model: Model, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a development installation with a database of its own, tables made."""
    database = "tests"
    postgres.ensure_database(database, model.name)
    return Settings.from_environment(
        {
            "OPENPATROL_ENV": "development",
            "DATABASE_URL": postgres.app_url(database),
            "DATABASE_OWNER_URL": postgres.owner_url(database),
            "INSTANCE_FOLDER": str(tmp_path_factory.mktemp("instance")),
            "PUSH_ALLOW_LOOPBACK": "true",
            "RIGHTS_ALLOW_LOOPBACK": "true",
        }
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application; its clock is set by each test."""
    hash_quickly()
    app = create_app(settings)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def terminal(settings: Settings) -> Iterator[Flask]:
    """An application as `flask` finds it."""
    app = create_app(settings)
    commands.register(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def clock(app: Flask) -> Iterator[SetClock]:
    """A clock that stands still until a test moves it: Monday 29 June 2026, 09:00 in London."""
    with standing_clock(app) as clock:
        yield clock


@pytest.fixture
def council(app: Flask, clock: SetClock) -> Iterator[Council]:
    """A council of its own for this test: nothing that another test does can touch it."""
    with app.app_context():
        yield new_council(app, clock)


@pytest.fixture
def neighbour(app: Flask, clock: SetClock) -> Iterator[Council]:
    """Another council in the same database."""
    with app.app_context():
        yield new_council(app, clock)


@pytest.fixture(scope="session")
def recorded_days() -> Path:
    """The folder of recorded days, which is not part of the project."""
    folder = DATA / "melbourne"
    if not folder.is_dir():
        pytest.skip(f"the recorded days are not here: {folder} is missing")
    return folder
