"""What the API says of itself holds: schemathesis sends what its description allows, and what it forbids.

Nothing is a fault of ours, and every answer has a status, a kind and a shape that the description names.
It is the same every time. More of it, with another seed: `make test THOROUGH=20 SEED=7 ARGS="-k description"`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import BaseSchema, Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
)

from routes.openapi import as_openapi

from ..builders import Caller, new_council, standing_clock
from .describing import FEED, ITEM_BY_ITEM, NOT_HERE, SEED, THOROUGH, credentials, described, faults
from .walk import Route, Town

EXAMPLES = {
    GenerationMode.POSITIVE: 4 * THOROUGH,
    GenerationMode.NEGATIVE: 4 * min(THOROUGH, 6),  # costly to make up, and soon nothing new
}
QUIETLY = settings(
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


@pytest.fixture(scope="module")
def town(app: Flask) -> Iterator[Town]:
    """A council for these tests alone, which may leave it upside down."""
    with app.app_context(), standing_clock(app) as clock:
        yield Town(new_council(app, clock))


@pytest.fixture(scope="module")
def description(app: Flask, town: Town) -> BaseSchema:
    """The API by its description; half of the ids that are sent are the town's."""
    schema = described(app)
    ids = spare(town)

    @schema.hook
    def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> Any:
        for name, value in (path_parameters or {}).items():
            if name in ids and isinstance(value, str) and len(value) == 36 and value[-1] in "02468ace":
                path_parameters[name] = ids[name]  # type: ignore[index]
        return path_parameters

    return schema


def spare(town: Town) -> dict[str, str]:
    """The town's ids, but for those by which its own people could be locked out."""
    person, _ = town.council.person("officer", "Someone")
    made = town.callers["administrator"].post("/keys", {"name": "old", "scopes": ["places:read"]}, 201)
    return {**town.ids, "person_id": person, "key_id": made["id"]}


def callers(town: Town, route: Route) -> list[Caller]:
    """Everybody who may use the route; whoever signs out is nobody else."""
    if route.endpoint == "people.sign_out":
        return [town.council.person("officer")[1]]
    return list(town.allowed(route).values()) or [town.council.browser()]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_whatever_is_sent_is_answered_as_described(
    description: BaseSchema, town: Town, routes: list[Route], mode: GenerationMode
):
    by_name = {f"{route.method} {as_openapi(route.rule)}": route for route in routes}
    found: dict[str, str] = {}
    walked = 0
    for result in description.get_all_operations():
        operation = result.ok()
        if operation.path == FEED or (mode.is_negative and not takes_anything(operation)):
            continue
        who = st.sampled_from(callers(town, by_name[operation.label]))

        @seed(SEED)
        @settings(QUIETLY, max_examples=EXAMPLES[mode])
        @given(case=operation.as_strategy(generation_mode=mode), caller=who)
        def hold(case: Case, caller: Caller) -> None:
            by_item = case.operation.label in ITEM_BY_ITEM
            excluded = [*NOT_HERE, negative_data_rejection] if by_item else NOT_HERE
            try:
                case.call_and_validate(excluded_checks=excluded, **credentials(caller))
            except BaseExceptionGroup as group:
                for fault in faults(group):
                    found[f"{case.operation.label}: {type(fault).__name__}"] = str(fault)

        hold()
        walked += 1
    assert walked > len(by_name) // 2
    assert found == {}, f"seed {SEED}"


def takes_anything(operation: Any) -> bool:
    """Is there anything that could be wrong?"""
    return bool(operation.body or operation.query or operation.path_parameters)
