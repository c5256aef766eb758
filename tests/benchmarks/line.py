"""From the kerb to the phone, while the whole town reports: how soon a claimed overstay is a push request, and
how late our own clock raises a task."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from statistics import quantiles
from threading import Event

from enforcement.config import Clock
from enforcement.simulation.client import ApiClient
from enforcement.simulation.push_receiver import Pushed, PushReceiver
from enforcement.simulation.stack import Stack

from .floors import Floors, connected
from .harness import Figure, Figures, Tell, at_most, case
from .load import HELD, PER_SECOND, POSTERS, Load, reading
from .town import Town, town

BAYS = 6000
OFFICERS = 40
EVERY = 0.25  # seconds between claims, and between timers
WARM_UP = 5.0  # seconds that don't count
STAYS_FOR = 1.0  # seconds after the offer; then the car is gone, and its officer is free again
SETTLES_WITHIN = 60.0  # seconds for the last of it
TIMER_MINUTES = 10
SEEN_EVERY = 0.02  # seconds
RAISED = """
    SELECT t.id::text, b.reference, extract(epoch FROM t.overstay_from)::float8
    FROM tasks t JOIN bays b ON b.authority_id = t.authority_id AND b.id = t.bay_id
    WHERE t.raised_at > now() - interval '1 minute'
"""


@case(
    "reading-to-push-p50",
    "reading-to-push-p99",
    "timer-lateness-p99",
    tiny={"seconds": 1.0, "bays": 100, "per_second": 20, "held": 0.0, "durable": False},
)
def line(
    tell: Tell,
    seconds: float = 120.0,
    bays: int = BAYS,
    per_second: int = PER_SECOND,
    held: float = HELD,
    durable: bool = True,
) -> Figures:
    """Limits: a commit, a bell and a push of the one who hears it; a thread that wakes up and commits."""
    with PushReceiver() as push, Stack(durable=durable) as stack, town(stack) as place:
        tell("setting up")
        place.officers(OFFICERS, push)
        sensors, key = place.bays("B", bays, 120), place.key("readings:write")
        late = Overstays(place, round(seconds / EVERY))
        stack.serve(Clock())
        load, floors = Load(stack.url, key, sensors, per_second), Floors(stack, push)
        late.begin(ApiClient(stack.url, key=key))
        works = [
            *[load.run] * POSTERS,
            floors.keep,
            floors.send,
            partial(late.claim, ApiClient(stack.url, key=key)),
            partial(late.leave, ApiClient(stack.url, key=key), push),
            partial(late.watch, stack),
        ]
        with in_background(*works):
            while not late.over and time.monotonic() < late.give_up_at:
                stack.check()
                tell(f"{load.posted} readings posted, {len(push.pushed)} messages pushed")
                time.sleep(0.5)
            load.check(held)
    floors.settle()
    to_push, lateness = late.to_push(), late.lateness()
    yield _figure("reading-to-push-p50", 50, to_push, floors.push, 150)
    yield _figure("reading-to-push-p99", 99, to_push, floors.push, 1000)
    yield _figure("timer-lateness-p99", 99, lateness, floors.timer, 1500)


def _figure(name: str, percent: int, found: list[float], floor: list[float], target: float) -> Figure:
    value, limit = (1000 * quantiles(each, n=100, method="inclusive")[percent - 1] for each in (found, floor))
    return Figure(name, value, "ms", limit, at_most(target))


class Overstays:
    """Some that a network claims and some that our own clock has to notice, at even but for chance intervals."""

    def __init__(self, place: Town, count: int) -> None:
        self._random = Random(1)
        self._claims = place.bays("CLAIM", count, 180)
        self._timers = place.bays("TIMER", count, TIMER_MINUTES)
        self._claimed_at: dict[str, float] = {}  # monotonic seconds, by bay
        self._raised: dict[str, tuple[str, float]] = {}  # bay and seconds late, by task
        self._offered: dict[str, float] = {}  # monotonic seconds, by task
        self._gone: set[str] = set()  # tasks whose car has left

    def begin(self, sensors: ApiClient) -> None:
        """From now on the clock runs: what it shall notice is parked already."""
        self._start, self._start_at = (
            time.monotonic() + WARM_UP,
            datetime.now(UTC) + timedelta(seconds=WARM_UP),
        )
        count = len(self._claims)
        self._moments = [(number + self._random.random()) * EVERY for number in range(count)]
        self.give_up_at = self._start + count * EVERY + SETTLES_WITHIN
        allowed = timedelta(minutes=TIMER_MINUTES)
        parked = [
            reading(bay, True, self._start_at + timedelta(seconds=moment) - allowed)
            for bay, moment in zip(self._timers, self._moments, strict=True)
        ]
        sensors.post("/readings", {"readings": parked})

    def claim(self, sensors: ApiClient, stop: Event) -> None:
        """Each claim is posted by itself, the moment it is made."""
        for bay, moment in zip(self._claims, self._moments, strict=True):
            if stop.wait(self._start + moment - time.monotonic()):
                return
            now = datetime.now(UTC)
            since = (now - timedelta(minutes=15)).isoformat()
            claim = {"sensor": bay, "state": "over", "at": now.isoformat(), "since": since}
            self._claimed_at[bay] = time.monotonic()
            sensors.post("/readings", {"readings": [claim]})

    def leave(self, sensors: ApiClient, push: PushReceiver, stop: Event) -> None:
        """A car drives off soon after an officer was sent there."""
        seen = 0
        while not stop.wait(STAYS_FOR):
            parked = [task for task in self._offered if task in self._raised]
            seen, arrived = len(push.pushed), push.pushed[seen:]
            self._note(arrived)
            gone = [reading(self._raised[task][0], False) for task in parked if task not in self._gone]
            self._gone.update(parked)
            if gone:
                sensors.post("/readings", {"readings": gone})

    def _note(self, arrived: Sequence[Pushed]) -> None:
        for each in arrived:
            data = each.read()["notification"]["data"]
            if data["kind"] == "task.offered":
                self._offered.setdefault(data["task"], each.arrived)

    @property
    def over(self) -> bool:
        """Has all come to an officer?"""
        return len(self._offered) >= len(self._claims) + len(self._timers)

    def watch(self, stack: Stack, stop: Event) -> None:
        """Notes when each task can first be seen by others."""
        with connected(stack) as database:
            while not stop.wait(SEEN_EVERY):
                for task, bay, overstay_from in database.execute(RAISED):
                    self._raised.setdefault(task, (bay, time.time() - overstay_from))

    def lateness(self) -> list[float]:
        """Seconds from the end of the permitted period to a task that others can see."""
        found = dict(self._raised.values())
        return [found[bay] for bay in _all_of(self._timers, found, "raised")]

    def to_push(self) -> list[float]:
        """Seconds from the posting of a claim to the push request."""
        found = {bay: self._offered[task] for task, (bay, _) in self._raised.items() if task in self._offered}
        return [found[bay] - self._claimed_at[bay] for bay in _all_of(self._claims, found, "pushed")]


def _all_of(bays: list[str], found: dict[str, float], what: str) -> list[str]:
    """All bays, or RuntimeError: what never came is not left out of the reckoning."""
    missing = [bay for bay in bays if bay not in found]
    if missing:
        raise RuntimeError(f"{len(missing)} of {len(bays)} were never {what}: {', '.join(missing[:5])}")
    return bays


@contextmanager
def in_background(*works: Callable[[Event], None]) -> Iterator[None]:
    """Each in a thread of its own, told to stop at the end; the first fault of one is ours."""
    stop = Event()
    with ThreadPoolExecutor(len(works)) as pool:
        running = [pool.submit(work, stop) for work in works]
        try:
            yield
        finally:
            stop.set()
    for each in running:
        each.result()
