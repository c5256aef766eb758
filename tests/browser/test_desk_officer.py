"""A supervisor and an officer on shift: words to them, a phone that was lost, and what they say by radio."""

from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.client import ApiClient

from ..builders import step
from .axe import violations_day_and_night
from .conftest import Street, phone_in, sign_in, signed_in
from .officer import PLANNED_WITHIN, SENT_WITHIN, on_shift

WORDS = "Come to the market when you are done"


def open_shift(desk: Page, street: Street) -> None:
    day = street.shift["planned_from"][:10]
    desk.goto(f"{street.stack.url}/desk/#shifts/plan/{day}/{street.shift['id']}")
    expect(desk.get_by_role("heading", name="Olu", exact=True)).to_be_visible()


def begun(street: Street) -> ApiClient:
    """Their shift is on, by a phone that is not looked at."""
    officer = signed_in(street, street.officer)
    officer.post(f"/shifts/{street.shift['id']}/start", step())
    return officer


def test_a_message_reaches_the_officer_and_the_desk_sees_that_it_was_read(
    chromium: Browser, desk: Page, street: Street
):
    context = phone_in(chromium, street)
    phone = on_shift(context, street)
    open_shift(desk, street)
    desk.get_by_text("Write to them").click()
    desk.get_by_label("Message", exact=True).fill(WORDS)
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_text("Not read yet")).to_be_visible()
    expect(phone.get_by_text(WORDS)).to_be_visible()
    assert violations_day_and_night(phone) == []
    assert violations_day_and_night(desk) == []
    phone.get_by_role("button", name="I’ve read it").click()
    expect(phone.get_by_text(WORDS)).to_be_hidden()
    expect(desk.get_by_text("Read at")).to_be_visible(timeout=SENT_WITHIN)
    context.close()


def test_a_phone_is_signed_out_as_lost_and_found_again(chromium: Browser, desk: Page, street: Street):
    context = phone_in(chromium, street)
    phone = on_shift(context, street)
    open_shift(desk, street)
    desk.get_by_text("Their phones").click()
    desk.get_by_role("button", name="Lost: sign it out").click()
    expect(desk.get_by_text("Signed out as lost,")).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("Password")).to_be_visible()
    sign_in(phone, street.officer)
    expect(phone.locator("lost-line")).to_be_visible()
    desk.get_by_role("button", name="It was found").click()
    expect(desk.get_by_text("Signed out as lost,")).to_have_count(0)
    phone.reload()
    expect(phone.locator("tab-bar")).to_be_visible()
    expect(phone.locator("lost-line")).to_be_hidden()
    context.close()


def test_a_visit_by_radio(desk: Page, street: Street):
    open_shift(desk, street)
    desk.get_by_text("By radio: record what they say").click()
    desk.get_by_role("button", name="They start their shift").click()
    expect(desk.locator("shift-panel .facts").get_by_text("On patrol")).to_be_visible()
    street.car_is_over(minutes=25)
    desk.get_by_role("button", name="They are going").click(timeout=PLANNED_WITHIN)
    desk.get_by_role("button", name="They are there").click()
    expect(desk.get_by_role("button", name="They are there")).to_have_count(0)
    desk.get_by_label("How it ended").select_option("advised_and_moved")
    desk.locator("form[name='task outcome'] button").click()
    expect(desk.get_by_text("Recorded, by radio.")).to_be_visible()
    expect(desk.get_by_label("How it ended")).to_have_count(0)
    [task] = [
        each
        for each in street.admin.get("/tasks", state="closed", limit=50)["items"]
        if each["bay"]["reference"] == street.name
    ]
    assert task["outcome"] == "advised_and_moved"
    story = street.admin.get("/journal", subject_id=task["id"])["items"]
    assert {each["kind"] for each in story if each["facts"].get("radio")} >= {"task.accept", "task.close"}


def test_a_sign_of_life_is_asked_for_and_the_shift_is_ended(desk: Page, street: Street):
    begun(street)
    open_shift(desk, street)
    desk.get_by_text("Sign of life", exact=True).click()
    desk.get_by_label("Ask for a sign of life").select_option("30")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("The next is due by")).to_be_visible()
    desk.get_by_text("End this shift").click()
    desk.get_by_role("button", name="End it now").click()
    expect(desk.locator("shift-panel .facts").get_by_text("Ended", exact=True)).to_be_visible()


def test_an_officer_has_no_business_at_the_desk(chromium: Browser, street: Street):
    page = chromium.new_context().new_page()
    page.goto(f"{street.stack.url}/desk/#shifts/plan")
    sign_in(page, street.officer)
    expect(page.get_by_role("heading", name="This page is for supervisors")).to_be_visible()
    expect(page.locator("plan-table")).to_have_count(0)
    page.context.close()
