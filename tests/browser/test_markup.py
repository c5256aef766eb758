"""What strangers type stays text, on every page and in every message; and no page breaks its own policy."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from enforcement.simulation.stack import Stack

from ..adapters.push_service import PushService
from .conftest import AS_LIST, DESK, SUBSCRIBE, Street, messages_reach, phone_in, sign_in

SCRIPT = "<img src=x onerror=alert(1)>"
BREAKING = '"><script>alert(2)</script>'
TEMPLATE = "{{7*7}}${7*7}<b>"
TURNED = "\u202egnp.eman"
WATCH = """
    window.broken = [];
    addEventListener('securitypolicyviolation', (event) => {
        window.broken.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
"""


class Watched:
    """A page that notes whatever ran or was stopped on it and should not have been there."""

    def __init__(self, context: BrowserContext) -> None:
        context.add_init_script(WATCH)
        self.page = context.new_page()
        self.dialogs: list[str] = []
        self.complaints: list[str] = []
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda said: self._note(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, text: str) -> None:
        if "Content Security Policy" in text or "Permissions policy" in text:
            self.complaints.append(text)

    def assert_clean(self) -> None:
        assert self.page.evaluate("window.broken") == []
        assert self.complaints == []
        assert self.dialogs == []
        assert self.page.locator("img[src=x], script:not([src])").count() == 0


@pytest.fixture
def contexts() -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def test_what_strangers_type_is_text_on_the_phone_on_the_desk_and_in_the_message(
    chromium: Browser, stack: Stack, street: Street, push_service: PushService, contexts: list[BrowserContext]
):
    admin = street.admin
    bay = admin.get("/bays", reference=street.name)["items"][0]
    admin.patch(f"/bays/{bay['id']}", {"street": SCRIPT})
    admin.patch(f"/people/{street.shift['officer']['id']}", {"name": f"Olu {BREAKING}"})
    shift = admin.get("/shifts", officer=street.shift["officer"]["id"])["items"][0]
    assert shift["officer"]["name"] == f"Olu {BREAKING}"

    phone = phone_in(chromium, street)
    contexts.append(phone)
    subscription = push_service.subscribe()
    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    phone.add_init_script(SUBSCRIBE % json.dumps({"endpoint": subscription.endpoint, "keys": keys}))
    officer = Watched(phone)
    officer.page.goto(f"{stack.url}/patrol/")
    sign_in(officer.page, street.officer)
    officer.page.get_by_role("button", name="Start my shift").click()
    messages_reach(officer.page)
    street.car_is_over(minutes=25)
    (message,) = push_service.wait_for(1)
    assert SCRIPT in message.json["notification"]["title"]
    expect(officer.page.get_by_role("heading", name=SCRIPT)).to_be_visible()
    officer.assert_clean()

    desk = chromium.new_context(viewport=DESK)
    desk.add_init_script(AS_LIST)
    contexts.append(desk)
    supervisor = Watched(desk)
    supervisor.page.goto(f"{stack.url}/desk/")
    sign_in(supervisor.page, street.supervisor)
    page = supervisor.page
    page.get_by_role("link", name=street.name).or_(page.get_by_role("button", name=street.name)).first.click()
    expect(page.get_by_text(SCRIPT).first).to_be_visible()
    expect(page.get_by_text(BREAKING).locator("visible=true").first).to_be_visible()
    supervisor.assert_clean()

    (task,) = [each for each in admin.get("/tasks", state="open")["items"] if each["bay"]["street"] == SCRIPT]
    why = f"{TEMPLATE} {BREAKING} {TURNED}"
    assert admin.post(f"/tasks/{task['id']}/withdraw", {"why": why})["ended_why"] == why
    expect(officer.page.get_by_role("heading", name="Nothing to do now")).to_be_visible(timeout=15_000)
    supervisor.assert_clean()
    officer.assert_clean()


@pytest.mark.parametrize("path", ["/patrol/", "/desk/", "/board/", "/password/#op_none", "/api/docs"])
def test_no_page_breaks_its_own_policy(
    chromium: Browser, stack: Stack, contexts: list[BrowserContext], path: str
):
    context = chromium.new_context(viewport=DESK)
    contexts.append(context)
    watched = Watched(context)
    watched.page.goto(f"{stack.url}{path}")
    if path == "/api/docs":
        drawn = watched.page.get_by_role("heading", name="Schemas")
        expect(drawn).to_be_visible(timeout=20_000)
    watched.assert_clean()


@pytest.mark.parametrize("path", ["/patrol/", "/api/docs"])
def test_a_script_that_gets_into_a_page_does_not_run(
    chromium: Browser, stack: Stack, contexts: list[BrowserContext], path: str
):
    """Even where a text were put into the page as it is."""
    context = chromium.new_context(viewport=DESK)
    contexts.append(context)
    watched = Watched(context)
    page: Page = watched.page
    page.goto(f"{stack.url}{path}")
    insert: Any = "(text) => document.body.insertAdjacentHTML('beforeend', text)"
    page.evaluate(insert, SCRIPT)
    page.wait_for_function("() => window.broken.length > 0")
    assert watched.dialogs == []
