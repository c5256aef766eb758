"""Bad input of any kind: a 4xx that says what is wrong and where; never a 5xx, and nothing half done."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from enforcement.adapters.tables import db
from enforcement.config import Settings
from routes import create_app

from ..builders import Caller, square
from .walk import BODIES, PREFIX, RESTRICTION, Route, Town, body_for, device, is_problem, rows_of

JSON = "application/json"
TIME = "2026-06-29T11:12:00+01:00"


def refused(answer: TestResponse, *statuses: int) -> dict[str, Any]:
    """The problem document of an answer with one of these statuses."""
    assert answer.status_code in statuses, (
        f"{answer.request.method} {answer.request.path}: {answer.text[:500]}"
    )
    assert is_problem(answer), answer.text
    said: dict[str, Any] = answer.get_json()
    return said


def pointers(answer: TestResponse, *statuses: int) -> set[str]:
    return {error["pointer"] for error in refused(answer, *statuses).get("errors", ())}


def sender(town: Town, route: Route) -> Caller:
    """Somebody who may use the route."""
    return next(iter(town.allowed(route).values()), town.council.browser())


@pytest.fixture
def unchanged(town: Town) -> Iterator[None]:
    """Nothing that the test sends leaves a trace."""
    for caller in (*town.callers.values(), town.key("readings:write"), town.key("places:write")):
        caller.call("GET", "/me")  # so that when they were last seen is known
    before = rows_of(town.council)
    yield
    assert rows_of(town.council) == before


@pytest.fixture(scope="module")
def taking_json(routes: list[Route]) -> list[Route]:
    """The routes that take a JSON body."""
    taking = [route for route in routes if f"{route.method} {route.rule.removeprefix(PREFIX)}" in BODIES]
    assert len(taking) == len(BODIES)
    return taking


DEEP = "[" * 100_000
RUBBISH = {
    "nothing": "",
    "a list": "[]",
    "null": "null",
    "a text": '"x"',
    "a number": "1",
    "NaN": "NaN",
    "an unknown member": '{"a": 1}',
    "half an object": '{"a": ',
    "two objects": "{} {}",
    "a comma too many": '{"a": 1,}',
    "deep lists": DEEP,
    "deep objects": '{"a":' * 50_000,
    "a deep member": '{"a": ' + "[" * 500 + "]" * 500 + "}",
    "an endless number": '{"version": ' + "9" * 5000 + "}",
    "half a character": '{"name": "\\ud800"}',
    "not UTF-8": b'{"name": "\xff"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
}


@pytest.mark.parametrize("body", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_is_refused_on_every_route(town: Town, taking_json, unchanged, body):
    for route in taking_json:
        answer = sender(town, route).call(route.method, route.path(town.ids), data=body, content_type=JSON)
        refused(answer, 400, 404, 422)


def test_an_empty_object_is_refused_on_every_route(town: Town, taking_json, unchanged):
    for route in taking_json:
        refused(sender(town, route).call(route.method, route.path(town.ids), {}), 400, 422)


def test_another_kind_of_body_is_refused_as_such(town: Town, taking_json, unchanged):
    for route in taking_json:
        if "/import/" in route.rule or route.endpoint.startswith("readings."):
            continue  # files and sensor networks' bodies are taken as they come
        body = json.dumps(body_for(route, town))
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
            answer = sender(town, route).call(
                route.method, route.path(town.ids), data=body, content_type=kind
            )
            assert "application/json" in refused(answer, 415)["detail"]


def texts_in(body: Any, where: str = "") -> Iterator[str]:
    """The JSON pointers of all texts in a body."""
    members = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in members:
        if isinstance(value, str):
            yield f"{where}/{name}"
        yield from texts_in(value, f"{where}/{name}")


def put(body: Any, pointer: str, value: Any) -> Any:
    """The body with this value at the pointer."""
    changed = json.loads(json.dumps(body))
    *path, last = pointer.strip("/").split("/")
    inner = changed
    for name in path:
        inner = inner[int(name) if isinstance(inner, list) else name]
    inner[int(last) if isinstance(inner, list) else last] = value
    return changed


def test_a_nul_in_any_text_is_refused_where_it_stands(town: Town, taking_json, unchanged):
    for route in taking_json:
        if "/import/" in route.rule or route.endpoint.startswith("readings."):
            continue  # judged item by item: see below and the tests of imports
        body = body_for(route, town)
        for pointer in texts_in(body):
            answer = sender(town, route).call(route.method, route.path(town.ids), put(body, pointer, "a\0b"))
            assert pointers(answer, 400, 422) == {pointer}, f"{route} {pointer}"


@pytest.mark.parametrize(
    "value", [None, True, 7, 1.5, [], {}, [[]], "", " ", "x" * 10_000, 10**30, -1], ids=str
)
def test_no_member_of_any_type_is_a_fault_of_ours(town: Town, taking_json, value):
    """Some of these are fine where they stand; none of them may be a fault of the server."""
    for route in taking_json:
        body = body_for(route, town)
        for member in body:
            answer = sender(town, route).call(route.method, route.path({}), {**body, member: value})
            assert answer.status_code < 500, f"{route} {member}: {answer.text}"
            assert answer.status_code < 300 or is_problem(answer), f"{route} {member}: {answer.text}"


WRONG = [
    ("POST", "/bays", {"reference": "X", "street": "S", "lon": "west", "lat": 51}, "/lon"),
    ("POST", "/bays", {"reference": "X", "street": "S", "lon": 180.5, "lat": 51}, "/lon"),
    ("POST", "/bays", {"reference": "X", "street": "S", "lon": 51, "lat": -90.01}, "/lat"),
    ("POST", "/bays", {"reference": "X", "street": "S", "lon": True, "lat": 51}, "/lon"),
    ("POST", "/bays", {"reference": "X", "street": "S", "lon": 10**400, "lat": 51}, "/lon"),
    ("POST", "/bays", {"reference": ["X"], "street": "S", "lon": 0, "lat": 51}, "/reference"),
    ("POST", "/bays", {"reference": "X", "street": "S", "lon": 0, "lat": 51, "colour": "red"}, "/colour"),
    (
        "POST",
        "/bays",
        {"reference": "X", "street": "S", "lon": 0, "lat": 51, "restriction": 7},
        "/restriction",
    ),
    ("POST", "/zones", {"name": "Z", "outline": square(lon=180, lat=0)}, "/outline"),
    ("POST", "/zones", {"name": "Z", "outline": "POLYGON((0 0))"}, "/outline"),
    ("POST", "/zones", {"name": "Z", "outline": square(lon=0, lat=0), "colour": "blue"}, "/colour"),
    (
        "POST",
        "/zones",
        {
            "name": "Z",
            "outline": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
        },
        "/outline",
    ),
    ("PUT", "/zones/{zone_id}", {"name": "Z", "outline": square(lon=0, lat=0), "version": "1"}, "/version"),
    ("PUT", "/zones/{zone_id}", {"name": "Z", "outline": square(lon=0, lat=0), "version": 1.5}, "/version"),
    ("POST", "/restrictions", {**RESTRICTION, "permitted_minutes": 10**30}, "/permitted_minutes"),
    ("PATCH", "/bays/{bay_id}", {"lat": 100}, "/lat"),
    ("PATCH", "/bays/{bay_id}", {"colour": "red"}, "/colour"),
    ("POST", "/bays/{bay_id}/restrictions", {"restriction_id": "7"}, "/restriction_id"),
    (
        "POST",
        "/bays/{bay_id}/restrictions",
        {"restriction_id": "{restriction_id}", "valid_from": "0001-01-01T00:00:00+14:00"},
        "/valid_from",
    ),
    (
        "POST",
        "/suspensions",
        {"bay_id": "{bay_id}", "starts_at": "2026-07-01", "ends_at": TIME, "why": "x"},
        "/starts_at",
    ),
    (
        "POST",
        "/suspensions",
        {"bay_id": "{bay_id}", "starts_at": "2026-07-01T08:00:00", "ends_at": TIME, "why": "x"},
        "/starts_at",
    ),
    (
        "POST",
        "/suspensions",
        {"bay_id": "{bay_id}", "starts_at": TIME, "ends_at": "9999-12-31T23:59:59Z", "why": "x"},
        "/ends_at",
    ),
    ("POST", "/event-days", {"name": "a match", "day": "2026-07-04"}, "/name"),
    ("POST", "/event-days", {"name": "match", "day": "9999-12-31"}, "/day"),
    ("POST", "/sensors", {"reference": "S", "threshold_mm": 0}, "/threshold_mm"),
    ("POST", "/sensors", {"reference": "S", "heartbeat_minutes": 10**12}, "/heartbeat_minutes"),
    ("POST", "/sensors/{sensor_id}/bay", {}, "/bay_id"),
    ("POST", "/people", {"email": "nobody", "name": "N", "role": "officer"}, "/email"),
    ("POST", "/people", {"email": "a@b.example", "name": "N", "role": "king"}, "/role"),
    (
        "POST",
        "/people",
        {"email": "a@b.example", "name": "N", "role": "officer", "password": "short"},
        "/password",
    ),
    ("PATCH", "/people/{person_id}", {"disabled": "perhaps"}, "/disabled"),
    ("POST", "/keys", {"name": "k", "scopes": []}, "/scopes"),
    ("POST", "/keys", {"name": "k", "scopes": ["everything"]}, "/scopes/0"),
    ("PATCH", "/authority", {"policy": {"grace_minutes": "many"}}, None),
    ("PATCH", "/authority", {"policy": []}, "/policy"),
    ("PATCH", "/authority", {"policy": {}}, None),
    ("POST", "/reset-links", {"person_id": "me"}, "/person_id"),
    (
        "POST",
        "/shifts",
        {"officer_id": "{person_id}", "zones": [], "planned_from": TIME, "planned_to": TIME},
        "/planned_to",
    ),
    (
        "POST",
        "/shifts",
        {"officer_id": "{person_id}", "zones": ["x"], "planned_from": TIME, "planned_to": TIME},
        "/zones/0",
    ),
    ("PATCH", "/shifts/{shift_id}", {"zones": [str(uuid4())]}, "/zones/0"),
    ("PATCH", "/shifts/{shift_id}", {"zones": "all"}, "/zones"),
    ("POST", "/tasks/{task_id}/withdraw", {"why": "x" * 501}, "/why"),
    ("POST", "/tasks/{task_id}/offer", {"shift_id": 7}, "/shift_id"),
    ("POST", "/tasks/{task_id}/take-back", {"shift_id": 7}, "/shift_id"),
]


@pytest.mark.parametrize(("method", "path", "body", "pointer"), WRONG)
def test_a_value_that_cannot_be_is_pointed_at(town: Town, unchanged, method, path, body, pointer):
    filled = {name: town.ids.get(str(value).strip("{}"), value) for name, value in body.items()}
    answer = town.callers["administrator"].call(method, path.format(**town.ids), filled)
    found = pointers(answer, 400, 422)
    assert found if pointer is None else pointer in found
    assert all(each.startswith("/policy") for each in found) if "policy" in body else True


@pytest.mark.parametrize(
    ("path", "more", "pointer"),
    [
        ("/tasks/{task_id}/accept", {"version": "7"}, "/version"),
        ("/tasks/{task_id}/accept", {"version": True}, "/version"),
        ("/tasks/{task_id}/accept", {"version": 1.5}, "/version"),
        ("/tasks/{task_id}/accept", {"id": "mine"}, "/id"),
        ("/tasks/{task_id}/accept", {"recorded_at": "now"}, "/recorded_at"),
        ("/tasks/{task_id}/accept", {"recorded_at": "2026-06-29T11:12:00"}, "/recorded_at"),
        ("/tasks/{task_id}/accept", {"recorded_at": 1782727200}, "/recorded_at"),
        ("/tasks/{task_id}/accept", {"recorded_at": "2026-06-29T11:17:01+01:00"}, "/recorded_at"),
        ("/tasks/{task_id}/accept", {"recorded_at": "2026-06-29T11:00:00+99:00"}, "/recorded_at"),
        ("/tasks/{task_id}/decline", {"reason": "rain"}, "/reason"),
        ("/tasks/{task_id}/sightings", {"valve_front": 13, "valve_rear": 1}, "/valve_front"),
        ("/tasks/{task_id}/sightings", {"valve_front": 1.5, "valve_rear": 1}, "/valve_front"),
        ("/tasks/{task_id}/sightings", {"plate": "x" * 21}, "/plate"),
        ("/tasks/{task_id}/sightings", {"plate": "AB12CDE", "lon": 200}, "/lon"),
        ("/tasks/{task_id}/sightings", {"plate": "AB12CDE", "accuracy_m": -1}, "/accuracy_m"),
        ("/tasks/{task_id}/sightings", {"plate": "AB12CDE", "lon": -0.12}, "/lat"),
        ("/tasks/{task_id}/outcome", {"outcome": "gone_on_arrival", "lat": 51.5}, "/lon"),
        ("/tasks/{task_id}/outcome", {"outcome": "gone home"}, "/outcome"),
        (
            "/tasks/{task_id}/outcome",
            {"outcome": "incident", "details": {"reference": 7}},
            "/details/reference",
        ),
        ("/tasks/{task_id}/outcome", {"outcome": "unsafe", "details": {"why": "dog"}}, "/details/why"),
        ("/tasks/{task_id}/outcome", {"outcome": "unsafe", "details": []}, "/details"),
        ("/shifts/{shift_id}/state", {"state": "asleep"}, "/state"),
        ("/shifts/{shift_id}/state", {"state": "ended"}, "/state"),
    ],
)
def test_a_step_of_a_phone_that_cannot_be_is_pointed_at(town: Town, unchanged, path, more, pointer):
    body = {"id": str(uuid4()), "recorded_at": TIME, **more}
    if path.startswith("/tasks"):
        body = {"version": town.task["version"], **body}
    assert pointer in pointers(town.officer.phone.call("POST", path.format(**town.ids), body), 422)


@pytest.mark.parametrize(
    ("step", "more", "pointer"),
    [
        ("sightings", {"plate": "A"}, "/plate"),
        ("outcome", {"outcome": "right_seen"}, "/details/which"),
        ("outcome", {"outcome": "loading_look_again"}, "/details/minutes"),
    ],
)
def test_what_was_seen_but_cannot_be_taken_is_pointed_at_and_kept(town: Town, step, more, pointer):
    before = rows_of(town.council)
    body = {"id": str(uuid4()), "recorded_at": TIME, "version": town.task["version"], **more}
    answer = town.officer.phone.call("POST", f"/tasks/{town.ids['task_id']}/{step}", body)
    assert pointer in pointers(answer, 422)
    after = rows_of(town.council)
    assert {name for name in after if after[name] != before[name]} == {"kept_records", "journal"}


@pytest.mark.parametrize("version", [0, -1, 10**18, 2**63])
def test_a_version_that_never_was_is_stale(town: Town, unchanged, version):
    body = {"id": str(uuid4()), "recorded_at": TIME, "version": version}
    said = refused(town.officer.phone.call("POST", f"/tasks/{town.ids['task_id']}/accept", body), 409)
    assert said["task"]["version"] == town.task["version"]
    zone = {"name": "Z", "outline": square(lon=0, lat=0), "version": version}
    refused(town.callers["supervisor"].call("PUT", f"/zones/{town.ids['zone_id']}", zone), 409)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "0x10"])
def test_a_number_that_is_none_is_refused(town: Town, unchanged, number):
    fix = f'{{"lon": {number}, "lat": 51.5, "accuracy_m": 5, "at": "{TIME}"}}'
    bodies = {
        "/bays": f'{{"reference": "X", "street": "S", "lon": {number}, "lat": 51}}',
        "/zones": f'{{"name": "Z", "outline": {{"type": "Polygon", "coordinates": [[[0, 0], [{number}, 1]]]}}}}',
        "/positions": f'{{"id": "{uuid4()}", "fixes": [{fix}]}}',
    }
    for path, body in bodies.items():
        caller = town.callers["officer" if path == "/positions" else "supervisor"]
        refused(caller.call("POST", path, data=body, content_type=JSON), 400, 422)


@pytest.mark.parametrize(
    ("fixes", "pointer"),
    [
        ([], "/fixes"),
        ([{"lon": 0, "lat": 51, "accuracy_m": 5, "at": TIME}] * 501, "/fixes"),
        ([{}] * 501, "/fixes/0/at"),
        ([{"lon": 0, "lat": 91, "accuracy_m": 5, "at": TIME}], "/fixes/0/lat"),
        ([{"lon": 0, "lat": 51, "accuracy_m": 10**9, "at": TIME}], "/fixes/0/accuracy_m"),
        ([{"lon": 0, "lat": 51, "accuracy_m": 5, "at": TIME}, {"lon": 0}], "/fixes/1/lat"),
        ("here", "/fixes"),
    ],
)
def test_a_position_that_cannot_be_is_pointed_at_and_none_is_kept(town: Town, unchanged, fixes, pointer):
    body = {"id": str(uuid4()), "fixes": fixes}
    assert pointer in pointers(town.officer.phone.call("POST", "/positions", body), 422)


# Queries


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("/bays?limit=0", "/limit"),
        ("/bays?limit=201", "/limit"),
        ("/bays?limit=1000000000", "/limit"),
        ("/bays?limit=" + "9" * 5000, "/limit"),
        ("/bays?limit=many", "/limit"),
        ("/bays?limit=1&limit=x", None),
        ("/bays?cursor=7", "/cursor"),
        ("/bays?cursor=%00", "/cursor"),
        ("/bays?reference=%00", "/reference"),
        ("/bays?reference=" + "x" * 101, "/reference"),
        ("/tasks?state=lost", "/state"),
        ("/tasks?mine=perhaps", "/mine"),
        ("/shifts?day=yesterday", "/day"),
        ("/shifts?day=9999-12-31", "/day"),
        ("/shifts?day=0001-01-01", "/day"),
        ("/shifts?officer=Olu", "/officer"),
        ("/readings?bay=B1", "/bay"),
        ("/readings?cursor=99999999999999999999", "/cursor"),
        ("/readings?cursor=-1", "/cursor"),
        ("/readings?sensor=%00", "/sensor"),
        ("/stays?open=ajar", "/open"),
        ("/journal?cursor=7", "/cursor"),
        ("/journal?cursor=%00", "/cursor"),
        ("/journal?cursor=x.y.z", "/cursor"),
        ("/journal?cursor={epoch}.99999999999999999999.0", "/cursor"),
        ("/journal?cursor={epoch}.-1.0", "/cursor"),
        ("/journal?subject_id=me", "/subject_id"),
        ("/journal?limit=501", "/limit"),
    ],
)
def test_a_query_that_cannot_be_is_pointed_at(town: Town, unchanged, query, pointer):
    supervisor = town.callers["supervisor"]
    epoch = supervisor.get("/journal")["cursor"].partition(".")[0]
    answer = supervisor.call("GET", query.replace("{epoch}", epoch))
    if pointer is None:
        assert answer.status_code < 500
    else:
        assert pointers(answer, 422) == {pointer}


def test_a_cursor_from_before_a_restore_says_to_load_afresh(town: Town):
    said = refused(town.callers["supervisor"].call("GET", f"/journal?cursor={uuid4()}.1.1"), 422)
    assert said["reload"] is True


@pytest.mark.parametrize("strange", ["\udcff", "%ff", "%ed%a0%80", "' OR 1=1 --", "%", "🚗", "../../etc"])
def test_strange_letters_in_a_query_find_nothing(town: Town, strange):
    query = strange.encode("utf-8", "surrogateescape").decode("latin-1")
    answer = town.callers["supervisor"].call("GET", "/bays", query_string=f"reference={query}")
    assert answer.get_json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    "path", ["/bays/7", "/bays/null", "/nowhere", "/tasks//accept", "/bays/" + "0" * 5000]
)
def test_what_is_no_address_is_not_found(town: Town, path):
    refused(town.callers["supervisor"].call("GET", path), 404)


def test_another_method_is_refused_with_those_that_there_are(town: Town):
    answer = town.callers["supervisor"].call("PUT", "/bays", {})
    refused(answer, 405)
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


# Readings


def reading(**changes: Any) -> dict[str, Any]:
    return {"sensor": "S-B1", "state": "occupied", "at": TIME, **changes}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        (reading(at="2026-06-29T11:17:01+01:00"), "/at"),
        (reading(at="2026-06-29T11:12:00"), "/at"),
        (reading(at="1999-12-31T23:59:59Z"), "/at"),
        (reading(at=None), "/at"),
        (reading(state="parked"), "/state"),
        (reading(state="over"), "/since"),
        (reading(state="over", since="2026-06-29T11:13:00+01:00"), "/since"),
        (reading(sensor=" "), "/sensor"),
        (reading(sensor="a\0b"), "/sensor"),
        (reading(sensor=7), "/sensor"),
        (reading(sensor="x" * 101), "/sensor"),
        (reading(battery_percent=101), "/battery_percent"),
        (reading(note="a\0b"), "/note"),
        ("free", ""),
        (None, ""),
    ],
    ids=str,
)
def test_one_bad_reading_is_pointed_at_and_the_good_ones_are_taken(town: Town, wrong, pointer):
    good = [reading(key=str(uuid4())), reading(key=str(uuid4()))]
    said = town.council.network.post("/readings", {"readings": [good[0], wrong, good[1]]}, 200)
    assert said["taken"] == 2
    assert [(each["index"], each["pointer"]) for each in said["refused"]] == [(1, f"/readings/1{pointer}")]


def test_five_minutes_ahead_is_a_sensors_clock_and_not_the_future(town: Town):
    said = town.council.network.post(
        "/readings", {"readings": [reading(at="2026-06-29T11:17:00+01:00")]}, 200
    )
    assert said["refused"] == []


def test_more_than_a_thousand_readings_at_once_are_too_many(town: Town, unchanged):
    body = {"readings": [reading(key=str(number)) for number in range(1001)]}
    assert refused(town.key("readings:write").call("POST", "/readings", body), 413)["most"] == 1000


@pytest.mark.parametrize("route", ["/webhooks/things-stack", "/webhooks/chirpstack?event=up"])
@pytest.mark.parametrize("body", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_is_refused_by_the_webhooks(town: Town, unchanged, route, body):
    answer = town.key("readings:write").call("POST", route, data=body, content_type=JSON)
    if answer.status_code == 200:  # a message of another kind than an uplink
        assert answer.get_json() == {"taken": 0, "repeated": 0, "late": 0, "unmapped": 0, "refused": []}
    else:
        refused(answer, 400, 422)


# Size


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("supervisor", "/zones"),
        ("officer", "/positions"),
        ("officer", "/tasks/{task_id}/accept"),
        ("administrator", "/people"),
        ("stranger", "/sign-in"),
        ("network", "/readings"),
        ("network", "/webhooks/things-stack"),
    ],
)
def test_a_body_of_more_than_two_megabytes_is_too_large(town: Town, unchanged, role, path):
    others = {"stranger": town.council.browser(), "network": town.key("readings:write")}
    caller = (town.callers | others)[role]
    body = b'{"readings": "' + b"x" * (2 * 1024 * 1024) + b'"}'
    refused(caller.call("POST", path.format(**town.ids), data=body, content_type=JSON), 413)


def test_a_file_of_more_than_32_megabytes_is_too_large(town: Town, unchanged):
    body = b" " * (32 * 1024 * 1024 + 1)
    refused(town.callers["supervisor"].call("POST", "/import/bays", data=body), 413)


# Push endpoints


def with_keys(**keys: str) -> dict[str, Any]:
    subscription = device()
    return {**subscription, "keys": {**subscription["keys"], **keys}}


@pytest.mark.parametrize(
    ("subscription", "pointer"),
    [
        (device("https://evil.example/push"), "/endpoint"),
        (device("http://fcm.googleapis.com/fcm/send"), "/endpoint"),
        (device("https://fcm.googleapis.com:8443/fcm/send"), "/endpoint"),
        (device("https://user@fcm.googleapis.com/fcm/send"), "/endpoint"),
        (device("https://fcm.googleapis.com.evil.example/fcm"), "/endpoint"),
        (device("https://169.254.169.254/latest"), "/endpoint"),
        (device("https://[::1/push"), "/endpoint"),
        (device("file:///etc/passwd"), "/endpoint"),
        (device("http://127.0.0.1:9/" + "x" * 2000), "/endpoint"),
        ({**device(), "endpoint": "not an address"}, "/endpoint"),
        ({**device(), "endpoint": None}, "/endpoint"),
        (with_keys(p256dh="AAAA"), "/keys"),
        (with_keys(p256dh="B" * 87), "/keys"),
        (with_keys(auth="short"), "/keys"),
        (with_keys(auth="not base64!"), "/keys"),
        (with_keys(secret="x"), "/keys/secret"),
        ({"endpoint": "http://127.0.0.1:9/push"}, "/keys"),
        ({**device(), "keys": "none"}, "/keys"),
    ],
)
def test_a_phone_that_cannot_be_told_is_not_taken(town: Town, unchanged, subscription, pointer):
    assert pointers(town.officer.phone.call("POST", "/devices", subscription), 422) == {pointer}


# The database


@pytest.fixture(scope="module")
def cut_off(settings: Settings) -> Iterator[Flask]:
    """An application whose database is away."""
    away = replace(settings, database_url="postgresql+psycopg://openpatrol@127.0.0.1:1/openpatrol")
    app = create_app(away)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_without_the_database_everything_asks_to_be_tried_again(
    cut_off: Flask, town: Town, routes: list[Route]
):
    token = f"op_{uuid4().hex}_secret"
    browser, machine = Caller(cut_off.test_client()), Caller(cut_off.test_client(), token)
    browser.client.set_cookie("openpatrol", token)
    for route in routes:
        caller = machine if route.roles == () else browser
        answer = caller.call(route.method, route.path({}), body_for(route, town))
        if route.endpoint in ("people.choose_password", "signatures.signing_key"):
            continue  # the made-up link is refused by its look alone; our key is no row
        said = refused(answer, 503)
        assert answer.headers["Retry-After"] == "5", route
        assert "127.0.0.1" not in said["detail"]


def test_without_the_database_it_lives_but_is_not_ready(cut_off: Flask):
    client = cut_off.test_client()
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()) == (503, {"status": "no", "database": "away"})
    assert client.get("/metrics").status_code == 503
    with client.get("/patrol/") as page:
        assert page.status_code == 200
