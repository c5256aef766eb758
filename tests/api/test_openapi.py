"""The API's description: valid, complete, and honest about who may do what."""

from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from routes.openapi import METHODS, PICTURES, RAW_BODIES, as_openapi

from ..builders import ORIGIN, expect
from .walk import BODIES, PREFIX, Route, Town

FEED = "/api/v1/live"  # served by asgi.py, not by Flask
OPEN = {("post", "/api/v1/sign-in"), ("post", "/api/v1/password"), ("get", "/api/v1/signing-key")}


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/api/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


@pytest.fixture(scope="module")
def operations(document) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method, path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_the_description_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_route_is_described_and_nothing_that_is_not_there(operations, routes: list[Route]):
    served = {(route.method.lower(), as_openapi(route.rule)) for route in routes}
    assert set(operations) - {("get", FEED)} == served
    assert ("get", FEED) in operations


def test_every_operation_says_what_it_does(operations):
    silent = [where for where, operation in operations.items() if not operation.get("summary")]
    assert silent == []


def test_every_operation_names_the_keys_that_open_it(operations, routes: list[Route]):
    for route in routes:
        operation = operations[route.method.lower(), as_openapi(route.rule)]
        if route.roles is None:
            assert (route.method.lower(), route.rule) in OPEN
            assert "security" not in operation, route
            continue
        keys = {name for either in operation["security"] for name in either}
        assert keys == ({"cookie"} if route.roles else set()) | ({"key"} if route.scope else set()), route
        assert all(role in operation["description"] for role in route.roles), route
    assert operations["get", FEED]["security"] == [{"cookie": []}, {"key": ["board:read"]}]


def test_the_keys_are_defined(document):
    schemes = document["components"]["securitySchemes"]
    assert schemes["cookie"] == {"type": "apiKey", "in": "cookie", "name": "openpatrol"}
    assert (schemes["key"]["type"], schemes["key"]["scheme"]) == ("http", "bearer")


def test_every_body_that_is_read_is_described(operations):
    told = {f"{method.upper()} {path}" for (method, path), op in operations.items() if "requestBody" in op}
    sent = {as_openapi(name.replace(" /", f" {PREFIX}/")) for name in BODIES}
    assert told == sent | {f"POST {path}" for path in RAW_BODIES} | {f"PUT {path}" for path in PICTURES}


def test_every_write_says_that_it_is_limited(operations):
    for (method, path), operation in operations.items():
        if method != "get":
            too_many = operation["responses"]["429"]
            assert too_many["headers"]["Retry-After"]["required"], path
            assert "413" in operation["responses"], path


def test_refusals_are_described_as_problem_documents(document):
    problem = document["components"]["schemas"]["Problem"]
    assert set(problem["required"]) == {"type", "title", "status"}
    for refusal in document["components"]["responses"].values():
        assert set(refusal["content"]) == {"application/problem+json"}


def test_the_description_can_be_read_in_a_browser(app: Flask):
    client = app.test_client()
    page = client.get("/api/docs", headers={"Origin": ORIGIN})
    assert page.mimetype == "text/html"
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    page.close()


def test_what_is_answered_is_what_is_described(document, operations, routes: list[Route], town: Town):
    """Every GET, on a council where everything has happened once: a generated client must not stumble."""
    for route in routes:
        if route.method != "GET" or route.roles is None:
            continue
        content = operations["get", as_openapi(route.rule)]["responses"]["200"]["content"]
        if "application/json" not in content:
            continue  # a page
        answered = content["application/json"]
        schema = {**answered["schema"], "components": document["components"]}
        for caller in town.allowed(route).values():
            body = expect(caller.call("GET", route.path(town.ids).removeprefix(PREFIX)), 200)
            faults = [error.message for error in Draft202012Validator(schema).iter_errors(body)]
            assert faults == [], route
