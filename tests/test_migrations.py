"""Migrations make what the tables say, in one line of descent."""

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import check

from routes.pages import ROOT


def test_the_database_is_what_the_tables_say(app: Flask):
    with app.app_context():
        check()


def test_there_is_one_head():
    script = ScriptDirectory(str(ROOT / "migrations"))
    assert len(script.get_heads()) == 1
