"""The database as the role that owns the tables."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine

from enforcement.config import Settings


@pytest.fixture
def owner(settings: Settings) -> Iterator[Engine]:
    """No row-level security binds it."""
    engine = create_engine(settings.database_owner_url or "")
    yield engine
    engine.dispose()
