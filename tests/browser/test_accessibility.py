"""WCAG 2.2 AA by axe, on the screens that have no tests of their own, by day and by night."""

from datetime import UTC, datetime
from uuid import uuid4

from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from .axe import violations_day_and_night
from .conftest import AS_LIST, DESK, Street, phone_in, sign_in, signed_in
from .officer import finds_a_fault
from .offline import GENEROUS, Phone, task_of


def test_an_officers_screens(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert violations_day_and_night(page) == []
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    assert violations_day_and_night(page) == []
    street.car_is_over(minutes=25)
    page.get_by_role("button", name="I’m going").click(timeout=15_000)
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="I’m here").click()
    expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    assert violations_day_and_night(page) == []
    context.close()


def open_outbox(page: Page) -> None:
    page.locator("tab-bar [data-place=outbox]").click()
    expect(page.get_by_role("heading", name="Outbox")).to_be_visible()


def test_the_outbox_empty_waiting_refused_and_beside_the_task_as_it_is_now(chromium: Browser, street: Street):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    page = phone.page
    phone.all_sent()
    open_outbox(page)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    assert violations_day_and_night(page) == []

    page.route("**/sightings", finds_a_fault)
    phone.context.set_offline(True)
    page.get_by_role("link", name="Task", exact=True).click()
    phone.arrives()
    phone.looks("AB12CDE")
    open_outbox(page)
    expect(page.get_by_text("waits for signal since").first).to_be_visible()
    assert violations_day_and_night(page) == []

    phone.context.set_offline(False)
    expect(page.get_by_label("Number plate")).to_have_value("AB12 CDE", timeout=GENEROUS)
    assert violations_day_and_night(page) == []

    page.unroute("**/sightings")
    page.get_by_role("button", name="Correct and send").click()
    phone.all_sent()
    phone.context.set_offline(True)
    page.get_by_role("link", name="Task", exact=True).click()
    phone.ends("gone_on_arrival")
    looked = {"id": str(uuid4()), "recorded_at": datetime.now(UTC).isoformat(), "note": "Nobody near."}
    signed_in(street, street.officer).post(
        f"/tasks/{task['id']}/sightings", looked | {"version": version_of(phone)}
    )
    phone.context.set_offline(False)
    page.locator("needs-line").get_by_role("link").click(timeout=GENEROUS)
    expect(page.locator("refused-step")).to_contain_text("The task now")
    expect(page.get_by_role("button", name="Send it again")).to_be_visible()
    assert violations_day_and_night(page) == []
    phone.context.close()


def version_of(phone: Phone) -> int:
    """The task's, as the server has it."""
    found: int = task_of(phone.supervisor, phone.street)["version"]
    return found


def test_the_desk(chromium: Browser, stack: Stack, street: Street):
    context = chromium.new_context(viewport=DESK)
    context.add_init_script(AS_LIST)
    page = context.new_page()
    page.goto(f"{stack.url}/desk/")
    street.car_is_over(minutes=25)
    sign_in(page, street.supervisor)
    page.get_by_role("link", name=street.name).or_(page.get_by_role("button", name=street.name)).first.click()
    expect(page.get_by_role("button", name="Call off")).to_be_visible()
    assert violations_day_and_night(page) == []
    context.close()
