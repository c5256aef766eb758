"""An officer with a phone in a browser, for tests of what happens to what they do."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from sqlalchemy import text

from enforcement.simulation.client import PREFIX, ApiClient

from ..faults.invariants import snapshot
from .conftest import Street, app_is_kept, phone_in, sign_in, signed_in

GENEROUS = 45_000  # ms; what is awaited comes in a few seconds
LOOK_EVERY = 100  # ms
LYING = """() => new Promise((done) => {
    const opening = indexedDB.open('openpatrol');
    opening.onsuccess = () => {
        const counting = opening.result.transaction('outbox').objectStore('outbox').count();
        counting.onsuccess = () => { opening.result.close(); done(counting.result); };
    };
})"""
T = TypeVar("T")


class Phone:
    """A phone of the street's officer. `said`: the writes that left it, as (path, body)."""

    def __init__(self, chromium: Browser, street: Street, context: BrowserContext | None = None) -> None:
        self.street = street
        self.context = context or phone_in(chromium, street)
        self.context.set_default_timeout(GENEROUS)
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.page = self.opened()

    def opened(self) -> Page:
        """A new page of the app."""
        page = self.context.new_page()
        page.on("request", self._note)
        page.goto(f"{self.street.stack.url}/patrol/")
        self.page = page
        return page

    def _note(self, request: Request) -> None:
        if request.method == "POST" and (body := request.post_data_json) and "id" in body:
            self.said.append((urlsplit(request.url).path.removeprefix(PREFIX), body))

    def on_shift(self) -> None:
        sign_in(self.page, self.street.officer)
        self.page.get_by_role("button", name="Start my shift").click()
        expect(self.page.get_by_role("heading", name="Nothing to do now")).to_be_visible(timeout=GENEROUS)

    def sent_to(self) -> dict[str, Any]:
        """On shift, with a car to go to; the task as a supervisor sees it."""
        self.on_shift()
        self.street.car_is_over(minutes=25)
        self.goes()
        supervisor = self.supervisor
        task = self.until(lambda: task_of(supervisor, self.street))
        self.until(lambda: task_of(supervisor, self.street)["state"] == "accepted")
        self.works_offline()
        return task

    def goes(self) -> None:
        self.page.get_by_role("button", name="I’m going").click(timeout=GENEROUS)
        expect(self.page.get_by_role("button", name="I’m here")).to_be_visible()

    def arrives(self) -> None:
        self.page.get_by_role("button", name="I’m here").click()
        expect(self.page.locator("sighting-form")).to_be_visible()

    def looks(self, plate: str) -> None:
        self.page.get_by_label("Number plate").fill(plate)
        form = self.page.locator("sighting-form form")
        self.kept(lambda: form.evaluate("form => form.requestSubmit()"))

    def ends(self, outcome: str) -> None:
        choice = self.page.locator(f"outcome-form [name=outcome][value={outcome}]")
        tap = "each => { each.click(); if (each.type === 'radio') each.form.requestSubmit(); }"
        self.kept(lambda: choice.evaluate(tap))

    def kept(self, act: Callable[[], Any]) -> None:
        """Do something, and see that it lies on the phone, or has left it already."""
        lay, said = self.lying(), len(self.said)
        act()
        self.until(lambda: self.lying() > lay or len(self.said) > said)

    def lying(self) -> int:
        """How many steps lie on the phone, sealed."""
        count: int = self.page.evaluate(LYING)
        return count

    def works_offline(self) -> None:
        """The app is kept on the phone."""
        app_is_kept(self.page)

    def waiting(self) -> int:
        """How many steps the phone shows as unsent."""
        shown = self.page.locator("tab-bar [data-place=outbox] .count")
        return int(shown.text_content() or 0) if shown.is_visible() else 0

    def all_sent(self) -> None:
        self.until(lambda: self.waiting() == 0)

    def until(self, ask: Callable[[], T]) -> T:
        return awaited(self.page, ask)

    @cached_property
    def supervisor(self) -> ApiClient:
        """Signed in once: the server takes so many sign-ins a minute."""
        return signed_in(self.street, self.street.supervisor)


def awaited(page: Page, ask: Callable[[], T]) -> T:
    """What `ask` gives, as soon as it is something; the browser goes on meanwhile."""
    for _ in range(GENEROUS // LOOK_EVERY):
        if found := ask():
            return found
        page.wait_for_timeout(LOOK_EVERY)
    raise AssertionError("still nothing")


def task_of(supervisor: ApiClient, street: Street) -> Any:
    """The newest task at the street's bay, or None."""
    tasks = supervisor.get("/tasks", limit=200)["items"]
    return next((task for task in tasks if task["bay"]["reference"] == street.name), None)


def kept_of(supervisor: ApiClient, task: dict[str, Any]) -> list[str]:
    """The kinds of what was kept apart about a task."""
    kept = supervisor.get("/kept-records", limit=200)["items"]
    return sorted(each["kind"] for each in kept if each["task_id"] == task["id"])


def counted(street: Street, task: dict[str, Any]) -> dict[str, int]:
    """How many rows there are of a task, asked of the database as its owner."""
    asked = {
        "sightings": "SELECT count(*) FROM sightings WHERE task_id = :task",
        "outcomes": "SELECT count(*) FROM outcomes WHERE task_id = :task",
        "journal": "SELECT count(*) FROM journal WHERE subject_id = :task",
        "actions": "SELECT count(*) FROM actions WHERE subject_id = :task",
    }
    with snapshot(street.stack.env["DATABASE_OWNER_URL"]) as connection:
        return {
            name: int(connection.scalar(text(sql), {"task": task["id"]}) or 0) for name, sql in asked.items()
        }


def journal_of(street: Street, task: dict[str, Any]) -> list[str]:
    """The kinds of what happened to a task."""
    asked = text("SELECT kind FROM journal WHERE subject_id = :task ORDER BY id")
    with snapshot(street.stack.env["DATABASE_OWNER_URL"]) as connection:
        return list(connection.scalars(asked, {"task": task["id"]}))


def seconds_ago(time: str) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(time)).total_seconds()
