"""Every operation of the API's description, tried by everybody who should not get in: 401, 403 or 404.

`test_guards` walks the routes that the server knows; this walks what the server says of itself, and holds
the two against each other.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from enforcement.people import SCOPES
from routes.openapi import METHODS, as_openapi

from ..builders import PASSWORD, Caller, Council, new_council, standing_clock
from .walk import PREFIX, ROLES, Route, Town, body_for, is_problem, rows_of

FEED = "/api/v1/live"  # served by asgi.py, not by Flask
ODD = ("PUT", "PATCH", "DELETE", "POST", "TRACE", "CONNECT", "PROPFIND", "X")


@pytest.fixture(scope="module")
def operations(app: Flask) -> dict[tuple[str, str], dict[str, Any]]:
    """The description's operations but the feed, by method and path."""
    paths = app.test_client().get("/api/openapi.json").get_json()["paths"]
    return {
        (method.upper(), path): operation
        for path, item in paths.items()
        for method, operation in item.items()
        if method in METHODS and path != FEED
    }


@pytest.fixture(scope="module")
def described(operations: dict[tuple[str, str], Any], routes: list[Route]) -> list[Route]:
    """The routes behind the description's operations that not everyone may use."""
    known = {(route.method, as_openapi(route.rule)): route for route in routes}
    assert set(operations) == set(known)
    return [known[name] for name, operation in operations.items() if "security" in operation]


@pytest.fixture(scope="module")
def old_town(app: Flask) -> Iterator[Town]:
    """A council whose people and keys come to their ends here."""
    with app.app_context(), standing_clock(app) as clock:
        yield Town(new_council(app, clock))


def try_all(caller: Caller, routes: list[Route], town: Town) -> dict[str, int]:
    """What each route answers to this caller, sent ids and bodies that the town's people would send."""
    answered = {}
    for route in routes:
        answer = caller.call(route.method, route.path(town.ids), body_for(route, town))
        assert answer.status_code < 400 or is_problem(answer), f"{route}: {answer.text}"
        answered[str(route)] = answer.status_code
    return answered


def test_the_description_and_the_server_agree_on_who_may(operations, routes: list[Route]):
    for route in routes:
        demanded = operations[route.method, as_openapi(route.rule)].get("security")
        if route.roles is None:
            assert demanded is None, route
            continue
        scopes = [scope for either in demanded for scope in either.get("key", ())]
        assert scopes == ([route.scope] if route.scope else []), route
        assert any("cookie" in either for either in demanded) == bool(route.roles), route
        assert set(scopes) <= set(SCOPES), route


def ended(town: Town, how: str) -> Caller:
    """Somebody who could come in once, and no longer can."""
    council = town.council
    person_id, browser = council.person("administrator")
    if how == "signed out":
        token = browser.client.get_cookie("openpatrol").value
        browser.post("/sign-out", status=204)
        browser.client.set_cookie("openpatrol", token)
    elif how == "disabled":
        council.administrator.patch(f"/people/{person_id}", {"disabled": True}, 200)
    elif how == "password chosen anew":
        link = council.administrator.post("/reset-links", {"person_id": person_id}, 201)["url"]
        body = {"token": link.partition("#")[2], "password": "quite another one"}
        council.browser().post("/password", body, 204)
    elif how == "expired":
        council.clock.forward(days=14, seconds=1)
    return browser


@pytest.mark.parametrize("how", ["signed out", "disabled", "password chosen anew", "expired"])
def test_a_sign_in_that_has_ended_opens_nothing(old_town: Town, described: list[Route], how: str):
    gone = ended(old_town, how)
    before = rows_of(old_town.council)
    assert set(try_all(gone, described, old_town).values()) == {401}
    assert rows_of(old_town.council) == before


def test_someone_with_only_a_reset_link_can_choose_a_password_and_nothing_else(
    town: Town, described: list[Route]
):
    council = town.council
    new = {"email": f"new@{council.slug}.example", "name": "New", "role": "administrator"}
    person_id = council.administrator.post("/people", new, 201)["id"]
    link = council.administrator.post("/reset-links", {"person_id": person_id}, 201)["url"].partition("#")[2]
    by_cookie, by_key = council.browser(), Caller(council.app.test_client(), link)
    by_cookie.client.set_cookie("openpatrol", link)
    for caller in (by_cookie, by_key):
        assert set(try_all(caller, described, town).values()) == {401}
    council.browser().post("/sign-in", {"email": new["email"], "password": PASSWORD}, 401)


def test_a_sign_in_is_no_key_and_a_key_no_sign_in(town: Town, described: list[Route]):
    sign_in = town.callers["administrator"].client.get_cookie("openpatrol").value
    as_key = Caller(town.council.app.test_client(), sign_in)
    key = town.key(*SCOPES).headers["Authorization"].removeprefix("Bearer ")
    as_cookie = town.council.browser()
    as_cookie.client.set_cookie("openpatrol", key)
    for caller in (as_key, as_cookie):
        assert set(try_all(caller, described, town).values()) == {401}


def test_a_revoked_key_opens_nothing_anywhere(town: Town, described: list[Route]):
    made = town.council.administrator.post("/keys", {"name": "old", "scopes": list(SCOPES)}, 201)
    revoked = Caller(town.council.app.test_client(), made["key"])
    town.council.administrator.delete(f"/keys/{made['id']}", 204)
    assert set(try_all(revoked, described, town).values()) == {401}


def test_a_secret_under_another_councils_name_opens_nothing(
    town: Town, next_town: Town, described: list[Route]
):
    """Secrets say whose they are; who says it of a stolen half gets no farther."""
    _, _, secret = town.key(*SCOPES).headers["Authorization"].partition("Bearer ")[2].split("_", 2)
    renamed = Caller(town.council.app.test_client(), f"op_{next_town.council.id.hex}_{secret}")
    assert set(try_all(renamed, described, next_town).values()) == {401}


@pytest.mark.parametrize("who", [*ROLES, "key"])
def test_another_councils_people_and_keys_find_nothing_here_and_change_nothing(
    town: Town, next_town: Town, described: list[Route], who: str
):
    """Every route that names something of ours, by its path: 404 to whoever may use it, 403 to the others."""
    theirs = next_town.key(*SCOPES) if who == "key" else next_town.callers[who]
    naming = [route for route in described if route.parameters]
    before = rows_of(town.council)
    answered = try_all(theirs, naming, town)
    for route in naming:
        may = route.scope is not None if who == "key" else who in (route.roles or ())
        assert answered[str(route)] == (404 if may else 403), route
    assert rows_of(town.council) == before


def swapped(body: Any, ids: dict[str, str]) -> Iterator[Any]:
    """The body once for each of these ids in it, with another in its place."""
    members = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in members:
        copy = dict(body) if isinstance(body, dict) else list(body)
        if isinstance(value, str) and value in ids:
            copy[name] = ids[value]
            yield copy
        for inner in swapped(value, ids):
            copy[name] = inner
            yield copy


def test_an_id_of_another_council_in_any_body_is_as_one_that_nobody_has(
    town: Town, next_town: Town, described: list[Route]
):
    """Found by themselves: whatever id of ours stands in a body that our people send, theirs is put there."""
    before, tried = rows_of(next_town.council), set()
    theirs = {town.ids[name]: next_town.ids[name] for name in town.ids}
    nobodys = {id_: str(uuid4()) for id_ in theirs}
    for route in described:
        body = body_for(route, town)
        for foreign, made_up in zip(swapped(body, theirs), swapped(body, nobodys), strict=True):
            for who, caller in town.allowed(route).items():
                answer, other = (
                    caller.call(route.method, route.path(town.ids), each) for each in (foreign, made_up)
                )
                assert answer.status_code in (403, 404, 409, 422), f"{who}: {route}: {answer.text}"
                assert (is_problem(answer), answer.status_code) == (True, other.status_code), route
                tried.add(str(route))
    assert len(tried) >= 5
    assert rows_of(next_town.council) == before


def test_an_id_of_another_council_in_any_query_finds_nothing(
    town: Town, next_town: Town, operations: dict[tuple[str, str], Any]
):
    """Every query parameter that takes an id, with every id that there is."""
    supervisor, tried = town.callers["supervisor"], 0
    theirs = {id_ for id_ in next_town.ids.values() if len(id_) == len(town.ids["bay_id"])}
    for (_, path), operation in operations.items():
        for name in {p["name"] for p in queried(operation) if takes_ids(p["schema"])} - {"cursor"}:
            for id_ in {*theirs, str(next_town.council.id)}:
                answer = supervisor.call("GET", f"{path.removeprefix(PREFIX)}?{name}={id_}")
                found = answer.get_json()
                assert answer.status_code == 404 or found.get("items", found.get("features")) == [], (
                    f"{path} {name}"
                )
                tried += 1
    assert tried


def queried(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Its own parameters; those of the whole API, such as If-None-Match, are headers."""
    return [parameter for parameter in operation.get("parameters", ()) if "$ref" not in parameter]


def takes_ids(schema: dict[str, Any]) -> bool:
    return "uuid" in (schema.get("format"), schema.get("items", {}).get("format"))


def test_an_id_of_another_council_as_a_cursor_shows_none_of_theirs(
    town: Town, next_town: Town, operations: dict[tuple[str, str], Any]
):
    theirs = set(next_town.ids.values())
    for (method, path), operation in operations.items():
        names = {parameter["name"] for parameter in queried(operation)}
        if method != "GET" or "cursor" not in names or "{" in path:
            continue
        for id_ in theirs:
            answer = town.callers["administrator"].call("GET", f"{path.removeprefix(PREFIX)}?cursor={id_}")
            assert answer.status_code in (200, 422), path
            assert not theirs & set(answer.text.split('"')) - {id_}, path


def test_odd_methods_open_no_door(town: Town, described: list[Route]):
    """What is no operation is 405 for everybody; HEAD shows no more than GET, OPTIONS only what there is."""
    known: dict[str, set[str]] = {}
    for route in described:
        known.setdefault(route.rule, set()).add(route.method)
    stranger, before = town.council.browser(), rows_of(town.council)
    for route in described:
        path = route.path(town.ids)
        for method in {*ODD} - known[route.rule]:
            assert stranger.call(method, path).status_code == 405, f"{method} {route}"
        head = stranger.call("HEAD", path)
        assert (head.status_code, head.data) == (401 if "GET" in known[route.rule] else 405, b""), route
        options = stranger.call("OPTIONS", path)
        assert (options.status_code, options.data) == (200, b""), route
        assert known[route.rule] <= set(options.headers["Allow"].split(", ")), route
    assert rows_of(town.council) == before


def test_a_method_in_disguise_is_what_it_is(council: Council):
    """No header and no form field turns a read into a write."""
    bay = council.bay("B1")
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        supervisor = council.supervisor
        supervisor.call("GET", f"/bays/{bay['id']}?_method=DELETE", headers={header: "DELETE"})
    assert council.supervisor.get(f"/bays/{bay['id']}")["reference"] == "B1"
