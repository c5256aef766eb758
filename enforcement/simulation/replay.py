"""A recorded day through the HTTP API: sensors, officers and phones against a server of its own."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from random import Random
from threading import Thread
from zoneinfo import ZoneInfo

import structlog

from ..config import Clock
from .client import ApiClient
from .pace import Pace
from .patience import Stopped, insist
from .push_receiver import PushReceiver
from .recorded_day import BadRecording, RecordedArea
from .replay_report import Key, Report, account, ask, journal_from, raised_while_free
from .replay_schedule import Hours, Posting, Schedule, schedule
from .replay_set_up import PASSWORD, Officer, administrator, sensor_key, set_up
from .stack import Stack
from .tape import Tape
from .verdicts import Decide, Task, Verdict
from .walkers import Habits, Walker

log = structlog.get_logger(__name__)

BEFORE = timedelta(hours=2)  # the set-up happens so long before the day, by its clock
LEAD = 8.0  # real seconds for the processes to start before the day does
BATCH_EVERY = 0.05  # real seconds
LARGEST_BATCH = 500
SETTLES_WITHIN = 20.0  # real seconds for officers to finish what they began, after the end
SETTLED = 1.0  # real seconds for the last sweeps
HABITS = Habits(real_poll=0.5, looks_for=(120.0, 240.0))

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to replay, and how. `zone` is an IANA time zone; `speed` how many times as fast as the day was."""

    day: date
    zone: str = "Australia/Melbourne"
    start: time_of_day = time_of_day(7)
    end: time_of_day = time_of_day(19)
    speed: float = 120.0
    officers: int = 3
    seed: int = 1
    durable: bool = True

    @property
    def hours(self) -> Hours:
        return Hours.of(self.day, ZoneInfo(self.zone), self.start, self.end)


@dataclass(slots=True)
class Feed:
    """The sensors' side: what is posted, and when each overstay was (time.monotonic())."""

    api: ApiClient
    tape: Tape[Posting]
    posted_at: dict[Key, float] = field(default_factory=dict)
    readings: int = 0

    def run(self, pace: Pace) -> None:
        """Post what falls due until there is no more."""
        while self.tape.next_due is not None and pace.rest(BATCH_EVERY):
            due = self.tape.take(pace.clock())
            for first in range(0, len(due), LARGEST_BATCH):
                self._post(pace, due[first : first + LARGEST_BATCH])

    def _post(self, pace: Pace, due: list[Posting]) -> None:
        now = time.monotonic()
        for posting in due:
            if posting.over_since:
                self.posted_at[posting.bay, posting.over_since] = now
        body = {"readings": [posting.reading for posting in due]}
        answer = insist(pace, lambda: self.api.post("/readings", body))
        self.readings += len(due)
        if answer["refused"] or answer["unmapped"] or answer["late"]:
            log.warning("readings not taken", **answer)


def replay(area: RecordedArea, wanted: Wanted, tell: Tell) -> Report:
    """Run the day and account for it. `tell` takes a line of progress each second. Raises BadRecording."""
    plan = schedule(area.on(wanted.day), wanted.hours)
    if not plan.recorded:
        days = ", ".join(f"{day:%Y%m%d}" for day in area.days)
        raise BadRecording(f"nothing was recorded on {wanted.day:%Y%m%d}; there is {days}")
    with PushReceiver() as push, Stack(durable=wanted.durable) as stack:
        tell("setting up")
        stack.serve(Clock(_utc(wanted.hours.start - BEFORE), 1.0, time.time()))
        officers = set_up(stack, area, wanted.hours, wanted.zone, wanted.speed, wanted.officers, push)
        key = sensor_key(administrator(stack))
        clock = Clock(_utc(wanted.hours.start), wanted.speed, time.time() + LEAD)
        stack.serve(clock)
        api = administrator(stack)
        cursor = api.get("/journal")["cursor"]
        feed = _run_day(stack, Pace(clock), plan, wanted, officers, ApiClient(stack.url, key=key), push, tell)
        free_for = raised_while_free(journal_from(api, cursor))
        return account(plan, ask(api), feed.posted_at, first_offers(push), free_for)


def _run_day(
    stack: Stack,
    pace: Pace,
    plan: Schedule,
    wanted: Wanted,
    officers: list[Officer],
    sensors: ApiClient,
    push: PushReceiver,
    tell: Tell,
) -> Feed:
    hours = wanted.hours
    feed = Feed(sensors, Tape(plan.postings(hours.end), due=lambda posting: posting.due))
    decide = truth(plan)
    random = Random(wanted.seed)
    walkers = [_walker(stack, pace, Random(random.getrandbits(64)), decide, officer) for officer in officers]
    pace.until(hours.start)
    with _in_background(pace, [lambda: feed.run(pace), *(walker.run for walker in walkers)]):
        while pace.clock() < hours.end:
            stack.check()
            local = pace.clock().astimezone(hours.start.tzinfo)
            tell(f"{local:%H:%M}  {feed.readings} readings posted, {len(push.pushed)} messages at phones")
            pace.rest(min(1.0, pace.real_seconds((hours.end - pace.clock()).total_seconds())))
        _settle(administrator(stack), tell)
    return feed


def _walker(stack: Stack, pace: Pace, random: Random, decide: Decide, officer: Officer) -> Walker:
    api = ApiClient(stack.url)
    api.sign_in(officer.email, PASSWORD)
    api.post("/devices", officer.phone.subscription)
    return Walker(api, pace, random, decide, officer.start, habits=HABITS, phone=officer.phone.rang)


def truth(plan: Schedule) -> Decide:
    """What an officer finds: the recording says whether the car is still there."""
    left_at = {(each.bay, each.since): each.left_at for each in plan.posted}

    def decide(task: Task, now: datetime) -> Verdict:
        gone = left_at.get((task["bay"]["reference"], datetime.fromisoformat(task["overstay_from"])))
        return Verdict("notice_served" if gone and now < gone else "gone_on_arrival")

    return decide


@contextmanager
def _in_background(pace: Pace, works: list[Callable[[], None]]) -> Iterator[None]:
    """Each in a thread of its own; all are over when this ends, and a fault of one is ours."""
    faults: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except Stopped:
            return
        except Exception as fault:
            faults.append(fault)
            pace.stop.set()

    threads = [Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        pace.stop.set()
        for thread in threads:
            thread.join(SETTLES_WITHIN)
    if faults:
        raise faults[0]


def _settle(api: ApiClient, tell: Tell) -> None:
    """Let officers finish what they began and end their shifts, and the last sweeps pass."""
    tell("the day is over: waiting for the officers to finish")
    give_up_at = time.monotonic() + SETTLES_WITHIN
    while api.all_of("/shifts", on="true") and time.monotonic() < give_up_at:
        time.sleep(0.1)
    time.sleep(SETTLED)


def first_offers(push: PushReceiver) -> dict[str, float]:
    """By task, when the first message that offers it reached a phone."""
    found: dict[str, float] = {}
    for each in push.pushed:
        data = each.read()["notification"]["data"]
        if data["kind"] == "task.offered":
            found.setdefault(data["task"], each.arrived)
    return found


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
