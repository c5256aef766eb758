"""An officer's day in a real browser: the briefing before it, the log after it."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ..builders import square
from .axe import violations_day_and_night
from .conftest import Street, app_is_kept, phone_in
from .officer import opened, typing_is_kept

COVERED = """() => [...document.querySelectorAll('sos-button button, tab-bar a')].filter((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return !each.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}).map((each) => each.textContent.trim())"""


def open_day(context: BrowserContext, street: Street) -> Page:
    page = opened(context, street, "day")
    expect(page.get_by_role("heading", name="Your day")).to_be_visible()
    return page


def read_briefings(street: Street) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = street.admin.get("/briefings")["items"]
    return [each for each in found if each["shift_id"] == street.shift["id"]]


def sent(page: Page) -> None:
    expect(page.get_by_role("link", name="Outbox", exact=True)).to_be_visible()


def test_a_briefing_that_is_read_without_signal_arrives_later(chromium: Browser, street: Street):
    street.admin.post("/briefing-notes", {"text": f"Roadworks near {street.name}", "hazard": True})
    context = phone_in(chromium, street)
    page = open_day(context, street)
    expect(page.get_by_text(f"Roadworks near {street.name}")).to_be_visible()
    app_is_kept(page)
    context.set_offline(True)
    page.reload()
    expect(page.get_by_text("to be read")).to_be_visible()
    page.get_by_role("button", name="All of it is in order").click()
    radio = page.get_by_role("group", name="Radio", exact=True)
    radio.get_by_label("Not in order").check()
    radio.get_by_label("What is wrong").fill("Does not charge")
    typing_is_kept(page)
    page.reload()  # what was filled in is still there
    expect(radio.get_by_label("What is wrong")).to_have_value("Does not charge")
    page.get_by_role("button", name="I have read it").click()
    expect(page.locator("briefing-card summary")).to_contain_text("read")
    expect(page.get_by_text("to be read")).to_be_hidden()
    assert read_briefings(street) == []
    context.set_offline(False)
    sent(page)
    (read,) = read_briefings(street)
    assert read["faults"] == 1
    assert {"item": "Radio", "ok": False, "note": "Does not charge"} in read["equipment"]
    page.reload()
    expect(page.locator("briefing-card summary")).to_contain_text("read")
    context.close()


def test_a_briefing_that_changes_says_so(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = open_day(context, street)
    page.get_by_role("button", name="All of it is in order").click()
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("to be read")).to_be_hidden()
    sent(page)
    street.admin.post("/briefing-notes", {"text": f"Market day, says {street.name}"})
    page.reload()
    expect(page.get_by_text("changed since you read it")).to_be_visible()
    expect(page.get_by_text(f"Market day, says {street.name}")).to_be_visible()
    context.close()


def test_a_break_says_how_long_it_has_lasted(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = open_day(context, street)
    page.get_by_role("button", name="Start my shift").click()
    page.get_by_role("button", name="Take a break").click()
    expect(page.get_by_role("heading", name="On a break")).to_be_visible()
    expect(page.locator("duty-card [data-clock]")).to_have_text("0:02")
    page.get_by_role("button", name="Back on patrol").click()
    page.get_by_role("button", name="10 min").click()
    expect(page.get_by_role("heading", name="With someone")).to_be_visible()
    expect(page.locator("duty-card")).to_contain_text("until")
    page.get_by_role("button", name="Back on patrol").click()
    expect(page.get_by_role("heading", name="On patrol")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("said", "is_then"),
    [
        ("I’m observing", "Observing"),
        ("I’m serving a notice", "Serving a notice"),
        ("I’m with someone", "With someone"),
        ("Something has happened", "At an incident"),
        ("Take a break", "On a break"),
    ],
)
def test_nothing_comes_to_an_officer_who_is_not_to_be_disturbed(
    chromium: Browser, street: Street, said: str, is_then: str
):
    context = phone_in(chromium, street)
    context.add_init_script("navigator.vibrate = (how) => { (window.buzzed ??= []).push(how); return true; }")
    page = open_day(context, street)
    page.get_by_role("button", name="Start my shift").click()
    page.get_by_role("button", name=said).click()
    expect(page.get_by_role("heading", name=is_then)).to_be_visible()
    sent(page)
    street.car_is_over(minutes=25)
    page.get_by_role("link", name="Task", exact=True).click()
    expect(page.get_by_role("heading", name=is_then)).to_be_visible()
    assert page.evaluate("window.buzzed ?? []") == []
    page.get_by_role("button", name="Back on patrol").click()
    expect(page.get_by_role("button", name="I’m going")).to_be_visible()
    expect(page.locator("notice-line .notice")).to_have_count(0)  # the card itself tells of it
    assert len(page.evaluate("window.buzzed")) == 1
    context.close()


def test_other_zones_are_told_on_whatever_screen_the_officer_is(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = open_day(context, street)
    page.get_by_role("button", name="Start my shift").click()
    page.get_by_role("link", name="Found", exact=True).click()
    sent(page)
    outline = square(street.lon, street.lat + 0.004)
    zone = street.admin.post("/zones", {"name": f"North {street.name}", "outline": outline})["id"]
    street.admin.patch(f"/shifts/{street.shift['id']}", {"zones": [zone]})
    said = page.get_by_role("status").filter(has_text=f"You have other zones now: North {street.name}.")
    expect(said).to_be_visible()
    expect(page.locator("shift-bar")).to_contain_text(f"North {street.name}")
    for size in ("100", "200"):
        page.evaluate(f"import('/patrol/settings.js').then(({{ choose }}) => choose('text', '{size}'))")
        assert page.evaluate(COVERED) == []
    said.get_by_role("button", name="Close").click()
    page.reload()
    expect(page.locator("shift-bar")).to_contain_text(f"North {street.name}")
    expect(said).to_be_hidden()
    context.close()


def test_the_log_begins_with_the_shift_in_numbers(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = open_day(context, street)
    page.get_by_role("button", name="Start my shift").click()
    page.get_by_role("button", name="Take a break").click()
    page.get_by_role("button", name="Finish my shift").click()
    numbers = page.locator("log-card .numbers")
    expect(numbers).to_contain_text("Attended0", timeout=20_000)
    expect(numbers).to_contain_text("Breaks1, 0 s")
    context.close()


def test_the_log_of_the_day_is_looked_over_and_signed(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = open_day(context, street)
    page.get_by_role("button", name="Start my shift").click()
    page.get_by_role("button", name="Finish my shift").click()
    expect(page.get_by_text("must be sent before the log is complete")).to_be_visible()
    log = page.get_by_role("region", name="The log of your shift")
    expect(log.last).to_contain_text("Shift ended", timeout=20_000)
    page.get_by_role("button", name="Sign the log").click()
    expect(page.get_by_text("Type your name to sign.")).to_be_visible()
    expect(page.get_by_label("Your name")).to_be_focused()
    page.get_by_label("Your name").fill("Olu")
    page.get_by_role("button", name="Sign the log").click()
    expect(page.get_by_text("Signed at")).to_be_visible()
    expect(page.get_by_role("button", name="Leave this phone to the next officer")).to_be_visible()
    signed = street.admin.get(f"/shifts/{street.shift['id']}/log")
    assert signed["signed_at"]
    assert "Signed by its officer as “Olu”" in signed["document"]
    page.get_by_role("button", name="Leave this phone to the next officer").click()
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()


def test_a_log_is_not_to_be_signed_while_the_server_lacks_a_step(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = open_day(context, street)
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("button", name="Take a break")).to_be_visible()
    context.set_offline(True)
    page.get_by_role("button", name="Finish my shift").click()
    page.wait_for_function("() => !document.querySelector('undo-bar').firstChild", timeout=20_000)
    expect(page.get_by_text("must be sent before the log is complete")).to_be_visible()
    expect(page.get_by_role("button", name="Sign the log")).to_be_hidden()
    context.set_offline(False)
    expect(page.get_by_role("button", name="Sign the log")).to_be_visible(timeout=30_000)
    context.close()


def test_the_day_is_for_everybody(chromium: Browser, street: Street):
    street.admin.post("/briefing-notes", {"text": f"Roadworks near {street.name}", "hazard": True})
    context = phone_in(chromium, street)
    page = open_day(context, street)
    page.set_viewport_size({"width": 360, "height": 2400})  # nothing half under the bars
    expect(page.get_by_role("button", name="I have read it")).to_be_visible()
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="All of it is in order").click()
    page.get_by_role("group", name="Radio", exact=True).get_by_label("Not in order").check()
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="Start my shift").click()
    page.get_by_role("button", name="Take a break").click()
    expect(page.get_by_role("heading", name="On a break")).to_be_visible()
    assert violations_day_and_night(page) == []
    page.get_by_role("button", name="Finish my shift").click()
    expect(page.get_by_role("button", name="Sign the log")).to_be_visible(timeout=20_000)
    assert violations_day_and_night(page) == []
    context.close()
