"""Signs of life, and being told of new work while the page is open."""

import json
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Route, expect

from enforcement.simulation.stack import Stack

from .axe import violations
from .conftest import Street, phone_in
from .officer import on_shift

NOTE_SIGNALS = """
    navigator.vibrate = (pattern) => { (window.buzzed ??= []).push(pattern); return true; };
    navigator.setAppBadge = async (count) => { window.badge = count; };
    navigator.clearAppBadge = async () => { window.badge = 0; };
"""


def nearly_due(route: Route) -> None:
    """The server's answer, as it will be when the time is nearly over."""
    answer = route.fetch()
    me = answer.json()
    me["shift"]["check_in_by"] = (datetime.now(UTC) + timedelta(seconds=50)).isoformat()
    route.fulfill(response=answer, body=json.dumps(me))


def test_an_officer_asks_for_signs_of_life_is_asked_in_time_and_answers_with_one_tap(
    chromium: Browser, stack: Stack, street: Street
):
    context = phone_in(chromium, street, service_workers="block")
    page = on_shift(context, street)
    page.goto(f"{stack.url}/patrol/#day")
    page.get_by_label("Sign of life").select_option("Every 20 min")
    expect(page.locator("day-screen check-in-line")).to_contain_text("Sign of life due by")
    assert violations(page) == []
    page.route("**/api/v1/me", nearly_due)
    page.get_by_label("Sign of life").select_option("Every 15 min")
    banner = page.locator("header check-in-line")
    expect(banner).to_contain_text("Are you all right?")
    assert violations(page) == []
    context.set_offline(True)
    banner.get_by_role("button", name="I’m all right").click()
    expect(banner).to_contain_text("This has not reached anybody yet")
    page.unroute_all(behavior="ignoreErrors")
    context.set_offline(False)
    expect(banner).to_be_hidden(timeout=15_000)
    context.close()


def test_new_work_is_said_and_felt_once_on_every_screen_and_counted_on_the_badge(
    chromium: Browser, street: Street
):
    context = phone_in(chromium, street)
    context.add_init_script(NOTE_SIGNALS)
    page = on_shift(context, street)
    page.get_by_role("link", name="Map").click()
    street.car_is_over(minutes=25)
    expect(page.get_by_text(f"New: Judd Street, bay {street.name}.")).to_be_visible()
    assert len(page.evaluate("window.buzzed")) == 1
    assert page.evaluate("window.badge") == 1
    page.get_by_role("link", name="Show it").click()
    page.get_by_role("button", name="I’m going").click()
    page.get_by_role("button", name="I’m here").click()
    assert len(page.evaluate("window.buzzed")) == 1
    assert page.evaluate("window.badge") == 1
    page.get_by_role("button", name="Advised and moved").click()
    page.wait_for_function("() => window.badge === 0")
    context.close()


def test_new_work_that_comes_while_the_next_screen_is_fetched_is_said_on_that_one(
    chromium: Browser, street: Street
):
    context = phone_in(chromium, street, service_workers="block")
    page = on_shift(context, street)
    held: list[Route] = []
    page.route("**/screens/map-screen.js", lambda route: held.append(route))
    page.get_by_role("link", name="Map").click()
    street.car_is_over(minutes=25)
    expect(page.locator("task-card")).to_contain_text(street.name)
    held[0].continue_()
    expect(page.get_by_role("heading", name="Map")).to_be_visible()
    expect(page.get_by_text(f"New: Judd Street, bay {street.name}.")).to_be_visible()
    context.close()
