"""SOS: from the officer's hand to the supervisor's page and back, whatever state phone, shift and network are in."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from enforcement.simulation.stack import Stack

from .axe import violations_day_and_night
from .conftest import Street, app_is_kept, desk_of, phone_in, sign_in, signed_in
from .officer import opened

PHONE_NUMBER, TEXT_NUMBER = "+44 1632 960001", "07700 900123"
HOLD_MS = 1_400


@pytest.fixture
def control_room(street: Street) -> Street:
    """The council has said whom its officers call."""
    numbers = {"control_room_phone": PHONE_NUMBER, "control_room_sms": TEXT_NUMBER}
    policy = street.admin.get("/authority")["policy"] | numbers
    street.admin.patch("/authority", {"policy": policy})
    return street


def officers_page(context: BrowserContext, street: Street) -> Page:
    page = opened(context, street)
    expect(page.get_by_role("button", name="Start my shift")).to_be_visible()
    return page


def hold_sos(page: Page) -> None:
    box = page.locator("sos-button button").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(HOLD_MS)
    page.mouse.up()


def calls(street: Street) -> list[dict[str, Any]]:
    supervisor = signed_in(street, street.supervisor)
    found = supervisor.get("/alerts")["items"]
    officer = street.shift["officer"]["id"]
    return [each for each in found if each["kind"] == "sos" and each["subject_id"] == officer]


def test_held_before_the_shift_it_reaches_the_desk_and_comes_back_as_seen(
    chromium: Browser, control_room: Street
):
    desk = desk_of(chromium, control_room)
    expect(desk.get_by_role("heading", name="Tasks")).to_be_visible()
    context = phone_in(chromium, control_room)
    page = officers_page(context, control_room)
    page.locator("sos-button button").click()
    expect(page.get_by_text("hold SOS until the bar is full")).to_be_visible()
    assert violations_day_and_night(page) == []
    assert calls(control_room) == []
    hold_sos(page)
    expect(page.get_by_text("Sent at")).to_be_visible()
    assert violations_day_and_night(page) == []
    expect(desk.get_by_role("alert")).to_contain_text("SOS: Olu.", timeout=15_000)
    expect(desk.get_by_text("within 8 m").first).to_be_visible(timeout=15_000)
    mine = desk.locator("alert-list li").filter(has_text="Olu").filter(has_text="within 8 m").first
    mine.get_by_role("button", name="I’m on it").click()
    expect(page.get_by_text("Seen by your supervisor")).to_be_visible()
    desk.get_by_role("button", name="Dealt with").first.click()
    expect(page.get_by_text("has put this call away")).to_be_visible()
    assert violations_day_and_night(page) == []
    context.close()
    desk.context.close()


def test_without_a_network_it_says_so_offers_other_ways_and_gets_through_after_a_reload(
    chromium: Browser, control_room: Street
):
    context = phone_in(chromium, control_room)
    page = officers_page(context, control_room)
    app_is_kept(page)
    context.set_offline(True)
    hold_sos(page)
    expect(page.get_by_text("This has NOT reached anybody")).to_be_visible()
    assert violations_day_and_night(page) == []
    call = page.get_by_role("link", name="Call the control room")
    assert call.get_attribute("href") == "tel:+441632960001"
    text = page.get_by_role("link", name="Text the control room").get_attribute("href")
    assert text
    assert text.startswith("sms:07700900123?&body=SOS%20from%20Olu")
    assert f"{control_room.lon:.5f}"[:6] in text
    assert page.get_by_role("link", name="Call 999").get_attribute("href") == "tel:999"
    assert calls(control_room) == []
    page.reload()
    expect(page.get_by_role("heading", name="Your call for help")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("Sent at")).to_be_visible()
    (alarm,) = calls(control_room)
    assert alarm["position"]["accuracy_m"] == 8
    context.close()


def test_by_keys_it_takes_two_presses_and_what_was_nothing_is_taken_back(
    chromium: Browser, control_room: Street
):
    context = phone_in(chromium, control_room)
    page = officers_page(context, control_room)
    page.locator("sos-button button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Press once more to call for help")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sent at")).to_be_visible()
    page.get_by_role("button", name="It was nothing").click()
    expect(page.get_by_text("Taken back: it was nothing")).to_be_visible()
    assert calls(control_room) == []
    page.get_by_role("button", name="Back to the app").click()
    expect(page.locator("sos-button button")).to_have_text("SOS")
    context.close()


def test_it_works_on_a_break_after_the_shift_and_says_when_the_phone_is_signed_out(
    chromium: Browser, stack: Stack, control_room: Street
):
    context = phone_in(chromium, control_room)
    page = officers_page(context, control_room)
    page.get_by_role("button", name="Start my shift").click()
    page.goto(f"{stack.url}/patrol/#day")
    page.get_by_role("button", name="Take a break").click()
    expect(page.get_by_role("heading", name="On a break")).to_be_visible()
    hold_sos(page)
    expect(page.get_by_text("Sent at")).to_be_visible()
    assert len(calls(control_room)) == 1
    page.get_by_role("button", name="It was nothing").click()
    page.get_by_role("button", name="Back to the app", exact=True).click()

    page.get_by_role("button", name="Finish my shift").click()
    expect(page.locator("duty-card")).to_be_hidden()
    context.set_offline(True)
    hold_sos(page)
    expect(page.get_by_text("This has NOT reached anybody")).to_be_visible()
    for way in ("Call the control room", "Text the control room", "Call 999"):
        expect(page.get_by_role("link", name=way)).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("Sent at")).to_be_visible()
    assert len(calls(control_room)) == 1
    page.get_by_role("button", name="It was nothing").click()
    page.get_by_role("button", name="Back to the app", exact=True).click()

    context.clear_cookies()
    hold_sos(page)
    expect(page.get_by_text("the phone is signed out")).to_be_visible()
    assert page.get_by_role("link", name="Call the control room").is_visible()
    page.get_by_role("button", name="Back to the app").click()
    sign_in(page, control_room.officer)
    expect(page.locator("sos-button button")).to_have_text("SOS: sent")
    assert len(calls(control_room)) == 1
    context.close()
