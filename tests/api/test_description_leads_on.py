"""One thing leads to another, as the API's links say: schemathesis follows them, in any order, as everybody.

Signing in, planning and starting a shift, accepting, arriving, sighting, ending; drawing, mapping, retiring;
what was refused, out of date or already gone among them. Nothing is a fault of ours, and every answer is as it
was described. It is the same every time. More of it: `make test THOROUGH=20 SEED=7 ARGS="-k leads_on"`.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import (
    ensure_resource_availability,
    negative_data_rejection,
    use_after_free,
)

from enforcement.people import SCOPES
from routes.openapi import METHODS, as_openapi

from ..builders import Caller, SetClock, new_council
from .describing import ITEM_BY_ITEM, NOT_HERE, SEED, THOROUGH, credentials, described, faults
from .walk import Route, body_for

SCENARIOS, STEPS = 3 * THOROUGH, 40
CALLERS = ("officer", "supervisor", "administrator", "key")
NOT_BY_LINK = {
    # A phone has the id from the message itself, which nobody else may read.
    "POST /api/v1/notifications/{notification_id}/receipt",
}
COMES_BACK = re.compile(r"/(bays|zones|patrols)/{\w+}")  # what was retired may have been restored meanwhile
QUIETLY = settings(
    max_examples=SCENARIOS,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get("/api/openapi.json").get_json()
    return found


def followed(document: dict[str, Any]) -> set[str]:
    """The operations to which a link leads."""
    answers = [
        answer
        for item in document["paths"].values()
        for method in METHODS
        for answer in item.get(method, {}).get("responses", {}).values()
    ]
    links = [
        link["$ref"].rpartition("/")[2] for answer in answers for link in answer.get("links", {}).values()
    ]
    return {document["components"]["links"][name]["operationId"] for name in links}


def test_whatever_acts_on_a_thing_is_reached_by_a_link(document):
    reached = followed(document)
    unreached = {
        f"{method.upper()} {path}"
        for path, item in document["paths"].items()
        for method in METHODS
        if "{" in path and method in item and item[method]["operationId"] not in reached
    }
    assert unreached == NOT_BY_LINK


def test_signing_in_leads_to_a_shift_and_a_task_to_all_that_is_done_with_it(document):
    def leads_on(method: str, path: str) -> set[str]:
        links = document["paths"][f"/api/v1{path}"][method]["responses"]["200"]["links"]
        return {name.partition(".")[0] for name in links}

    assert {"shifts_start_shift", "shifts_change_state", "shifts_end_shift"} <= leads_on("post", "/sign-in")
    assert {"tasks_accept", "tasks_arrive", "tasks_add_sighting", "tasks_record_outcome"} <= leads_on(
        "get", "/tasks"
    )


class Day:
    """A council's day: an officer on duty, two cars that have outstayed their time, somebody who makes calls."""

    def __init__(self, app: Flask, clock: SetClock, who: str) -> None:
        clock.set("09:00")
        self.council, self.clock = new_council(app, clock), clock
        zone = self.council.zone()
        self.officer = self.council.on_duty(zone)
        bays = [self.council.bay(reference) for reference in ("B1", "B2")]
        clock.set("11:12")
        self.council.reads(("B1", "occupied", "09:00"), ("B2", "occupied", "09:01"))
        self.council.sweep()
        [self.task] = self.officer.mine()
        self.ids = {"zone_id": zone, "bay_id": bays[0]["id"], "restriction_id": bays[0]["restriction"]["id"]}
        self.ids |= {"person_id": self.officer.id, "shift_id": self.officer.shift["id"]}
        self.caller = self._caller(who)

    def _caller(self, who: str) -> Caller:
        if who == "officer":
            return self.officer.phone
        return self.council.with_key(*SCOPES) if who == "key" else self.council.person(who)[1]


def mended(body: Any, known: dict[str, Any] | None) -> Any:
    """What was made up, with what a person means who sends it; what a link filled in stays."""
    if not isinstance(body, dict) or known is None:
        return body
    return body | {name: value for name, value in known.items() if not re.search(r"(^|_)id$|version", name)}


class Follower:
    """Follows the links as one caller: two of three calls are meant, the others are made up."""

    begin: Callable[[], Day]
    routes: dict[str, Route]
    answered: dict[str, set[int]]
    found: dict[str, str]

    def setup(self) -> None:
        self.day, self.calls = self.begin(), 0

    def before_call(self, case: Case) -> None:
        self.calls += 1
        if self.calls % 3 and case.meta.generation.mode.is_positive:
            case.query = {}
            case.body = mended(case.body, body_for(self.routes[case.operation.label], self.day))

    def get_call_kwargs(self, case: Case) -> dict[str, Any]:
        return credentials(self.day.caller)

    def validate_response(self, response: Any, case: Case, **kwargs: Any) -> None:
        label = case.operation.label
        self.answered[label].add(response.status_code)
        excluded = [*NOT_HERE, ensure_resource_availability]  # what is not there may be what the body names
        excluded += [negative_data_rejection] if label in ITEM_BY_ITEM else []
        excluded += [use_after_free] if COMES_BACK.search(label) else []
        try:
            case.validate_response(
                response, excluded_checks=excluded, transport_kwargs=kwargs, recorder=self.recorder
            )
        except BaseExceptionGroup as group:
            for fault in faults(group):
                self.found[f"{label}: {type(fault).__name__}"] = str(fault)


@pytest.mark.parametrize("who", CALLERS)
def test_wherever_a_link_leads_the_answer_is_as_described(
    app: Flask, clock: SetClock, routes: list[Route], who: str
):
    mine = {f"{route.method} {as_openapi(route.rule)}": route for route in routes if may(who, route)}
    answered, found = defaultdict(set), {}
    begin = staticmethod(partial(Day, app, clock, who))
    given = {"begin": begin, "routes": mine, "answered": answered, "found": found}
    with app.app_context():
        api = described(app, phases={"stateful": {"inference": {"algorithms": []}}})
        api = api.include(func=lambda context: context.operation.label in mine)
        machine = type("Links", (Follower, api.as_state_machine()), given)
        seed(SEED)(machine).run(settings=QUIETLY)
    assert found == {}, f"seed {SEED}"
    assert any(status < 300 for path, statuses in answered.items() for status in statuses if "{" in path)


def may(who: str, route: Route) -> bool:
    """Is the route open to this caller? Nobody signs out here: that would be the end of it."""
    if route.endpoint == "people.sign_out" or route.roles is None:
        return False
    return route.scope is not None if who == "key" else who in route.roles
