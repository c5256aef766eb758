"""Who may come in, and where: every route is walked with every role and every kind of key."""

import pytest

from enforcement.people import SCOPES

from ..builders import ORIGIN, Caller, Council
from .walk import PREFIX, ROLES, Route, Town, is_problem

OPEN = {
    "/", "/api/docs", "/api/docs.js", "/api/v1/password", "/api/v1/sign-in", "/api/v1/signing-key",
    "/healthz", "/metrics", "/readyz",
    "/sw.js", "/vendor/<path:path>",
    "/patrol/",
    "/<any(patrol, desk, board, shared, password):folder>/",
    "/<any(patrol, desk, board, shared, password):folder>/<path:path>",
}  # fmt: skip
DESCRIPTION = "/api/openapi.json"  # flask-smorest's own
OFFICERS_WRITE = {
    "DELETE /devices/<uuid:device_id>",
    "PATCH /me",
    "POST /devices",
    "POST /devices/<uuid:device_id>/test",
    "POST /found",
    "POST /messages/<uuid:message_id>/read",
    "POST /notifications/<uuid:notification_id>/receipt",
    "POST /positions",
    "POST /shifts/<uuid:shift_id>/briefing",
    "POST /shifts/<uuid:shift_id>/check-in",
    "POST /shifts/<uuid:shift_id>/end",
    "POST /shifts/<uuid:shift_id>/log/sign",
    "POST /shifts/<uuid:shift_id>/start",
    "POST /shifts/<uuid:shift_id>/state",
    "POST /sign-ins/<uuid:sign_in_id>/sign-out",
    "POST /sign-out",
    "POST /sos",
    "POST /sos/<uuid:alert_id>/cancel",
    "POST /tasks/<uuid:task_id>/accept",
    "POST /tasks/<uuid:task_id>/arrive",
    "POST /tasks/<uuid:task_id>/decline",
    "POST /tasks/<uuid:task_id>/look-again",
    "POST /tasks/<uuid:task_id>/outcome",
    "POST /tasks/<uuid:task_id>/rights",
    "POST /tasks/<uuid:task_id>/preparation",
    "POST /tasks/<uuid:task_id>/sightings",
    "PUT /shifts/<uuid:shift_id>/check-ins",
    "PUT /sightings/<uuid:sighting_id>/photos/<string(length=64):sha256>",
    "POST /tasks/<uuid:task_id>/sightings/<uuid:sighting_id>/addenda",
    "POST /tasks/<uuid:task_id>/sightings/<uuid:sighting_id>/misread",
}
ADMINISTRATORS_ONLY = {
    "DELETE /keys/<uuid:key_id>",
    "DELETE /rights/providers/<uuid:provider_id>",
    "GET /keys",
    "PATCH /authority",
    "PATCH /people/<uuid:person_id>",
    "PATCH /rights/providers/<uuid:provider_id>",
    "POST /keys",
    "POST /people",
    "POST /import/rights",
    "POST /reset-links",
    "POST /rights/providers",
    "POST /rights/providers/<uuid:provider_id>/test",
}
UNREADABLE = {"data": b"{", "content_type": "application/json"}


@pytest.fixture(scope="module")
def guarded(routes: list[Route]) -> list[Route]:
    return [route for route in routes if route.roles is not None]


def named(routes: list[Route]) -> set[str]:
    return {str(route).replace(PREFIX, "") for route in routes}


def send(caller: Caller, route: Route, **kwargs):
    """The request without a body that could be understood: a guard that is passed answers 400, 404 or 422."""
    return caller.call(
        route.method, route.path({}), **({} if route.method == "GET" else UNREADABLE), **kwargs
    )


def test_every_route_says_whom_it_is_open_to(app):
    silent = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "guard")
    }
    assert silent == {DESCRIPTION}


def test_open_to_all_is_what_is_meant_to_be_and_nothing_else(app):
    views = {rule.rule: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    assert {
        rule for rule, view in views.items() if rule != DESCRIPTION and view.guard["roles"] is None
    } == OPEN


def test_officers_change_only_their_own_work(guarded):
    theirs = [route for route in guarded if "officer" in route.roles and route.method != "GET"]
    assert named(theirs) == OFFICERS_WRITE


def test_people_keys_and_policy_are_the_administrators(guarded):
    assert named([route for route in guarded if route.roles == ("administrator",)]) == ADMINISTRATORS_ONLY


def test_keys_write_readings_places_and_rights_and_nothing_else(guarded):
    writes = {route.scope for route in guarded if route.scope and route.method != "GET"}
    assert writes == {"readings:write", "places:write", "rights:write"}
    assert {route.scope for route in guarded} - {None} == set(SCOPES)


def test_a_stranger_learns_nothing_whatever_they_send(town: Town, guarded):
    stranger = town.council.browser()
    for route in guarded:
        answer = send(stranger, route)
        assert (answer.status_code, is_problem(answer)) == (401, True), route
        assert answer.headers["WWW-Authenticate"] == "Bearer", route


@pytest.mark.parametrize("role", ROLES)
def test_a_role_comes_in_where_its_routes_say_and_nowhere_else(town: Town, guarded, role):
    for route in guarded:
        if route.endpoint == "people.sign_out":
            continue
        answer = send(town.callers[role], route)
        if role in route.roles:
            assert answer.status_code in (200, 400, 404), f"{role}: {route}: {answer.status}"
        else:
            assert (answer.status_code, is_problem(answer)) == (403, True), f"{role}: {route}"


def test_a_key_opens_what_its_scope_names_and_nothing_else(town: Town, guarded):
    for route in guarded:
        others = [scope for scope in SCOPES if scope != route.scope]
        answer = send(town.key(*others), route)
        assert (answer.status_code, is_problem(answer)) == (403, True), route
        if route.scope:
            answer = send(town.key(route.scope), route)
            assert answer.status_code in (200, 400, 404), f"{route}: {answer.status}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "https://localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {},
    ],
    ids=str,
)
def test_a_write_from_another_site_is_refused(town: Town, guarded, headers):
    for role, caller in town.callers.items():
        elsewhere = Caller(caller.client)
        elsewhere.headers = headers
        for route in guarded:
            if role in route.roles and route.method != "GET":
                answer = send(elsewhere, route)
                assert (answer.status_code, is_problem(answer)) == (403, True), route


@pytest.mark.parametrize(
    "headers",
    [{"Origin": ORIGIN}, {"Origin": "http://localhost:8000"}, {"Sec-Fetch-Site": "same-origin"}],
    ids=str,
)
def test_a_write_from_our_own_pages_is_taken(town: Town, headers):
    ours = Caller(town.callers["administrator"].client)
    ours.headers = headers
    ours.patch("/authority", {"name": "Camford"}, 200)


def test_another_site_may_not_sign_anyone_in(town: Town):
    wrong = {"email": "nobody@example.org", "password": "whatever it is"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        elsewhere = town.council.browser()
        elsewhere.headers = headers
        elsewhere.post("/sign-in", wrong, 403)


def test_a_key_needs_no_origin_and_beats_a_cookie(town: Town):
    both = Caller(town.callers["administrator"].client)
    both.headers = town.key("places:read").headers
    both.get("/bays")
    both.post("/people", {}, 403)


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer nonsense",
        "Bearer op__",
        "Bearer op_00000000000000000000000000000000_x",
        "Bearer op_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz_x",
        "Bearer op_00000000000000000000000000000000_" + "x" * 5000,
        "Bearer \xff",
        "Basic YTpi",
        "Bearer",
    ],
)
def test_what_is_no_key_of_ours_is_nobodys(town: Town, authorization):
    answer = town.council.browser().call("GET", "/bays", headers={"Authorization": authorization})
    assert (answer.status_code, is_problem(answer)) == (401, True)


def test_a_revoked_key_opens_nothing(council: Council):
    made = council.administrator.post("/keys", {"name": "old", "scopes": ["places:read"]}, 201)
    machine = Caller(council.app.test_client(), made["key"])
    machine.get("/bays")
    council.administrator.delete(f"/keys/{made['id']}", 204)
    assert machine.call("GET", "/bays").status_code == 401
    (listed,) = [key for key in council.administrator.get("/keys")["items"] if key["id"] == made["id"]]
    assert listed["revoked_at"]
    assert made["key"] not in str(council.administrator.get("/keys"))


def test_a_disabled_person_is_out_at_once_and_back_only_by_signing_in(council: Council):
    person, browser = council.person("officer")
    browser.get("/me")
    council.administrator.patch(f"/people/{person}", {"disabled": True}, 200)
    assert browser.call("GET", "/me").status_code == 401
    council.administrator.patch(f"/people/{person}", {"disabled": False}, 200)
    assert browser.call("GET", "/me").status_code == 401


def test_a_sign_in_ends_after_a_fortnight_without_use(council: Council):
    _, browser = council.person("officer")
    for _ in range(3):
        council.clock.forward(days=13)
        browser.get("/me")
    council.clock.forward(days=14, seconds=1)
    assert browser.call("GET", "/me").status_code == 401


def test_a_change_of_role_holds_from_the_next_request(council: Council):
    person, browser = council.person("supervisor")
    browser.get("/people")
    council.administrator.patch(f"/people/{person}", {"role": "officer"}, 200)
    assert browser.call("GET", "/people").status_code == 403


OPENED = [
    {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"},
    {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"},  # a browser that says no more
    {"Sec-Fetch-Mode": "cors", "Referer": f"{ORIGIN}/api/docs"},
]


@pytest.mark.parametrize("headers", OPENED, ids=str)
def test_nothing_of_an_officers_is_opened_in_another_tab_of_a_phone_that_is_locked(
    town: Town, guarded, headers
):
    for route in guarded:
        if "officer" in route.roles and route.method == "GET":
            answer = send(town.callers["officer"], route, headers=headers)
            assert (answer.status_code, is_problem(answer)) == (403, True), route
            assert "in the app" in answer.get_json()["detail"], route


def test_the_app_itself_fetches_all_of_it_and_supervisors_open_what_they_like(town: Town):
    fetched = {"Sec-Fetch-Mode": "cors", "Referer": f"{ORIGIN}/patrol/", "Accept": "application/json"}
    town.callers["officer"].get("/vault", headers=fetched)
    town.callers["officer"].get("/tasks", headers={"Sec-Fetch-Mode": "cors", "Accept": "text/html"})
    for headers in OPENED:
        town.callers["supervisor"].get("/tasks", headers=headers)
