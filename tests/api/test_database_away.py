"""The database goes away in the middle of a request: what was refused stays refused, the rest is asked again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from enforcement.adapters.tables import db
from enforcement.config import Settings
from enforcement.domain.refusals import Conflict
from routes import create_app


@pytest.fixture
def cut_off(settings: Settings) -> Iterator[FlaskClient]:
    """An application whose routes lose their connection, and then go on."""
    app = create_app(settings)

    @app.get("/wait")
    def wait() -> str:
        db.session.execute(text("SET LOCAL statement_timeout = 50"))
        return str(db.session.scalar(text("SELECT pg_sleep(10)")))

    @app.get("/cut-off/<how>")
    def cut_off(how: str) -> str:
        _lose_the_connection()
        if how == "refused":
            raise Conflict("No.")
        if how == "answered":
            return "Yes."
        return str(db.session.scalar(text("SELECT 1")))

    yield app.test_client()
    _leave(app)


def _lose_the_connection() -> None:
    ours = db.session.scalar(text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:ours, 5000)"), {"ours": ours})


def _leave(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def test_a_refusal_stands(cut_off: FlaskClient):
    answer = cut_off.get("/cut-off/refused")
    assert (answer.status_code, answer.json["detail"]) == (409, "No.")


def test_an_answer_that_is_ready_is_given(cut_off: FlaskClient):
    answer = cut_off.get("/cut-off/answered")
    assert (answer.status_code, answer.text) == (200, "Yes.")


def test_what_needs_the_database_is_to_be_asked_again(cut_off: FlaskClient):
    answer = cut_off.get("/cut-off/work")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_database_that_is_only_slow_is_not_called_away(cut_off: FlaskClient):
    answer = cut_off.get("/wait")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json["title"] == "The database is busy"
