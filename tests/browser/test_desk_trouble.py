"""Trouble with what runs by itself, as the desk tells it: a silent network, silent sensors, nobody at work; and
alarms where nobody looks at the desk."""

import json
import re
from typing import Any

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import create_engine, text

from enforcement.simulation.stack import Stack

from ..adapters.push_service import PushService
from .axe import violations_day_and_night
from .conftest import DESK, SUBSCRIBE, Street, call_for_help, desk_of, sign_in
from .offline import awaited
from .test_patrol import deliver

SOON = 45_000  # ms; workers look every 20 s, and so does the desk
SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration('/desk/')).getNotifications())
    .map(({ title, silent }) => ({ title, silent }))"""


def in_the_database(stack: Stack, statement: str) -> None:
    """What only time would do."""
    engine = create_engine(stack.env["DATABASE_OWNER_URL"])
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_a_network_that_fell_silent_is_one_alarm_until_it_is_heard(
    chromium: Browser, stack: Stack, street: Street
):
    street.car_is_over(minutes=3)
    newest = "(SELECT id FROM api_keys WHERE heard_at IS NOT NULL ORDER BY id DESC LIMIT 1)"
    in_the_database(stack, f"UPDATE api_keys SET heard_at = now() - interval '6 hours' WHERE id = {newest}")
    in_the_database(stack, "UPDATE watches SET since = now() - interval '1 day', look_at = now()")
    page = desk_of(chromium, street)
    alarm = page.locator("alert-list li").filter(has_text="A sensor network has gone quiet")
    expect(alarm).to_contain_text("No readings from “sensors” since", timeout=SOON)
    expect(alarm).to_contain_text("this goes away by itself")
    assert violations_day_and_night(page) == []

    def heard() -> bool:
        street.car_leaves()
        return bool(alarm.count() == 0)

    assert awaited(page, heard)
    page.context.close()


def test_that_nobody_works_is_told_although_nobody_is_there_to_raise_it(
    chromium: Browser, stack: Stack, street: Street
):
    in_the_database(
        stack,
        "UPDATE watches SET looked_at = now() - interval '5 minutes', look_at = now() + interval '1 hour'",
    )
    page = desk_of(chromium, street)
    told = page.get_by_role("alert").filter(has_text="Nothing works in the background since")
    expect(told).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"Sensors \(\d+ silent\)"))).to_be_visible()
    in_the_database(stack, "UPDATE watches SET look_at = now()")
    expect(told).to_be_hidden(timeout=SOON)
    page.context.close()


def test_who_counts_on_hearing_an_alarm_is_told_that_the_page_needs_a_click_first(
    chromium: Browser, street: Street
):
    page = desk_of(chromium, street)
    expect(page.get_by_role("heading", name="Tasks")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Tasks")).to_be_visible()
    silent = page.get_by_text("Sound is off until you click anywhere on this page.")
    expect(silent).to_be_hidden()
    call_for_help(street)
    expect(silent).to_be_visible()
    page.get_by_role("heading", name="Tasks").click()
    expect(silent).to_be_hidden()
    page.context.close()


def sleeps(page: Page, asleep: bool) -> None:
    """The laptop's lid: a page that sleeps runs nothing at all."""
    state = {"state": "frozen" if asleep else "active"}
    page.context.new_cdp_session(page).send("Page.setWebLifecycleState", state)


def test_after_a_sleep_the_alarms_are_right_at_once(chromium: Browser, street: Street):
    page = desk_of(chromium, street)
    expect(page.get_by_role("heading", name="Tasks")).to_be_visible()
    sleeps(page, asleep=True)
    alert = call_for_help(street)
    sleeps(page, asleep=False)
    expect(page.get_by_role("alert")).to_contain_text("SOS: Olu.")
    sleeps(page, asleep=True)
    street.admin.post(f"/alerts/{alert}/resolve")
    sleeps(page, asleep=False)
    expect(page.get_by_role("alert").filter(has_text="SOS: Olu.")).to_have_count(0)
    page.context.close()


def alerted(chromium: Browser, street: Street, push_service: PushService) -> Page:
    """The desk of a supervisor who wants to be alerted on this computer."""
    context = chromium.new_context(viewport=DESK)
    context.set_default_timeout(15_000)
    context.grant_permissions(["notifications"], origin=street.stack.url)
    subscription = push_service.subscribe()
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    context.add_init_script(SUBSCRIBE % json.dumps({"endpoint": subscription.endpoint, "keys": keys}))
    page = context.new_page()
    page.goto(f"{street.stack.url}/desk/")
    sign_in(page, street.supervisor)
    page.get_by_role("button", name="Alert me on this computer when the desk is closed").click()
    expect(page.get_by_role("button", name="Alerts are on here: turn off")).to_be_visible()
    return page


def told(page: Page, push_service: PushService, alert: str, number: int) -> Any:
    """The so-manieth message about this alert, as the computer gets it."""

    def about() -> list[Any]:
        every = [message.json for message in push_service.received]
        return [each for each in every if each["notification"]["data"].get("alert") == alert]

    return awaited(page, lambda: about()[number - 1 : number])[0]


def test_an_alarm_reaches_a_computer_on_which_nobody_looks_at_the_desk_and_goes_when_somebody_is_on_it(
    chromium: Browser, stack: Stack, street: Street, push_service: PushService
):
    page = alerted(chromium, street, push_service)
    alert = call_for_help(street)
    message = told(page, push_service, alert, 1)
    assert message["notification"]["title"] == "SOS from an officer"
    assert "Olu" not in json.dumps(message)
    deliver(page, stack.url, message)
    assert awaited(page, lambda: page.evaluate(SHOWN)) == [{"title": "SOS from an officer", "silent": False}]

    street.admin.post(f"/alerts/{alert}/acknowledge")
    seen = told(page, push_service, alert, 2)
    assert seen["notification"]["title"] == "Somebody is on it"
    assert seen["notification"]["tag"] == message["notification"]["tag"]
    assert awaited(page, lambda: page.evaluate(SHOWN) == [])

    def comes_late() -> Any:
        deliver(page, stack.url, message)  # again: the desk may still be taking away the one before
        return page.evaluate(SHOWN)

    assert awaited(page, comes_late)
    deliver(page, stack.url, seen)
    assert awaited(page, lambda: page.evaluate(SHOWN) == [{"title": "Somebody is on it", "silent": True}])

    page.get_by_role("button", name="Alerts are on here: turn off").click()
    expect(
        page.get_by_role("button", name="Alert me on this computer when the desk is closed")
    ).to_be_visible()
    page.context.close()
