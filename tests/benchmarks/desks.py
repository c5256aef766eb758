"""The supervisor's desk in Chromium: what it loads, how soon an event is on its screen, how its map moves."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import quantiles

import psutil
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from enforcement import people
from enforcement.config import Clock
from enforcement.simulation.client import ApiClient
from enforcement.simulation.push_receiver import PushReceiver
from enforcement.simulation.stack import Stack

from ..browser.conftest import DESK, laid_out, sign_in
from ..builders import PASSWORD
from .front import front
from .harness import Figure, Figures, Tell, at_least, at_most, case
from .phones import KB, _browser, _served
from .town import SOUTH, WEST, Town, town

SUPERVISOR = "sunita@bench.example"
WITHIN = 180_000  # ms for a large town to be there
MEGABYTE = 1e6
READINGS_AT_ONCE = 5

# Streets of a hundred bays, five metres apart, in blocks.
LAID_OUT = text("""
    WITH placed AS (SELECT id, row_number() OVER () - 1 AS n FROM bays WHERE authority_id = :ours)
    UPDATE bays SET street = 'Street ' || (n / 100), lon = :west + (n / 100 % 4) * 0.0095 + n % 100 * 0.00008,
        lat = :south + n / 400 * 0.0006
    FROM placed WHERE bays.authority_id = :ours AND bays.id = placed.id
""")
# Some of the work is in officers' hands: they are on the way, and nothing is planned meanwhile.
BUSY = text("UPDATE shifts SET state = 'incident' WHERE authority_id = :ours")
TAKEN = text("""
    WITH pairs AS (
        SELECT t.id AS task_id, s.id AS shift_id, s.officer_id
        FROM (SELECT id, row_number() OVER () AS n FROM tasks WHERE authority_id = :ours) t
        JOIN (SELECT id, officer_id, row_number() OVER () AS n FROM shifts WHERE authority_id = :ours) s USING (n)
    ), given AS (
        INSERT INTO assignments (authority_id, id, task_id, shift_id, officer_id, state, offered_at, expires_at,
            accepted_at, expected_value, reason)
        SELECT :ours, gen_random_uuid(), task_id, shift_id, officer_id, 'accepted', now(), now(), now(), 0, ''
        FROM pairs
    )
    UPDATE tasks SET state = 'accepted', officer_id = pairs.officer_id FROM pairs
    WHERE tasks.authority_id = :ours AND tasks.id = pairs.task_id
""")
# Two frames after the page knows of it, a task is drawn.
SEEN = """() => {
    const { desk } = document.querySelector('live-screen');
    window.seen = new Map(desk.tasks.map(({ id }) => [id, null]));
    window.entries = [];
    desk.live.addEventListener('change', () => window.entries.push(Date.now()));
    desk.addEventListener('change', () => requestAnimationFrame(() => requestAnimationFrame(() => {
        for (const { id, raised_at: at } of desk.tasks) {
            if (!window.seen.has(id)) window.seen.set(id, Date.now() - Date.parse(at));
        }
    })));
}"""
FRAMES = """() => {
    window.frames_ = [];
    const frame = (at) => { window.frames_.push(at); window.moving = requestAnimationFrame(frame); };
    window.moving = requestAnimationFrame(frame);
}"""
STILL = "() => { cancelAnimationFrame(window.moving); return window.frames_; }"


@case("desk-first-view", tiny={})
def first_view(tell: Tell) -> Figures:
    """KB through the door, headers and TLS included, into an empty browser, until a supervisor of a small town who
    signs in sees the live map."""
    with _served() as stack, front(stack) as door, _browser(door.trust) as browser:
        street = laid_out(stack)
        before = door.meter.down
        context = browser.new_context(viewport=DESK)
        page = context.new_page()
        page.goto(f"{door.url}/desk/")
        sign_in(page, street.supervisor)
        expect(page.locator("town-map canvas")).to_be_visible(timeout=30_000)
        page.wait_for_timeout(2000)  # the feed never rests, so that the network is never idle
        loaded = door.meter.down - before
        context.close()
    yield Figure("desk-first-view", loaded / KB, "KB", None, at_most(250))


@case("desk-event-to-screen", tiny={"bays": 60, "tasks": 5, "officers": 2, "seconds": 2.0, "readings": 10})
def event_to_screen(
    tell: Tell,
    bays: int = 20_000,
    tasks: int = 1_000,
    officers: int = 200,
    seconds: float = 30.0,
    readings: int = 25,
) -> Figures:
    """Seconds from the moment a task is raised to the frame in which the open map draws it, p99, while cars come and
    tasks are raised; beside it how many entries of the journal the page heard each second."""
    with _large_town(tell, bays, tasks, officers) as (stack, references, api), _browser() as browser:
        page = _opened(browser, stack)
        _all_there(page, bays, tasks, officers)
        page.evaluate(SEEN)
        tell("cars come")
        began = time.monotonic()
        fresh = references[tasks : tasks + round(seconds * readings)]
        for first in range(0, len(fresh), READINGS_AT_ONCE):
            _claim(api, fresh[first : first + READINGS_AT_ONCE], minutes=5)
            page.wait_for_timeout(max(0.0, (began + first / readings - time.monotonic()) * 1000))
        page.wait_for_timeout(3000)
        waits = [
            ms / 1000 for ms in page.evaluate("() => [...window.seen.values()].filter((ms) => ms !== null)")
        ]
        entries = page.evaluate("() => window.entries")
        page.context.close()
    if len(waits) < 0.99 * len(fresh):
        raise RuntimeError(f"{len(waits)} of {len(fresh)} tasks were seen")
    each = quantiles(waits, n=100)
    rate = 1000 * len(entries) / max(entries[-1] - entries[0], 1)
    beside = {"p50": {"s": each[49]}, "slowest": {"s": max(waits)}, "entries": {"1/s": rate}}
    yield Figure("desk-event-to-screen", each[98], "s", None, at_most(1.0), beside)


@case(
    "desk-pan-20k",
    "desk-pan-memory",
    tiny={"bays": 60, "tasks": 5, "officers": 2, "seconds": 1.0},
)
def pan(
    tell: Tell, bays: int = 20_000, tasks: int = 2_000, officers: int = 200, seconds: float = 5.0
) -> Figures:
    """Frames a second while the map is dragged about, far out, over the streets and close in: the least of the three;
    and the memory that the page's process has to itself, after it."""
    with _large_town(tell, bays, tasks, officers) as (stack, _, _), _browser() as browser:
        page = _opened(browser, stack)
        _all_there(page, bays, tasks, officers)
        beside: dict[str, dict[str, float | None]] = {}
        for name, closer in (("all of it", 0), ("streets", 5), ("bays", 4)):
            for _ in range(closer):
                page.get_by_role("button", name="Closer").click()
            tell(name)
            beside[name] = _dragged(page, seconds)
        memory = _memory(browser)
        page.context.close()
    least = min(each["frames/s"] or 0 for each in beside.values())
    yield Figure("desk-pan-20k", least, "frames/s", None, at_least(30), beside)
    yield Figure("desk-pan-memory", memory / MEGABYTE, "MB", None, at_most(300))


def _dragged(page: Page, seconds: float) -> dict[str, float | None]:
    box = page.locator("town-map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(FRAMES)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for way in (1, -1):
            page.mouse.move(x - way * 200, y - way * 100)
            page.mouse.down()
            page.mouse.move(x + way * 200, y + way * 100, steps=40)
            page.mouse.up()
    frames = page.evaluate(STILL)
    gaps = sorted(after - before for before, after in pairwise(frames))
    spent = frames[-1] - frames[0]
    return {"frames/s": 1000 * len(gaps) / spent, "slow frames, ms": gaps[round(0.99 * (len(gaps) - 1))]}


def _memory(browser: Browser) -> int:
    """Of the page's process, what no other process shares."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return max(
        psutil.Process(each["id"]).memory_full_info().uss for each in told if each["type"] == "renderer"
    )


@contextmanager
def _large_town(
    tell: Tell, bays: int, tasks: int, officers: int
) -> Iterator[tuple[Stack, list[str], ApiClient]]:
    """With so many tasks open, some of them in the hands of officers."""
    with PushReceiver() as push, Stack(durable=False) as stack, town(stack) as place:
        tell("setting up")
        place.officers(officers, push)
        references = place.bays("B", bays, 60)
        with place.session() as session:
            ours = {"ours": place.id}
            session.execute(LAID_OUT, {**ours, "west": WEST, "south": SOUTH})
            session.execute(BUSY, ours)
            people.create_person(
                session, SUPERVISOR, "Sunita", "supervisor", PASSWORD, "bench", datetime.now(UTC)
            )
        stack.serve(Clock())
        api = ApiClient(stack.url, key=place.key("readings:write"))
        for first in range(0, tasks, 100):
            _claim(api, references[first : min(first + 100, tasks)], minutes=5 + first / 100)
        _raised(place, tasks)
        with place.session() as session:
            session.execute(TAKEN, ours)
        yield stack, references, api


def _claim(api: ApiClient, sensors: list[str], minutes: float) -> None:
    now = datetime.now(UTC)
    said = {"state": "over", "at": now.isoformat(), "since": (now - timedelta(minutes=minutes)).isoformat()}
    answer = api.post("/readings", {"readings": [{"sensor": each, **said} for each in sensors]})
    assert answer["taken"] == len(sensors)


def _raised(place: Town, tasks: int) -> None:
    """As many tasks are open."""
    count = text("SELECT count(*) FROM tasks WHERE authority_id = :ours")
    give_up_at = time.monotonic() + WITHIN / 1000
    while time.monotonic() < give_up_at:
        with place.session() as session:
            if (session.scalar(count, {"ours": place.id}) or 0) >= tasks:
                return
        time.sleep(0.2)
    raise TimeoutError("the tasks were not raised")


def _opened(browser: Browser, stack: Stack) -> Page:
    page = browser.new_context(viewport=DESK).new_page()
    page.goto(f"{stack.url}/desk/")
    sign_in(page, SUPERVISOR)
    expect(page.locator("town-map canvas")).to_be_visible(timeout=WITHIN)
    return page


def _all_there(page: Page, bays: int, tasks: int, officers: int) -> None:
    words = f"{bays} bays, {tasks} tasks, {officers} officers on shift"
    expect(page.get_by_text(words)).to_be_visible(timeout=WITHIN)
