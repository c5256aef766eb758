"""A phone whose browser speaks Welsh speaks Welsh to its officer, from signing in to how a visit ended."""

from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from ..builders import PASSWORD
from .axe import violations
from .conftest import Street, phone_in

SCREENS = {
    "day": "Eich diwrnod",
    "map": "Map",
    "found": "Beth rydych yn ei arsylwi",
    "outbox": "Blwch allan",
    "settings": "Y ffôn hwn",
}


def stands_well(page: Page) -> None:
    """Readable by everybody, and nothing sticks out at the side."""
    assert violations(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


def test_a_welsh_phone_from_signing_in_to_how_it_ended(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street, locale="cy-GB")
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.get_by_label("E-bost").fill(street.officer)
    page.get_by_label("Cyfrinair").fill(PASSWORD)
    stands_well(page)
    page.get_by_role("button", name="Mewngofnodi").click()

    page.get_by_role("button", name="Dechrau fy shifft").click()
    expect(page.get_by_role("heading", name="Dim i’w wneud nawr")).to_be_visible()
    expect(page.locator("tab-bar a")).to_contain_text(["Tasg", "Map", "Canfod", "Allan"])
    stands_well(page)
    for screen, title in SCREENS.items():
        page.goto(f"{stack.url}/patrol/#{screen}")
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
        expect(page).to_have_title(f"{title} · OpenPatrol")
        stands_well(page)

    page.goto(f"{stack.url}/patrol/#task")
    street.car_is_over(minutes=25)
    expect(page.locator("task-card").get_by_text("25 mun dros derfyn o 2 awr")).to_be_visible()
    stands_well(page)
    page.get_by_role("button", name="Rwy’n mynd").click()
    page.get_by_role("button", name="Rwyf yma").click()
    expect(page.get_by_role("heading", name="Sut y daeth i ben")).to_be_visible()
    stands_well(page)
    page.get_by_role("button", name="Wedi mynd pan gyrhaeddais").click()
    expect(page.get_by_role("heading", name="Dim i’w wneud nawr")).to_be_visible()
    context.close()


def test_an_officer_chooses_another_language_than_the_phones(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street, locale="cy-GB")
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    page.evaluate("localStorage.setItem('openpatrol-language', 'en')")
    page.reload()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    context.close()


def test_what_the_server_words_itself_is_marked_as_english(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street, locale="cy-GB")
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    page.get_by_label("E-bost").fill("olu" * 200 + "@example.org")
    page.get_by_label("Cyfrinair").fill(PASSWORD)
    page.get_by_role("button", name="Mewngofnodi").click()
    expect(page.locator(".errors [lang=en]").first).to_be_visible()
    context.close()


def test_what_the_phone_says_of_its_line_is_welsh(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street, locale="cy-GB")
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    page.get_by_label("E-bost").fill(street.officer)
    page.get_by_label("Cyfrinair").fill(PASSWORD)
    context.set_offline(True)
    page.get_by_role("button", name="Mewngofnodi").click()
    expect(page.get_by_text("Dim cysylltiad â’r gweinydd.")).to_be_visible()
    context.close()
