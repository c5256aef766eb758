"""What each role must not see or do on the desk: page by page, and when it asks the server behind the page's back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from .conftest import DESK, Street, sign_in
from .desk_pages import PAGES

ASK = """async ([method, path, body]) => (await fetch(`/api/v1${path}`, {
    method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body),
})).status"""
WITH_KEY = """async ([path, key]) => (await fetch(`/api/v1${path}`, {
    headers: { Authorization: `Bearer ${key}` },
})).status"""
NOT_OFFICERS = ("/alerts", "/people", "/keys", "/audit", "/rights/providers", "/positions", "/reports/weeks")
ADMINISTRATORS = (
    ("PATCH", "/authority", {"name": "Mine"}),
    ("POST", "/people", {"email": "x@example.org", "name": "X", "role": "administrator"}),
    ("POST", "/keys", {"name": "mine", "scopes": ["places:read"]}),
    ("POST", "/rights/providers", {"kind": "list", "name": "mine"}),
    ("GET", "/keys", None),
)  # fmt: skip


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=DESK)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def came_in(page: Page, stack: Stack, email: str, where: str = "live") -> None:
    page.goto(f"{stack.url}/desk/#{where}")
    sign_in(page, email)


def test_an_officer_is_shown_no_page_of_the_desk_and_the_server_answers_none_of_it(
    page: Page, stack: Stack, street: Street
):
    came_in(page, stack, street.officer)
    for name in PAGES:
        page.evaluate("(name) => { location.hash = name; }", name)
        expect(page.get_by_role("heading", name="This page is for supervisors")).to_be_visible()
        expect(page.locator("main > *, #pages a")).to_have_count(0)
    assert {path: page.evaluate(ASK, ["GET", path, None]) for path in NOT_OFFICERS} == dict.fromkeys(
        NOT_OFFICERS, 403
    )


def test_a_supervisor_sees_no_keys_and_changes_no_policy_people_or_permit_systems(
    page: Page, stack: Stack, street: Street
):
    came_in(page, stack, street.supervisor, "settings")
    expect(page.get_by_role("heading", name="Enforcement policy")).to_be_visible()
    expect(page.locator("settings-nav").get_by_role("link", name="Keys")).to_have_count(0)
    expect(page.locator("policy-form input").first).to_be_disabled()
    for name in ("people", "rights"):
        page.evaluate("(name) => { location.hash = name; }", name)
        expect(page.get_by_role("heading", name=PAGES[name], exact=True)).to_be_visible()
        expect(page.locator("main form:visible")).to_have_count(0)
    page.evaluate("location.hash = 'keys'")
    expect(page.get_by_text("This page is for administrators")).to_be_visible()
    expect(page.locator("main form")).to_have_count(0)
    for call in ADMINISTRATORS:
        assert page.evaluate(ASK, list(call)) == 403, call


def test_an_administrator_sees_every_page(page: Page, stack: Stack, street: Street):
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    came_in(page, stack, "ada@example.org")
    for name, heading in PAGES.items():
        page.evaluate("(name) => { location.hash = name; }", name)
        expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_attached()
        expect(page.locator("#pages a[aria-current]")).to_have_count(1)
    assert faults == []


@pytest.mark.parametrize("scope", ["board:read", "readings:write", "places:read"])
def test_a_key_opens_no_page_of_the_desk(page: Page, stack: Stack, street: Street, scope: str):
    key = street.admin.post("/keys", {"name": "a machine", "scopes": [scope]})["key"]
    page.goto(f"{stack.url}/desk/#{key}")
    expect(page.get_by_label("E-mail")).to_be_visible()
    expect(page.locator("main > *")).to_have_count(0)
    paths = ("/me", "/tasks", "/people", "/journal", "/audit", "/alerts", "/reports/weeks")
    assert {page.evaluate(WITH_KEY, [path, key]) for path in paths} <= {401, 403}
