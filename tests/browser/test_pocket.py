"""A phone in a pocket: it sleeps, and shows how things are when it is taken out again."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, expect

from .conftest import Street, phone_in, wants
from .officer import at_the_car

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


def test_an_hour_in_a_pocket_wakes_the_phone_once_to_lock_it(chromium: Browser, street: Street):
    context = phone_in(chromium, street, service_workers="block")
    context.clock.install(time=datetime.now(UTC))
    context.add_init_script(COUNTED)
    context.add_init_script(wants(street, theme="time", awake="on"))
    page = at_the_car(context, street)
    page.clock.run_for(3_000)
    assert page.evaluate("woken.length") > 0  # while it is looked at, clocks tick
    page.evaluate(SEEN, False)
    page.clock.run_for(HANGS_UP_WITHIN)
    expect(page.locator("connection-line")).not_to_contain_text("Up to date")
    page.evaluate("woken.length = 0")
    page.clock.run_for(HOUR)
    assert page.evaluate("woken") == [LOCKS_AFTER]
    page.evaluate(SEEN, True)
    expect(page.locator("[data-clock=over]")).to_contain_text("1 h 25 min")
    context.close()
