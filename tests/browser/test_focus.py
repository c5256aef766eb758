"""Where a keyboard and a screen reader find themselves when what they pressed has gone."""

from playwright.sync_api import Browser, Page, expect

from .conftest import Street, phone_in
from .officer import PLANNED_WITHIN, opened


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).focus(timeout=PLANNED_WITHIN)
    page.keyboard.press("Enter")


def test_whoever_presses_a_button_stands_at_the_heading_of_what_came(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = opened(context, street)
    press(page, "Start my shift")
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_focused()
    street.car_is_over(minutes=25)
    press(page, "I’m going")
    expect(page.locator("task-card h1")).to_be_focused()
    press(page, "I’m here")
    expect(page.locator("task-card h1")).to_be_focused()
    context.close()


def test_who_skips_to_what_is_on_the_screen_stays_on_it(chromium: Browser, street: Street):
    context = phone_in(chromium, street)
    page = opened(context, street, "settings")
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    page.get_by_role("link", name="Skip to what is on now").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    assert page.url.endswith("#settings")
    context.close()
