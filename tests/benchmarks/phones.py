"""What an officer's phone loads, how soon it shows, and how often it wakes up in a shift."""

import gzip
import json
import os
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from enforcement.config import Clock
from enforcement.simulation.client import ApiClient
from enforcement.simulation.stack import ROOT, Stack
from routes import shell
from tools.chromium import find_or_install

from ..browser.conftest import COUNCIL, QUIET, Street, app_is_kept, be_quick, laid_out, phone_in, sign_in
from ..builders import PASSWORD
from ..stacks import found
from .front import Door, front
from .harness import Figure, Figures, Tell, at_least, at_most, case

KB = 1000
LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
AUDITS = {"performance": "phone-lighthouse-performance", "accessibility": "phone-lighthouse-accessibility"}
ADMIN = "ada@example.org"
OFFERED_WITHIN = 30.0  # seconds


@contextmanager
def _served() -> Iterator[Stack]:
    with Stack(durable=False) as stack:
        found(stack, COUNCIL, ADMIN)
        stack.serve(Clock())
        be_quick(stack)
        yield stack


@contextmanager
def _browser(*more: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = _launched(playwright, *more)
        yield browser
        browser.close()


def _launched(playwright: Playwright, *more: str) -> Browser:
    return playwright.chromium.launch(executable_path=str(find_or_install()), args=[*QUIET, *more])


@case("phone-first-load", "phone-first-screen", "phone-all-kept", tiny={})
def first_load(tell: Tell) -> Figures:
    """KB that come through the door, headers and TLS included, into an empty browser: until one can sign in; until
    the app opens without a network; and, with a sign-in and what it answers, until every screen does. The limit: the
    files that it opens with in one, as small as gzip makes them."""
    with _served() as stack, front(stack) as door, _browser(door.trust) as browser:
        officer = laid_out(stack).officer
        tell("until one can sign in")
        screen = _loaded(browser, door, service_workers="block")[0]
        tell("until it is kept")
        opens, whole = _loaded(browser, door, officer)
    yield Figure("phone-first-load", opens / KB, "KB", _in_one() / KB, at_most(150))
    yield Figure("phone-first-screen", screen / KB, "KB", None, None)
    yield Figure("phone-all-kept", whole / KB, "KB", None, None)


def _loaded(browser: Browser, door: Door, officer: str | None = None, **more: Any) -> tuple[int, int]:
    """Bytes until the page is at rest, and until its officer has signed in and it is at rest again."""
    context = browser.new_context(**more)
    before = door.meter.down
    page = context.new_page()
    page.goto(f"{door.url}/patrol/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=30_000)
    if officer:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    at_rest = door.meter.down - before
    if officer:
        sign_in(page, officer)
        app_is_kept(page)
    context.close()
    return at_rest, door.meter.down - before


def _in_one() -> int:
    files, first = shell.contents(), shell.shell().first
    return len(gzip.compress(b"".join(files[address] for address in sorted(first)), 9))


@case(*AUDITS.values(), tiny={"runs": 1})
def lighthouse(tell: Tell, runs: int = 3) -> Figures:
    """Lighthouse's mobile profile (a slow phone, 1.6 Mbit/s, 150 ms) where one signs in, and on a shift with
    a car to go to: the lower of the two medians, of 100."""
    with _served() as stack, front(stack) as door:
        cookie = _with_a_task(stack)
        pages = {"signing in": (), "a task": ("--extra-headers", json.dumps({"Cookie": cookie}))}
        scores = {name: _scores(tell, name, door, headers, runs) for name, headers in pages.items()}
    for audit, name in AUDITS.items():
        beside = {page: {audit: score[audit]} for page, score in scores.items()}
        yield Figure(
            name, min(score[audit] for score in scores.values()), "of 100", None, TARGETS[audit], beside
        )


TARGETS = {"performance": at_least(95), "accessibility": at_least(100)}


def _with_a_task(stack: Stack) -> str:
    """An officer's sign-in, on shift and going to a car, as a cookie."""
    street = laid_out(stack)
    officer = ApiClient(stack.url)
    officer.sign_in(street.officer, PASSWORD)
    now = officer.get("/me")["now"]
    officer.post(f"/shifts/{street.shift['id']}/start", {"id": street.shift["id"], "recorded_at": now})
    street.car_is_over(minutes=25)
    task = _offered(officer)
    officer.post(
        f"/tasks/{task['id']}/accept",
        {"id": str(uuid4()), "version": task["version"], "recorded_at": officer.get("/me")["now"]},
    )
    return f"openpatrol={officer.cookie('openpatrol')}"


def _offered(officer: ApiClient) -> dict[str, Any]:
    """What the planner has for this officer, as soon as it has something: an offer would not outlast a run."""
    give_up_at = time.monotonic() + OFFERED_WITHIN
    while time.monotonic() < give_up_at:
        if tasks := officer.all_of("/tasks?state=open&mine=true"):
            return tasks[0]
        time.sleep(0.1)
    raise TimeoutError("no task was offered")


def _scores(tell: Tell, name: str, door: Door, headers: tuple[str, ...], runs: int) -> dict[str, float]:
    found: dict[str, list[float]] = {audit: [] for audit in AUDITS}
    for number in range(runs):
        tell(f"{name}, {number + 1} of {runs}")
        for audit, category in _lighthouse(door, headers)["categories"].items():
            found[audit].append(100 * (category["score"] or 0))
    return {audit: round(statistics.median(scores)) for audit, scores in found.items()}


def _lighthouse(door: Door, headers: tuple[str, ...]) -> Any:
    flags = " ".join(("--headless=new", "--no-sandbox", door.trust))
    asked = ("--only-categories", ",".join(AUDITS), "--output", "json", "--quiet", f"--chrome-flags={flags}")
    command = [_node(), str(LIGHTHOUSE), f"{door.url}/patrol/", *asked, *headers]
    env = {**os.environ, "CHROME_PATH": str(find_or_install())}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise RuntimeError(f"Lighthouse ended with {done.returncode}: {done.stderr[-800:]}")
    return json.loads(done.stdout)


def _node() -> str:
    from ..web.test_browser_modules import node

    return node()


@dataclass(frozen=True, slots=True)
class State:
    """What an officer is doing; `share` of a shift of eight hours; `metres` walked a second."""

    name: str
    share: float
    metres: float = 0.0


STATES = (
    State("waiting for work", 0.2),
    State("walking to a car", 0.35, 1.2),
    State("at a car", 0.2),
    State("in a pocket", 0.25),
)
HOUR = 3600
COUNTED = """(() => {
    let woken = 0;
    const counted = (run) => (...given) => { woken += 1; return typeof run === 'function' && run(...given); };
    for (const name of ['setTimeout', 'setInterval']) {
        const ours = globalThis[name];
        globalThis[name] = (run, ...more) => ours(counted(run), ...more);
    }
    Object.defineProperty(globalThis, 'woken', { get: () => woken });
})();"""
HIDE = """(() => {
    Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
})()"""


@case("phone-shift-requests", "phone-hidden-requests", tiny={"minutes": 0.05})
def shift_requests(tell: Tell, minutes: float = 10) -> Figures:
    """Requests an hour over a shift, and beside them by what its officer does: counted for some minutes each, the
    phone on the table or moved by the metre. Wake-ups: timers that ran, and pieces that the feed brought."""
    beside: dict[str, dict[str, float | None]] = {}
    with _served() as stack, _browser() as browser:
        street = laid_out(stack)
        context = phone_in(browser, street)
        context.add_init_script(COUNTED)
        page = context.new_page()
        counter = Counter(page)
        page.goto(f"{stack.url}/patrol/")
        sign_in(page, street.officer)
        page.get_by_role("button", name="Start my shift").click()
        for state in STATES:
            tell(f"{state.name}, {minutes:g} min")
            _enter(page, street, state)
            beside[state.name] = _counted(context, page, street, counter, state, minutes)
    average = sum((beside[state.name]["requests/h"] or 0) * state.share for state in STATES)
    yield Figure("phone-shift-requests", average, "1/h", None, None, beside)
    yield Figure("phone-hidden-requests", beside[STATES[-1].name]["requests/h"] or 0, "1/h", None, at_most(0))


class Counter:
    """What a page asks and hears."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.requests = self.pieces = 0
        page.on("request", self._asked)
        cdp = page.context.new_cdp_session(page)
        cdp.on("Network.dataReceived", self._heard)
        cdp.send("Network.enable")

    def _asked(self, _: Any) -> None:
        self.requests += 1

    def _heard(self, _: Any) -> None:
        self.pieces += 1

    def now(self) -> tuple[int, int]:
        """Requests, and wake-ups, so far."""
        return self.requests, self.pieces + int(self._page.evaluate("woken"))


def _enter(page: Page, street: Street, state: State) -> None:
    if state.metres:
        street.car_is_over(minutes=25)
        page.get_by_role("button", name="I’m going").click(timeout=30_000)
        expect(page.get_by_role("button", name="I’m here")).to_be_visible()
    elif state.name == "at a car":
        page.get_by_role("button", name="I’m here").click()
        expect(page.locator("sighting-form")).to_be_visible()
    elif state.name == "in a pocket":
        page.evaluate(HIDE)
        page.wait_for_timeout(12_000)  # it stays in touch for a moment


def _counted(
    context: BrowserContext, page: Page, street: Street, counter: Counter, state: State, minutes: float
) -> dict[str, float | None]:
    requests, woken = counter.now()
    seconds = max(round(minutes * 60), 1)
    for second in range(seconds):
        if state.metres:
            metres = 1000 - state.metres * second
            place = {"longitude": street.lon, "latitude": street.lat - metres / 111_000, "accuracy": 8}
            context.set_geolocation(place)  # type: ignore[arg-type]
        page.wait_for_timeout(1000)
    requests_after, woken_after = counter.now()
    an_hour = HOUR / seconds
    return {
        "requests/h": (requests_after - requests) * an_hour,
        "wake-ups/h": (woken_after - woken) * an_hour,
    }
