"""The first wall by itself: every query's own filter, tried by a role that row-level security does not bind.

The walks are those of `test_tenancy` and `test_doors`, on a server that connects as the tables' owner. Where
one of them fails, a query was left to the second wall; `test_tenancy` proves that one by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from enforcement.adapters.tables import db
from enforcement.config import Settings
from routes import create_app

from .test_doors import (  # noqa: F401 - the walks, and what they need
    described,
    operations,
    test_an_id_of_another_council_as_a_cursor_shows_none_of_theirs,
    test_an_id_of_another_council_in_any_body_is_as_one_that_nobody_has,
    test_an_id_of_another_council_in_any_query_finds_nothing,
    test_another_councils_people_and_keys_find_nothing_here_and_change_nothing,
)
from .test_tenancy import (  # noqa: F401
    test_another_councils_ids_are_not_there_in_any_body,
    test_another_councils_ids_find_nothing_in_a_query,
)
from .walk import OURS, TABLES, Route, Town, routes_of, rows_of

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def app(app: Flask, settings: Settings) -> Iterator[Flask]:
    """The application with the wall behind the filters taken away."""
    unwalled = create_app(replace(settings, database_url=settings.database_owner_url))
    yield unwalled
    with unwalled.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def routes(app: Flask) -> list[Route]:
    return routes_of(app)


def ids_of(town: Town) -> set[str]:
    """Everything of theirs that has an id."""
    with Session(db.engine) as session:
        return {
            str(id_)
            for table in TABLES
            if table.name in OURS and "id" in table.c
            for id_ in session.scalars(
                text(f"SELECT id FROM {table.name} WHERE authority_id = :id"), {"id": town.council.id}
            )
        }


def test_the_wall_is_away(town: Town, next_town: Town):
    with town.council.session() as session:
        owners = set(session.scalars(text("SELECT authority_id FROM bays")))
    assert {town.council.id, next_town.council.id} <= owners


def test_no_answer_shows_anything_of_another_council(town: Town, next_town: Town, routes: list[Route]):
    theirs = ids_of(next_town) | {str(next_town.council.id)}
    for route in routes:
        if route.method == "GET":
            for who, caller in town.allowed(route).items():
                answer = caller.call("GET", route.path(town.ids))
                assert not theirs & set(UUID.findall(str(answer.data))), f"{who}: {route}"


def test_what_is_due_for_one_council_moves_nothing_of_another(town: Town, next_town: Town):
    next_town.council.bay("LATE")
    next_town.council.reads(("LATE", "occupied", "08:00"))
    before = rows_of(next_town.council)
    town.council.sweep()
    assert rows_of(next_town.council) == before
    next_town.council.sweep()
    assert rows_of(next_town.council) != before
