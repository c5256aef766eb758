"""A town with one bay, and what tests of the line look at behind the API."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from enforcement.adapters.tables import db
from enforcement.config import Settings

from ..adapters.push_service import PushService
from ..builders import Council, Officer
from .scenes import Town, subscribe


@pytest.fixture
def town(council: Council) -> Town:
    """A council with one zone and in it one two-hour bay, B1."""
    return Town(council)


@pytest.fixture
def officer(town: Town) -> Officer:
    """An officer on duty at the bay."""
    return town.on_duty(town.centre)


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def queued(town: Town) -> None:
    """Nothing is queued yet: what other tests left there is not ours to send."""
    with Session(db.engine) as session:
        session.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'todo'"))
        session.commit()


@pytest.fixture
def phone(officer: Officer, service: PushService, queued: None) -> Officer:
    """The officer's phone agreed to be told."""
    return subscribe(officer, service)


@pytest.fixture
def owner(settings: Settings) -> Iterator[Engine]:
    """The database as the role that owns the tables, which no row-level security binds."""
    engine = create_engine(settings.database_owner_url or "")
    yield engine
    engine.dispose()
