"""A whole OpenPatrol, a real push service and a real Chromium.

Both end with this folder's tests: Playwright keeps an event loop running, and other tests run one of their own.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from enforcement.config import Clock
from enforcement.domain.policy import sample_policy_data
from enforcement.simulation.client import ApiClient, ApiFault, ServerAway
from enforcement.simulation.stack import Stack

from ..adapters.push_service import PushService
from ..builders import PASSWORD, square
from ..stacks import found, join

sys.path.insert(0, str(Path(__file__).parents[2]))
from tools.chromium import find_or_install

expect.set_options(timeout=15_000)  # ms; the machines of others are busy, too

PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1366, "height": 768}
COUNCIL = "camford"
UNHURRIED = {
    "SWEEP_SECONDS": "0.2"
}  # by thirty looks a second for work a worker at rest takes a tenth of a processor
KILOMETRES_APART = 5
PLACES = count()
QUIET = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AS_LIST = "localStorage.setItem('openpatrol-desk-as', 'list');"
# Subscribing needs the browser maker's own servers; everything after it is real.
SUBSCRIBE = """
    PushManager.prototype.getSubscription = async () => null;
    PushManager.prototype.subscribe = async () => ({ toJSON: () => (%s) });
"""


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    """Database, web server and worker, as they run in the field."""
    with Stack(UNHURRIED, durable=False) as stack:
        found(stack, COUNCIL, "ada@example.org")
        stack.serve(Clock())
        be_quick(stack)
        yield stack
        for log in sorted(stack.folder.glob("*.log")):
            sys.stdout.write(f"{log.name}:\n{log.read_text()[-4000:]}\n")  # shown when a test fails


def be_quick(stack: Stack) -> None:
    """One sighting is enough, and a car is gone after three seconds."""
    quick = sample_policy_data("single-sighting") | {"debounce_seconds": 3}
    admin = ApiClient(stack.url)
    admin.sign_in("ada@example.org", PASSWORD)
    admin.patch("/authority", {"policy": quick})


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser that `make test` found or installed."""
    path = os.environ.get("CHROMIUM") or str(find_or_install())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def push_service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@dataclass
class Street:
    """A zone with a two-hour bay and its sensor, an officer with a shift there, and a supervisor."""

    stack: Stack
    admin: ApiClient
    sensors: ApiClient
    name: str
    officer: str = ""
    supervisor: str = ""
    lon: float = -0.1276
    lat: float = field(default_factory=lambda: 51.0 + next(PLACES) * KILOMETRES_APART / 111)
    shift: dict[str, Any] = field(default_factory=dict)

    def person(self, role: str, name: str) -> tuple[str, str]:
        email = f"{role}-{uuid4().hex[:8]}@example.org"
        return email, join(self.stack, COUNCIL, role, name, email)

    def car_is_over(self, minutes: float) -> None:
        """The sensor network claims that the car has been over its time for so long."""
        now = datetime.now(UTC)
        since = now - timedelta(minutes=minutes)
        reading = {
            "sensor": f"S-{self.name}",
            "state": "over",
            "at": now.isoformat(),
            "since": since.isoformat(),
        }
        assert self.sensors.post("/readings", {"readings": [reading]})["taken"] == 1

    def car_leaves(self) -> None:
        reading = {"sensor": f"S-{self.name}", "state": "free", "at": datetime.now(UTC).isoformat()}
        assert self.sensors.post("/readings", {"readings": [reading]})["taken"] == 1


@cache
def administrator(stack: Stack) -> ApiClient:
    """Signed in once: the server takes so many sign-ins a minute from one address."""
    admin = ApiClient(stack.url)
    admin.sign_in("ada@example.org", PASSWORD)
    return admin


@pytest.fixture
def street(stack: Stack) -> Iterator[Street]:
    """A street of its own for each test, some way from the others. Nobody stays on shift there: the worker of all
    tests would plan for them to the end. No alarm stays either: it would stand on the next one's desk."""
    street = laid_out(stack)
    yield street
    with suppress(ApiFault, ServerAway):
        street.admin.post(f"/shifts/{street.shift['id']}/release")
    with suppress(ServerAway):
        put_away_alarms(street.admin)


def put_away_alarms(admin: ApiClient) -> None:
    for alert in admin.get("/alerts")["items"]:
        unsafe = alert["kind"] == "unsafe"
        with suppress(ApiFault):  # of what goes away by itself
            admin.post(
                f"/freezes/{alert['subject_id']}/release" if unsafe else f"/alerts/{alert['id']}/resolve"
            )


def laid_out(stack: Stack, name: str = "") -> Street:
    """A street in the council of Ada, who is its administrator; `name` is that of its zone and its bay."""
    admin = administrator(stack)
    key = admin.post("/keys", {"name": "sensors", "scopes": ["readings:write"]})["key"]
    street = Street(stack, admin, ApiClient(stack.url, key=key), name or uuid4().hex[:6].upper())
    zone = admin.post("/zones", {"name": f"Zone {street.name}", "outline": square(street.lon, street.lat)})[
        "id"
    ]
    rule = {"bay_class": "limited-waiting", "hours": "24/7", "permitted_minutes": 120, "code": "30"}
    place = {"reference": street.name, "street": "Judd Street", "lon": street.lon, "lat": street.lat}
    admin.post("/bays", {**place, "restriction": rule})
    admin.post("/sensors", {"reference": f"S-{street.name}", "bay": street.name})
    street.officer, officer_id = street.person("officer", "Olu")
    street.supervisor, _ = street.person("supervisor", "Sunita")
    begins = datetime.now(UTC) - timedelta(minutes=1)
    planned = {"planned_from": begins.isoformat(), "planned_to": (begins + timedelta(hours=8)).isoformat()}
    street.shift = admin.post("/shifts", {"officer_id": officer_id, "zones": [zone], **planned})
    return street


def phone_in(chromium: Browser, street: Street, **more: Any) -> BrowserContext:
    """A phone that allows messages and position, 300 m south of the bay."""
    context = chromium.new_context(
        viewport=PHONE,
        has_touch=True,
        geolocation={"longitude": street.lon, "latitude": street.lat - 0.0027, "accuracy": 8},
        **more,
    )
    context.grant_permissions(["notifications", "geolocation"], origin=street.stack.url)
    context.set_default_timeout(15_000)
    return context


def wants(street: Street, **settings: str) -> str:
    """A script by which the phone is its officer's, and as they want it, before any page opens."""
    officer = street.shift["officer"]
    kept = {"person": {"id": officer["id"], "name": officer["name"]}, f"own-{officer['id']}": settings}
    return "".join(
        f"localStorage.setItem('openpatrol-{name}', {json.dumps(json.dumps(said))});"
        for name, said in kept.items()
    )


def signed_in(street: Street, email: str) -> ApiClient:
    """What one of the street's people does without a page."""
    client = ApiClient(street.stack.url)
    client.sign_in(email, PASSWORD)
    return client


def call_for_help(street: Street, **where: float) -> str:
    """The street's officer calls for help, from a place if the phone knows it; the alarm's id."""
    officer = signed_in(street, street.officer)
    return str(officer.post("/sos", {"id": str(uuid4()), **where})["id"])


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def desk_of(chromium: Browser, street: Street, *, as_list: bool = True, screen: str = "live") -> Page:
    """The page of the street's supervisor, in a browser of its own."""
    context = chromium.new_context(viewport=DESK)
    context.set_default_timeout(15_000)
    if as_list:
        context.add_init_script(AS_LIST)
    desk = context.new_page()
    desk.goto(f"{street.stack.url}/desk/#{screen}")
    sign_in(desk, street.supervisor)
    return desk


@pytest.fixture
def desk(chromium: Browser, street: Street) -> Iterator[Page]:
    """Opened by the street's supervisor."""
    page = desk_of(chromium, street)
    expect(page.get_by_role("heading", name="Tasks")).to_be_visible()
    yield page
    page.context.close()


def messages_reach(page: Page) -> None:
    """The phone's subscription is with the server."""
    page.wait_for_function("() => localStorage.getItem('openpatrol-device') !== null")


KEPT = """async () => {
    const { askShell } = await import('/patrol/shell.js');
    for (let left = 300; left > 0; left -= 1) {
        if ((await askShell())?.whole) return;
        await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('the phone does not keep the app');
}"""


def app_is_kept(page: Page) -> None:
    """The phone has all of the app, and opens it without a network. (`wait_for_function` awaits no promise.)"""
    page.evaluate(KEPT)
