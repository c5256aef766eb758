"""One phone, several officers: each sees their own and nothing of the others."""

from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from .conftest import Street, app_is_kept, phone_in, sign_in
from .test_accessibility import violations

PIN, WRONG = "2468", "1111"


def with_pin(page: Page, street: Street) -> None:
    page.goto(f"{street.stack.url}/patrol/#settings")
    sign_in(page, street.officer)
    page.locator("summary").filter(has=page.get_by_role("heading", name="PIN and lock")).click()
    page.get_by_label("Choose a PIN").fill("12")
    page.get_by_role("button", name="Set the PIN").click()
    expect(page.get_by_text("A PIN has four to eight digits.")).to_be_visible()
    page.get_by_label("Choose a PIN").fill(PIN)
    page.get_by_role("button", name="Set the PIN").click()
    expect(page.get_by_text("Your PIN is set")).to_be_visible()


def try_pin(page: Page, pin: str) -> None:
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Open").click()


def test_a_pin_locks_the_phone_and_sos_stays(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street)
    page = context.new_page()
    with_pin(page, street)
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_role("heading", name="Olu: your PIN")).to_be_visible()
    assert page.locator("sos-button button").is_visible()
    assert not page.locator("tab-bar").is_visible()
    assert violations(page) == []
    try_pin(page, WRONG)
    expect(page.get_by_text("4 tries are left")).to_be_visible()
    page.reload()
    try_pin(page, PIN)
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    context.close()


def test_after_wrong_pins_only_the_password_opens_it_though_the_sign_in_still_holds(
    chromium: Browser, stack: Stack, street: Street
):
    context = phone_in(chromium, street)
    page = context.new_page()
    with_pin(page, street)
    page.reload()
    for left in (4, 3, 2):
        try_pin(page, WRONG)
        expect(page.get_by_text(f"{left} tries are left")).to_be_visible()
    try_pin(page, WRONG)
    expect(page.get_by_text("One more try")).to_be_visible()
    try_pin(page, WRONG)
    expect(page.get_by_text("Sign in with your password now")).to_be_visible()
    assert violations(page) == []
    page.reload()
    expect(page.get_by_label("Password")).to_be_visible()
    sign_in(page, street.officer)
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    context.close()


def test_the_next_officer_sees_nothing_and_the_first_finds_everything(
    chromium: Browser, stack: Stack, street: Street
):
    other, _ = street.person("officer", "Ada")
    context = phone_in(chromium, street)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").wait_for()
    app_is_kept(page)
    context.set_offline(True)
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    page.goto(f"{stack.url}/patrol/#settings")
    expect(page.get_by_text("One step is not sent yet")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("One step waits on this phone, locked")).to_be_visible()
    assert violations(page) == []
    context.set_offline(False)
    page.reload()
    expect(page.get_by_text("One step of another officer waits")).to_be_visible()
    sign_in(page, other)
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, street.officer)
    page.goto(f"{stack.url}/patrol/#task")
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    started = street.admin.get("/shifts", officer=street.shift["officer"]["id"])["items"][0]
    assert started["started_at"]
    context.close()


def test_somebody_else_at_a_locked_phone_can_go_back_to_the_pin(
    chromium: Browser, stack: Stack, street: Street
):
    context = phone_in(chromium, street)
    page = context.new_page()
    with_pin(page, street)
    page.reload()
    page.get_by_role("button", name="I am somebody else").click()
    expect(page.get_by_label("Password")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="I am Olu: back to my PIN").click()
    try_pin(page, PIN)
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    context.close()
