"""No position, no room, a wrong clock: each has its words and a way on."""

from playwright.sync_api import Browser, Route, expect

from .axe import violations
from .conftest import PHONE, Street, phone_in, sign_in
from .officer import opened
from .offline import GENEROUS, Phone, counted, seconds_ago, task_of

HOUR_AHEAD = """(() => {
    const Real = Date;
    const hour = 3_600_000;
    globalThis.Date = class extends Real {
        constructor(...given) { super(...(given.length ? given : [Real.now() + hour])); }
        static now() { return Real.now() + hour; }
    };
})();"""
# Chromium notes a quota (Storage.overrideQuotaForOrigin) and writes on, in a private window and in an ordinary one:
# what it says of a full disk is said here.
FULL = """() => {
    IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); };
}"""

HELD = """(version) => new Promise((done, refused) => {
    const opening = indexedDB.open('openpatrol', version);
    opening.onsuccess = () => { window.held = opening.result; done(true); };
    opening.onerror = () => refused(opening.error);
})"""
OF_TOMORROW = ("openDB(name, 1,", "openDB(name, 2,")


def test_without_a_position_the_officer_says_it_by_hand(chromium: Browser, street: Street):
    context = chromium.new_context(viewport=PHONE, has_touch=True)
    phone = Phone(chromium, street, context)
    task = phone.sent_to()
    phone.page.goto(f"{street.stack.url}/patrol/#settings")
    phone.page.get_by_text("Messages, sound, position").click()
    expect(phone.page.get_by_text("This phone does not give your position")).to_be_visible()
    phone.page.goto(f"{street.stack.url}/patrol/#task")
    phone.arrives()
    phone.ends("gone_on_arrival")
    phone.until(lambda: task_of(phone.supervisor, street)["outcome"])
    assert counted(street, task)["outcomes"] == 1
    context.close()


def test_a_phone_whose_storage_is_full_says_so_and_sends_all_the_same(chromium: Browser, street: Street):
    phone = Phone(chromium, street)
    task = phone.sent_to()
    phone.all_sent()
    phone.page.evaluate(FULL)
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="I’m here").click()
    expect(phone.page.get_by_text("This phone is full")).to_be_visible()
    expect(phone.page.locator("sighting-form")).to_be_visible()
    assert phone.lying() == 0
    phone.context.set_offline(False)
    phone.until(lambda: task_of(phone.supervisor, street)["state"] == "arrived")
    phone.all_sent()
    assert counted(street, task)["actions"] == 2
    phone.context.close()


def test_a_phone_whose_clock_is_an_hour_ahead_is_told_once_and_records_the_right_time(
    chromium: Browser, street: Street
):
    phone = Phone(chromium, street)
    phone.page.close()
    phone.context.add_init_script(HOUR_AHEAD)
    phone.opened()
    task = phone.sent_to()
    expect(phone.page.get_by_text("Your phone’s clock is 1 h ahead")).to_be_visible()
    phone.context.set_offline(True)
    phone.page.reload()
    phone.kept(phone.arrives)
    phone.looks("AB12CDE")
    phone.context.set_offline(False)
    supervisor = phone.supervisor
    seen = phone.until(lambda: supervisor.get(f"/tasks/{task['id']}/sightings")["items"])
    phone.all_sent()
    assert abs(seconds_ago(seen[0]["recorded_at"])) < GENEROUS / 1000 * 2
    phone.context.close()


def test_a_screen_that_could_not_be_loaded_is_tried_once_more_and_then_by_a_tap(
    chromium: Browser, street: Street
):
    phone = Phone(chromium, street, phone_in(chromium, street, service_workers="block"))
    phone.on_shift()
    screens = "**/screens/*-screen.js"
    phone.context.route(screens, lambda route: route.abort(), times=1)
    phone.page.get_by_role("link", name="Found", exact=True).click()
    expect(phone.page.get_by_role("link", name="New observation")).to_be_visible()
    phone.context.route(screens, lambda route: route.abort())
    phone.page.get_by_role("link", name="Map", exact=True).click()
    expect(phone.page.get_by_text("This part is not on the phone yet")).to_be_visible()
    phone.context.unroute(screens)
    phone.page.get_by_role("button", name="Try again").click()
    expect(phone.page.locator("town-map canvas")).to_be_visible()
    phone.context.close()


def of_tomorrow(route: Route) -> None:
    """The app's next version, that has other stores."""
    answer = route.fetch()
    assert OF_TOMORROW[0] in answer.text()
    route.fulfill(response=answer, body=answer.text().replace(*OF_TOMORROW))


def test_a_window_that_holds_an_older_database_is_named_and_one_that_was_replaced_is_loaded_again(
    chromium: Browser, street: Street
):
    context = phone_in(chromium, street, service_workers="block")
    older, newer = context.new_page(), context.new_page()
    older.goto(f"{street.stack.url}/open/")
    older.evaluate(HELD, 1)
    newer.route("**/store/database.js", of_tomorrow)
    newer.goto(f"{street.stack.url}/patrol/")
    expect(newer.get_by_text("Close that window")).to_be_visible()
    assert violations(newer) == []
    older.close()
    expect(newer.get_by_role("button", name="Sign in")).to_be_visible()
    sign_in(newer, street.officer)
    expect(newer.get_by_role("button", name="Start my shift")).to_be_visible()

    newest = context.new_page()
    newest.goto(f"{street.stack.url}/open/")
    newest.evaluate(HELD, 3)
    expect(newer.get_by_text("was updated in another window")).to_be_visible()
    expect(newer.locator("sos-button button")).to_be_visible()
    assert violations(newer) == []
    newer.get_by_role("button", name="Load again").click()
    expect(newer.get_by_text("was updated in another window")).to_be_visible()
    context.close()


LOST = """() => {
    const open = indexedDB.open.bind(indexedDB);
    indexedDB.open = (...what) => {
        if (window.found) return open(...what);
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    };
}"""


def test_a_phone_whose_storage_can_t_be_opened_still_calls_for_help_and_tries_again(
    chromium: Browser, street: Street
):
    context = phone_in(chromium, street)
    page = opened(context, street)
    page.add_init_script(f"({LOST})()")
    page.reload()
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
    expect(page.locator("sos-button button")).to_be_visible()
    page.evaluate("window.found = true")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="Start my shift")).to_be_visible()
    context.close()
