"""WCAG 2.2 AA by axe, on every screen there is, by day and by night."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from .conftest import DESK, Street, phone_in, sign_in

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CHECK = """async () => (await axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
})).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)"""


def violations(page: Page) -> list[Any]:
    page.evaluate(AXE.read_text())
    found: list[Any] = page.evaluate(CHECK)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_officers_screens(chromium: Browser, stack: Stack, street: Street, scheme: Any):
    context = phone_in(chromium, street, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert violations(page) == []
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    assert violations(page) == []
    street.car_is_over(minutes=25)
    page.get_by_role("button", name="I’m going").click(timeout=15_000)
    assert violations(page) == []
    page.get_by_role("button", name="I’m here").click()
    expect(page.get_by_role("heading", name="How it ended")).to_be_visible()
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk(chromium: Browser, stack: Stack, street: Street, scheme: Any):
    context = chromium.new_context(viewport=DESK, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{stack.url}/desk/")
    street.car_is_over(minutes=25)
    sign_in(page, street.supervisor)
    page.get_by_role("link", name=street.name).or_(page.get_by_role("button", name=street.name)).first.click()
    expect(page.get_by_role("button", name="Call off")).to_be_visible()
    assert violations(page) == []
    context.close()
