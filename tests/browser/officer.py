"""An officer's first steps in a browser, for tests of what comes after them."""

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from .conftest import Street, sign_in

PLANNED_WITHIN = 30_000  # ms; on a busy machine
STILL_FOR = 500  # ms
SENT_WITHIN = 30_000  # ms; nothing leaves the phone while it can be taken back
DRAFTS = """() => new Promise((done) => {
    const opening = indexedDB.open('openpatrol');
    opening.onsuccess = () => {
        const asking = opening.result.transaction('kept').objectStore('kept').getAll();
        asking.onsuccess = () => {
            opening.result.close();
            const drafts = asking.result.filter(({ name }) => name.startsWith('draft:'));
            done(drafts.map(({ name, sealed }) => `${name} ${sealed.iv}`).join());
        };
    };
})"""


def opened(context: BrowserContext, street: Street, screen: str = "task") -> Page:
    """The street's officer has signed in."""
    page = context.new_page()
    page.goto(f"{street.stack.url}/patrol/#{screen}")
    sign_in(page, street.officer)
    expect(page.locator("tab-bar")).to_be_visible()
    return page


def on_shift(context: BrowserContext, street: Street) -> Page:
    """They have begun, and there is nothing to do yet."""
    page = opened(context, street)
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    return page


def on_the_way(context: BrowserContext, street: Street) -> Page:
    """They go to a car that is 25 minutes over."""
    page = on_shift(context, street)
    go(page, street)
    return page


def go(page: Page, street: Street) -> None:
    street.car_is_over(minutes=25)
    page.get_by_role("button", name="I’m going").click(timeout=PLANNED_WITHIN)
    expect(page.get_by_role("button", name="I’m here")).to_be_visible()


def at_the_car(context: BrowserContext, street: Street) -> Page:
    """They stand there."""
    page = on_the_way(context, street)
    page.get_by_role("button", name="I’m here").click()
    expect(page.locator("sighting-form")).to_be_visible()
    return page


def stands_still(place: Locator) -> None:
    """What comes late no longer moves it under the hand."""
    place.scroll_into_view_if_needed()
    before = None
    while (now := place.bounding_box()) != before:
        before = now
        place.page.wait_for_timeout(STILL_FOR)


def typing_is_kept(page: Page) -> None:
    """The last keystroke lies on the phone: it is sealed and written a moment after it was typed."""
    before = None
    while (now := page.evaluate(DRAFTS)) != before:
        before = now
        page.wait_for_timeout(STILL_FOR)


def finds_a_fault(route: Route) -> None:
    """What a server says of a plate that it does not take."""
    fault = {
        "type": "https://openpatrol.org/problems/invalid",
        "title": "Invalid",
        "status": 422,
        "detail": "Something in it is not right.",
        "errors": [{"pointer": "/plate", "detail": "Too long for a plate."}],
    }
    route.fulfill(status=422, json=fault, content_type="application/problem+json")
