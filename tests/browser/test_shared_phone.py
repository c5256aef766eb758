"""One phone, several officers: each sees their own and nothing of the others."""

from playwright.sync_api import Browser, BrowserContext, Page, expect

from enforcement.simulation.stack import Stack

from .axe import violations
from .conftest import Street, app_is_kept, phone_in, sign_in
from .officer import SENT_WITHIN, on_shift, opened

PIN, WRONG = "2468", "1111"
PUT_AWAY = """(hidden) => {
    Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""
# All that lies on the phone: what of it can be read, and how many keys open without a PIN.
ON_THE_PHONE = """() => new Promise((done) => {
    const opening = indexedDB.open('openpatrol');
    opening.onsuccess = async () => {
        const names = [...opening.result.objectStoreNames];
        const reading = opening.result.transaction(names);
        const all = await Promise.all(names.map((name) => new Promise((read) => {
            const asked = reading.objectStore(name).getAll();
            asked.onsuccess = () => read(asked.result);
        })));
        opening.result.close();
        const rows = all.flat();
        const bytes = rows.flatMap(({ sealed, locked }) => [sealed?.data, locked?.data]).filter(Boolean);
        const sealed = bytes.map((each) => new TextDecoder('latin1').decode(each)).join();
        done({ rows: rows.length, open: rows.filter(({ key }) => key).length, text: JSON.stringify(rows) + sealed });
    };
})"""


def with_pin(context: BrowserContext, street: Street) -> Page:
    page = opened(context, street, "settings")
    page.locator("summary").filter(has=page.get_by_role("heading", name="PIN and lock")).click()
    page.get_by_label("Choose a PIN").fill("12")
    page.get_by_role("button", name="Set the PIN").click()
    expect(page.get_by_text("A PIN has four to eight digits.")).to_be_visible()
    page.get_by_label("Choose a PIN").fill(PIN)
    page.get_by_label("Show what I type").check()
    expect(page.get_by_label("Choose a PIN")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Set the PIN").click()
    expect(page.get_by_text("Your PIN is set")).to_be_visible()
    return page


def try_pin(page: Page, pin: str) -> None:
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Open").click()


def test_a_pin_locks_the_phone_and_sos_stays(chromium: Browser, stack: Stack, street: Street):
    context = phone_in(chromium, street)
    page = with_pin(context, street)
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_role("heading", name="Olu: your PIN")).to_be_visible()
    assert page.locator("sos-button button").is_visible()
    assert not page.locator("tab-bar").is_visible()
    assert violations(page) == []
    beside = context.new_page()
    opened = [beside.goto(f"{stack.url}/api/v1/{path}") for path in ("vault", "tasks", "me", "live")]
    assert [answer.status for answer in opened if answer] == [403] * 4
    beside.close()
    try_pin(page, WRONG)
    expect(page.get_by_text("4 tries are left")).to_be_visible()
    page.reload()
    page.evaluate("window.times = 0; document.addEventListener('unlocked', () => { window.times += 1; })")
    page.get_by_label("PIN").fill(PIN)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    assert page.evaluate("window.times") == 1
    context.close()


def test_a_phone_that_lay_about_for_five_minutes_shows_and_gives_away_nothing(
    chromium: Browser, stack: Stack, street: Street
):
    context = phone_in(chromium, street)
    context.clock.install()  # on an open page it would be 1970 for a moment
    page = with_pin(context, street)
    page.get_by_role("link", name="Task").click()
    page.get_by_role("button", name="Start my shift").click()
    street.car_is_over(minutes=25)
    page.get_by_role("button", name="I’m going").click()
    page.get_by_role("button", name="I’m here").click()
    page.get_by_label("Number plate").fill("AB12CDE")
    page.evaluate(PUT_AWAY, True)
    page.clock.run_for("04:59")
    expect(page.locator("sighting-form")).to_be_visible()
    page.clock.run_for("00:01")
    expect(page.get_by_role("heading", name="Olu: your PIN")).to_be_visible()
    for seen in (page.locator("body").inner_text(), page.title()):
        assert street.name not in seen
    assert "AB12" not in page.content()
    found = page.evaluate(ON_THE_PHONE)
    assert (found["rows"] > 1, found["open"]) == (True, 0)
    assert not [secret for secret in ("AB12", street.name, "Judd", "Olu") if secret in found["text"]]
    page.evaluate(PUT_AWAY, False)
    try_pin(page, PIN)
    expect(page.get_by_label("Number plate")).to_have_value("AB12 CDE")
    context.close()


def test_after_wrong_pins_only_the_password_opens_it_and_the_sign_in_ends_as_soon_as_there_is_a_network(
    chromium: Browser, stack: Stack, street: Street
):
    context = phone_in(chromium, street)
    page = with_pin(context, street)
    page.reload()
    for left in (4, 3, 2):
        try_pin(page, WRONG)
        expect(page.get_by_text(f"{left} tries are left")).to_be_visible()
    try_pin(page, WRONG)
    expect(page.get_by_text("One more try")).to_be_visible()
    context.set_offline(True)
    try_pin(page, WRONG)
    expect(page.get_by_text("Sign in with your password now")).to_be_visible()
    assert violations(page) == []
    with page.expect_response("**/api/v1/sign-out") as ended:
        context.set_offline(False)
    assert ended.value.status == 204
    page.reload()
    expect(page.get_by_label("Password")).to_be_visible()
    sign_in(page, street.officer)
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    context.close()


def test_the_next_officer_sees_nothing_and_the_first_finds_everything(
    chromium: Browser, stack: Stack, street: Street
):
    other, _ = street.person("officer", "Ada")
    context = phone_in(chromium, street)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    sign_in(page, street.officer)
    page.get_by_role("button", name="Start my shift").wait_for()
    app_is_kept(page)
    large, usual = (page.locator(f"html[data-text='{size}']") for size in (200, 100))
    page.evaluate("import('/patrol/settings.js').then(({ choose }) => choose('text', '200'))")
    expect(large).to_be_attached()
    context.set_offline(True)
    page.get_by_role("button", name="Start my shift").click()
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    page.goto(f"{stack.url}/patrol/#settings")
    expect(page.get_by_text("One step is not sent yet")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("nobody can sign in on this phone")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out all the same").click()
    expect(page.get_by_text("One step waits on this phone, locked")).to_be_visible()
    expect(usual).to_be_attached()
    assert violations(page) == []
    context.set_offline(False)
    page.reload()
    expect(page.get_by_text("One step of another officer waits")).to_be_visible()
    sign_in(page, other)
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    expect(usual).to_be_attached()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, street.officer)
    expect(large).to_be_attached()
    page.goto(f"{stack.url}/patrol/#task")
    expect(page.get_by_role("heading", name="Nothing to do now")).to_be_visible()
    all_is_sent(page)
    started = street.admin.get("/shifts", officer=street.shift["officer"]["id"])["items"][0]
    assert started["started_at"]
    context.close()


def test_somebody_else_at_a_locked_phone_can_go_back_to_the_pin(
    chromium: Browser, stack: Stack, street: Street
):
    context = phone_in(chromium, street)
    page = with_pin(context, street)
    page.reload()
    page.get_by_role("button", name="I am somebody else").click()
    expect(page.get_by_label("Password")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="I am Olu: back to my PIN").click()
    try_pin(page, PIN)
    expect(page.get_by_role("heading", name="This phone")).to_be_visible()
    context.close()


def all_is_sent(page: Page) -> None:
    expect(page.get_by_role("link", name="Outbox", exact=True)).to_be_visible(timeout=SENT_WITHIN)


def test_nothing_goes_out_under_the_sign_in_of_who_came_to_the_desk_meanwhile(
    chromium: Browser, stack: Stack, street: Street
):
    """All pages of a browser share its cookie."""
    context = phone_in(chromium, street)
    page = on_shift(context, street)
    all_is_sent(page)
    page.evaluate("location.hash = 'day'")
    page.route("**/api/v1/**", lambda route: route.abort())  # this page alone hears of nothing
    page.get_by_role("button", name="Take a break").click()
    expect(page.get_by_role("heading", name="On a break")).to_be_visible()
    desk = context.new_page()
    desk.goto(f"{stack.url}/desk/")
    desk.get_by_role("button", name="Sign out").click()
    sign_in(desk, street.supervisor)
    expect(desk.get_by_label("E-mail")).to_be_hidden()
    page.unroute("**/api/v1/**")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=SENT_WITHIN)
    expect(page.get_by_text("One step waits on this phone")).to_be_visible()
    sign_in(page, street.officer)
    expect(page.get_by_role("heading", name="On a break")).to_be_visible()
    context.close()


def test_a_council_that_wants_a_pin_gets_one_before_any_work_is_shown(
    chromium: Browser, stack: Stack, street: Street
):
    policy = street.admin.get("/authority")["policy"]
    street.admin.patch("/authority", {"policy": policy | {"phone_pin": True}})
    context = phone_in(chromium, street)
    page = context.new_page()
    page.goto(f"{stack.url}/patrol/")
    sign_in(page, street.officer)
    wanted = page.get_by_role("heading", name="Choose a PIN first")
    expect(wanted).to_be_visible()
    assert violations(page) == []
    page.reload()
    expect(wanted).to_be_visible()
    assert not page.get_by_role("button", name="Start my shift").is_visible()
    page.get_by_label("Choose a PIN").fill(PIN)
    page.get_by_role("button", name="Set the PIN").click()
    expect(page.get_by_role("button", name="Start my shift")).to_be_visible()
    street.admin.patch("/authority", {"policy": policy})
    page.reload()
    expect(page.get_by_role("heading", name="Olu: your PIN")).to_be_visible()
    context.close()
