"""Two furnished towns for the tests of a module that only look, or leave things as they were."""

from collections.abc import Iterator

import pytest
from flask import Flask

from ..builders import new_council, standing_clock
from .walk import Route, Town, routes_of


@pytest.fixture(scope="module")
def town(app: Flask) -> Iterator[Town]:
    """A council where everything has happened once."""
    with app.app_context(), standing_clock(app) as clock:
        yield Town(new_council(app, clock))


@pytest.fixture(scope="module")
def next_town(app: Flask, town: Town) -> Town:
    """Another such council in the same database."""
    town.clock.set("09:00")
    return Town(new_council(app, town.clock))


@pytest.fixture(scope="session")
def routes(app: Flask) -> list[Route]:
    """All routes under /api/v1."""
    return routes_of(app)
