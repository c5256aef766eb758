"""The server refuses to run where row-level security does not bind it."""

import pytest
from flask import Flask
from sqlalchemy import create_engine

from enforcement.adapters.tables import db
from enforcement.adapters.tables.wall import NoWall, require_wall
from enforcement.config import Settings


def test_an_ordinary_role_may_serve(app: Flask):
    with app.app_context():
        require_wall(db.engine)


def test_the_owner_of_the_tables_may_not(settings: Settings):
    assert settings.database_owner_url
    engine = create_engine(settings.database_owner_url)
    with pytest.raises(NoWall, match="not bound by row-level security"):
        require_wall(engine)
    engine.dispose()
