"""A phone in a pocket: it sleeps, and shows how things are when it is taken out again."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, Page, expect

from enforcement.simulation.stack import Stack

from .conftest import Street, phone_in, sign_in

HOUR = 3_600_000
HANGS_UP_WITHIN = 15_000
LOCKS_AFTER = 5 * 60_000  # what a phone is set to
# Each timer that ran, by how long it was set for (ms).
COUNTED = """(() => {
    globalThis.woken = [];
    for (const name of ['setTimeout', 'setInterval']) {
        const ours = globalThis[name];
        globalThis[name] = (run, pause, ...more) => ours(() => { woken.push(pause); run(...more); }, pause);
    }
})()"""
SEEN = """(seen) => {
    const say = (name, value) => Object.defineProperty(document, name, { value, configurable: true });
    say('hidden', !seen);
    say('visibilityState', seen ? 'visible' : 'hidden');
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}"""


def at_a_car(page: Page, street: Street) -> None:
    page.goto(f"{street.stack.url}/patrol/")
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").click()
    street.car_is_over(minutes=25)
    page.get_by_role("button", name="I’m going").click(timeout=30_000)
    page.get_by_role("button", name="I’m here").click()
    expect(page.locator("sighting-form")).to_be_visible()


def test_an_hour_in_a_pocket_wakes_the_phone_once_to_lock_it(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street, service_workers="block")
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC))
    page.add_init_script(COUNTED)
    page.add_init_script(
        "localStorage.setItem('openpatrol-theme', 'time'); localStorage.setItem('openpatrol-awake', 'on')"
    )
    at_a_car(page, street)
    page.clock.run_for(3_000)
    assert page.evaluate("woken.length") > 0  # while it is looked at, clocks tick
    page.evaluate(SEEN, False)
    page.clock.run_for(HANGS_UP_WITHIN)
    expect(page.locator("connection-line")).not_to_contain_text("Live")
    page.evaluate("woken.length = 0")
    page.clock.run_for(HOUR)
    assert page.evaluate("woken") == [LOCKS_AFTER]
    page.evaluate(SEEN, True)
    expect(page.locator("[data-clock=over]")).to_contain_text("1 h 25 min")
    context.close()
