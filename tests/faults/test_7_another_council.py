"""Promise 7. Another council's ids: 404 on every route, for every role, from the server as it is deployed.

The walk over all routes is that of tests/api/test_tenancy.py, which also looks at bodies, queries and rows.
"""

import time
from collections.abc import Iterator

import pytest
import requests
from flask import Flask

from enforcement.config import Clock, Settings
from enforcement.simulation.stack import Stack

from ..api.walk import PROBLEM, Route, Town, body_for, routes_of, rows_of
from ..builders import ORIGIN, Caller, at, new_council, standing_clock

Towns = tuple[Town, Town]


@pytest.fixture(scope="module")
def towns(app: Flask) -> Iterator[Towns]:
    """Two councils where everything has happened once."""
    with app.app_context(), standing_clock(app) as clock:
        ours = Town(new_council(app, clock))
        clock.set("09:00")
        yield ours, Town(new_council(app, clock))


@pytest.fixture(scope="module")
def served(settings: Settings, towns: Towns) -> Iterator[str]:
    """The same database behind a web server of its own; its address."""
    database = {
        "DATABASE_URL": str(settings.database_url),
        "DATABASE_OWNER_URL": str(settings.database_owner_url),
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, url in database.items():
            environment.setenv(name, url)
        more = {"INSTANCE_FOLDER": str(settings.instance_folder), "PUBLIC_URL": ORIGIN}
        with Stack(database | more, workers=0) as stack:
            stack.serve(Clock(at("11:12"), 1.0, time.time()))
            yield stack.url


def test_another_councils_ids_are_not_there_for_anybody(app: Flask, served: str, towns: Towns):
    ours, theirs = towns
    before = rows_of(theirs.council)
    walked = [route for route in routes_of(app) if route.parameters]
    for route in walked:
        for who, caller in ours.allowed(route).items():
            answer = asked(served, caller, route, ours, theirs)
            said = (answer.status_code, answer.headers["Content-Type"])
            assert said == (404, PROBLEM), f"{who}: {route}: {answer.text}"
    assert len(walked) > 20
    assert rows_of(theirs.council) == before


def asked(url: str, caller: Caller, route: Route, ours: Town, theirs: Town) -> requests.Response:
    """What the server answers this caller, who names the other council's things."""
    cookie = caller.client.get_cookie("openpatrol")
    signed_in = {"Cookie": f"openpatrol={cookie.value}"} if cookie else {}
    return requests.request(
        route.method,
        f"{url}/api/v1{route.path(theirs.ids)}",
        json=body_for(route, ours),
        headers=caller.headers | signed_in,
        timeout=30,
    )
