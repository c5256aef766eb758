"""Migrations make what the tables say, in one line of descent."""

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import check

from routes.pages import ROOT


@pytest.mark.filterwarnings("ignore:Did not recognize type 'xid8'")  # SQLAlchemy knows it from us alone
def test_the_database_is_what_the_tables_say(app: Flask):
    with app.app_context():
        check()


def test_there_is_one_head():
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1
