"""Every page of the desk, by day and by night, of a council that has just begun and of one at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from ..desk_town import lay_out
from ..stacks import found
from .axe import violations, violations_day_and_night
from .conftest import DESK, sign_in
from .desk_pages import COUNTING, PAGES, open_page

NARROW = 390  # px
WIDER = """() => document.documentElement.scrollWidth > innerWidth"""


@pytest.fixture(scope="module")
def beginners(stack: Stack) -> str:
    """The e-mail of the administrator of a council without anything."""
    return new_council(stack)


@pytest.fixture(scope="module")
def busy(stack: Stack) -> str:
    """The same of one with a borough of bays, work in hand and four weeks behind it."""
    email = f"ada-{uuid4().hex[:8]}@example.org"
    lay_out(stack, found(stack, f"b{uuid4().hex[:10]}", email), email)
    return email


def new_council(stack: Stack) -> str:
    email = f"ada-{uuid4().hex[:8]}@example.org"
    found(stack, f"e{uuid4().hex[:10]}", email)
    return email


@contextmanager
def desk(chromium: Browser, stack: Stack, email: str) -> Iterator[Page]:
    context = chromium.new_context(viewport=DESK)
    context.set_default_timeout(15_000)
    context.add_init_script(COUNTING)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{stack.url}/desk/")
    sign_in(page, email)
    expect(page.locator("#pages a").first).to_be_visible()
    yield page
    context.close()
    assert faults == []


def test_every_page_of_a_council_that_has_just_begun_is_for_everybody(
    chromium: Browser, stack: Stack, beginners: str
):
    with desk(chromium, stack, beginners) as page:
        for name in PAGES:
            open_page(page, name)
            assert violations(page) == [], name


def test_every_page_of_a_council_at_work_is_for_everybody_by_day_and_by_night(
    chromium: Browser, stack: Stack, busy: str
):
    with desk(chromium, stack, busy) as page:
        for name in PAGES:
            open_page(page, name)
            assert violations_day_and_night(page) == [], name


def test_no_page_is_wider_than_a_narrow_screen_or_with_text_twice_as_large(
    chromium: Browser, stack: Stack, busy: str
):
    with desk(chromium, stack, busy) as page:
        for width, text in ((NARROW, "100%"), (DESK["width"], "200%")):
            page.set_viewport_size({"width": width, "height": DESK["height"]})
            page.evaluate("(text) => { document.documentElement.style.fontSize = text; }", text)
            for name in PAGES:
                open_page(page, name)
                assert not page.evaluate(WIDER), f"{name} at {width} px with text of {text}"


def test_a_report_of_a_council_without_a_single_stay_says_so(chromium: Browser, stack: Stack, beginners: str):
    with desk(chromium, stack, beginners) as page:
        open_page(page, "reports")
        expect(page.get_by_text("NaN")).to_have_count(0)
        expect(page.get_by_text("Infinity")).to_have_count(0)
        expect(page.locator(".headlines strong").first).to_have_text("–")
