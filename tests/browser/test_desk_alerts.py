"""What needs a supervisor, on the desk: a call for help, and a place that nobody is sent to until it is released."""

import re

from playwright.sync_api import Browser, expect

from ..builders import step
from .axe import violations
from .conftest import Street, call_for_help, desk_of, signed_in


def test_a_call_for_help_and_an_unsafe_place(chromium: Browser, street: Street):
    page = desk_of(chromium, street)
    expect(page.get_by_role("heading", name="Tasks")).to_be_visible()
    call_for_help(street, lon=street.lon, lat=street.lat, accuracy_m=9)
    expect(page.get_by_role("alert")).to_contain_text("SOS: Olu.", timeout=15_000)
    expect(page.get_by_text("within 9 m")).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(1\) !"))
    assert violations(page) == []
    page.get_by_role("button", name="I’m on it").first.click()
    expect(page.get_by_text("Seen by Sunita")).to_be_visible()
    expect(page).not_to_have_title(re.compile("!"))
    page.get_by_role("button", name="Dealt with").first.click()
    expect(page.get_by_text("within 9 m")).to_be_hidden()
    unsafe(street)
    page.get_by_role("button", name="Release the place").first.click(timeout=15_000)
    expect(page.get_by_role("button", name="Release the place")).to_have_count(0)
    page.context.close()


def unsafe(street: Street) -> None:
    """The officer finds it unsafe at the street's car."""
    officer = signed_in(street, street.officer)
    officer.post(f"/shifts/{street.shift['id']}/start", step())
    street.car_is_over(minutes=25)
    for _ in range(200):
        tasks = officer.get("/tasks", state="open")["items"]
        if tasks:
            break
    [task] = tasks
    officer.post(f"/tasks/{task['id']}/decline", {**step(), "version": task["version"], "reason": "unsafe"})
