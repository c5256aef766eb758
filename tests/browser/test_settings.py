"""The phone in its officer's own way: looks, letters, words about what is not allowed."""

from itertools import product

from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from .axe import violations
from .conftest import Street, phone_in, sign_in, wants

GROUPS = ["How it looks", "Messages, sound, position", "SOS", "PIN and lock", "On the home screen", "Storage"]
DRESSED = """async ([theme, contrast]) => {
    const { choose } = await import('/patrol/settings.js');
    choose('theme', theme);
    choose('contrast', contrast);
}"""
WIDER = "document.documentElement.scrollWidth > innerWidth"


def settings_of(page: Page, street: Street) -> None:
    page.goto(f"{street.stack.url}/patrol/#settings")
    sign_in(page, street.officer)
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()


def open_group(page: Page, name: str) -> None:
    page.locator("summary").filter(has=page.get_by_role("heading", name=name)).click()


def test_every_group_in_every_theme(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street)
    page = context.new_page()
    settings_of(page, street)
    open_group(page, "How it looks")
    page.set_viewport_size({"width": 360, "height": 2400})  # nothing half under the bars
    for group in GROUPS:
        if group != GROUPS[0]:
            open_group(page, group)
        for theme, contrast in product(("light", "dark"), ("phone", "more")):
            page.evaluate(DRESSED, [theme, contrast])
            assert violations(page) == []
    context.close()


def test_theme_and_contrast_are_chosen_by_a_tap(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street, color_scheme="light")
    page = context.new_page()
    settings_of(page, street)
    open_group(page, "How it looks")
    page.get_by_role("group", name="Light or dark").get_by_text("Dark", exact=True).click()
    page.get_by_role("group", name="Contrast").get_by_text("High", exact=True).click()
    expect(page.locator("html[data-theme=dark][data-contrast=more]")).to_be_attached()
    context.close()


def test_what_was_chosen_stands_before_the_first_paint_of_the_next_opening(
    chromium: Browser, stack: Stack, street: Street
):
    context = phone_in(chromium, street, color_scheme="light")
    page = context.new_page()
    settings_of(page, street)
    open_group(page, "How it looks")
    page.get_by_role("group", name="Light or dark").get_by_text("Dark", exact=True).click()
    page.get_by_role("group", name="Size of the text").get_by_text("Largest").click()
    page.route("**/app.js", lambda route: route.abort())
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(241, 245, 246)"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    context.close()


def test_at_twice_the_size_nothing_is_scrolled_sideways(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street)
    context.add_init_script(wants(street, text="200"))
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert not page.evaluate(WIDER)
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    assert not page.evaluate(WIDER)
    for tab in ("Map", "Found", "Outbox", "Task"):
        page.get_by_role("link", name=tab).click()
        assert not page.evaluate(WIDER)
    page.goto(f"{stack.url}/patrol/#settings")
    for group in GROUPS:
        open_group(page, group)
        assert not page.evaluate(WIDER)
    assert page.locator("sos-button button").is_visible()
    page.set_viewport_size({"width": 360, "height": 2400})
    assert violations(page) == []
    context.close()


def test_a_phone_that_gives_no_position_says_so_and_how_to_go_on(
    chromium: Browser, stack: Stack, street: Street
):
    context = chromium.new_context(viewport={"width": 360, "height": 640}, has_touch=True)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").click()
    page.goto(f"{stack.url}/patrol/#settings")
    open_group(page, "Messages, sound, position")
    expect(page.get_by_text("This phone does not give your position")).to_be_visible()
    expect(page.get_by_text("you can always say “I’m here” yourself")).to_be_visible()
    assert violations(page) == []
    context.close()


def test_how_to_put_it_on_an_iphones_home_screen_is_shown_once_and_found_again(
    chromium: Browser, stack: Stack, street: Street
):
    apple = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
    context = phone_in(chromium, street, user_agent=apple)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    sign_in(page, street.officer)
    expect(page.get_by_role("heading", name="Put it on your home screen")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Not now").click()
    page.reload()
    expect(page.get_by_role("button", name="Start my shift")).to_be_visible()
    expect(page.get_by_role("heading", name="Put it on your home screen")).to_be_hidden()
    page.goto(f"{stack.url}/patrol/#settings")
    open_group(page, "On the home screen")
    expect(page.locator("main").get_by_text("Choose “Add to Home Screen”")).to_be_visible()
    context.close()


def test_letters_that_the_browser_makes_large_are_laid_out_like_ours(
    chromium: Browser, stack: Stack, street: Street
):
    context = phone_in(chromium, street)
    page = context.new_page()
    context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    settings_of(page, street)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert not page.evaluate(WIDER)
    box = page.locator("shift-bar").bounding_box()
    assert box
    assert box["height"] < 150
    context.close()
