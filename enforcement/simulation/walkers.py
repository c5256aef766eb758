"""Officers who are not there: they go on duty, walk, answer offers and close visits, all over the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from threading import Event
from typing import Any
from uuid import uuid4

import structlog

from .client import ApiClient, ApiFault, ServerAway
from .pace import Pace
from .patience import Stopped, insist
from .points import Point
from .verdicts import Decide, Task, Verdict, invented_plate

log = structlog.get_logger(__name__)

Span = tuple[float, float]  # from .. to, in simulated seconds

LOOKS_ALIVE = 60.0  # simulated seconds between positions of one who stands still
TAKES_BREATH = 3.0  # real seconds after a refusal that is not about one task
STROLL_SHARE = 0.6  # of the walking pace
LONGEST_WAIT_FOR_LAWFUL = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Habits:
    """How an officer works: simulated seconds and metres, but for what is named real."""

    walks_m_s: float = 5 / 3.6
    fix_every: float = 5.0
    accuracy_m: float = 8.0
    answers_after: Span = (3.0, 10.0)
    looks_for: Span = (60.0, 150.0)
    real_poll: float = 1.0
    real_step: float = 0.25


class Walker:
    """One officer, by a client that is signed in as them. `beat` are places to stroll between when idle.

    `phone` is set when a message arrives; without one the officer looks at the screen now and then.
    """

    def __init__(
        self,
        api: ApiClient,
        pace: Pace,
        random: Random,
        decide: Decide,
        start: Point,
        *,
        habits: Habits = Habits(),
        beat: Sequence[Point] = (),
        phone: Event | None = None,
    ) -> None:
        self.here = start
        self._api, self._pace, self._random, self._decide = api, pace, random, decide
        self._habits, self._beat, self._phone = habits, beat, phone or Event()
        self._goal, self._shift = start, dict[str, Any]()
        self._told_at: datetime | None = None  # when we last said where we are

    def run(self) -> None:
        """Work until the simulation stops; a server that is away is waited for."""
        while not self._pace.stopping:
            try:
                self._on_duty()
            except Stopped:
                return
            except (ApiFault, ServerAway) as fault:
                log.info("officer waits", fault=str(fault))
                self._pace.rest(TAKES_BREATH)

    def _on_duty(self) -> None:
        """Begin the shift that is planned, or go on with the one that runs; end it on time."""
        shift = insist(self._pace, lambda: self._api.get("/me"))["shift"]
        if shift is None:
            self._pace.rest(self._habits.real_poll * 5)
            return
        if shift["started_at"] is None and not self._begin(shift):
            return
        self._shift = shift
        self._told_at = None
        while not self._pace.stopping and not self._over():
            self._look_for_work()
        if self._over():
            self._step("/shifts/{}/end", shift["id"])

    def _begin(self, shift: dict[str, Any]) -> bool:
        if not self._pace.until(datetime.fromisoformat(shift["planned_from"])):
            return False
        self._step("/shifts/{}/start", shift["id"])
        return True

    def _over(self) -> bool:
        return self._pace.clock() >= datetime.fromisoformat(self._shift["planned_to"])

    def _look_for_work(self) -> None:
        tasks = self._api.get("/tasks", mine="true", state="open")["items"]
        if tasks:
            try:
                self._visit(tasks[0])
            except ApiFault as fault:  # as a rule somebody changed the task: look again
                log.debug("step refused", fault=str(fault), task=tasks[0]["id"])
                self._pace.rest(self._habits.real_poll)
            return
        self._idle()
        self._phone.wait(self._habits.real_poll)
        self._phone.clear()

    def _idle(self) -> None:
        """Stroll, if there is a beat; say where one is at least once a minute."""
        now = self._pace.clock()
        if self._beat:
            seconds = self._habits.real_poll * self._pace.clock.speed
            self.here = self.here.towards(self._goal, seconds * self._habits.walks_m_s * STROLL_SHARE)
            if self.here == self._goal:
                self._goal = self._random.choice(self._beat)
        rest = self._habits.fix_every if self._beat else LOOKS_ALIVE
        if self._told_at is None or (now - self._told_at).total_seconds() >= rest:
            self._tell([(now, self.here)])

    def _visit(self, task: Task) -> None:
        """Take one task as far as it goes; ends early when it is no longer ours."""
        if task["state"] == "offered":
            self._pause(self._habits.answers_after)
            task = self._task_step(task, "accept")
        if task["state"] == "accepted":
            walked = self._walk(task)
            if walked is None:
                return
            task = walked
        if task["state"] == "arrived":
            self._close(task)

    def _walk(self, task: Task) -> Task | None:
        """To the bay: the fence says when we are there, or we say it. None if there is no more need to go."""
        bay = Point(lon=task["bay"]["lon"], lat=task["bay"]["lat"])
        looked_at = walked_at = self._pace.clock()
        while not self._over():
            step = self._habits.real_step * self._pace.clock.speed
            if not self._pace.sleep(max(self._habits.fix_every, step)):
                raise Stopped
            now = self._pace.clock()
            arrived = self._tell(self._trail(bay, walked_at, now))
            walked_at = now
            if arrived and arrived["id"] == task["id"]:
                return arrived
            if self.here == bay:
                return self._task_step(self._fresh(task), "arrive")
            if self._pace.real_seconds((now - looked_at).total_seconds()) >= self._habits.real_poll:
                looked_at = now
                task = self._fresh(task)
                if task["state"] != "accepted":
                    return task if task["state"] == "arrived" else None
        return None

    def _trail(self, goal: Point, since: datetime, now: datetime) -> list[tuple[datetime, Point]]:
        """Where the phone was at each fix between two moments, on a straight way to the goal."""
        fixes = max(1, int((now - since).total_seconds() / self._habits.fix_every))
        step = (now - since) / fixes
        trail = []
        for number in range(1, fixes + 1):
            self.here = self.here.towards(goal, step.total_seconds() * self._habits.walks_m_s)
            trail.append((since + number * step, self.here))
        return trail

    def _tell(self, trail: Sequence[tuple[datetime, Point]]) -> Task | None:
        """Post the fixes; the task that the server now takes us to have arrived at."""
        fixes = [self._fix(at, point) for at, point in trail]
        self._told_at = trail[-1][0]
        answer: Task = self._api.post("/positions", {"id": str(uuid4()), "fixes": fixes})
        return answer["arrived_task"]

    def _fix(self, at: datetime, point: Point) -> dict[str, Any]:
        return {"at": at.isoformat(), **self._place(point)}

    def _place(self, point: Point) -> dict[str, float]:
        off = self._habits.accuracy_m / 2
        seen = point.moved(east_m=self._random.gauss(0, off), north_m=self._random.gauss(0, off))
        return {"lon": round(seen.lon, 7), "lat": round(seen.lat, 7), "accuracy_m": self._habits.accuracy_m}

    def _close(self, task: Task) -> None:
        verdict = self._decide(task, self._pace.clock())
        if verdict.needs_sighting:
            verdict = self._observe(task, verdict)
            task = self._fresh(task)
        place = self._place(self.here)
        if verdict.needs_sighting:
            task = self._task_step(task, "sightings", plate=invented_plate(self._random), **place)
        self._task_step(task, "outcome", outcome=verdict.outcome, details=verdict.details, **place)

    def _observe(self, task: Task, verdict: Verdict) -> Verdict:
        """Watch for as long as it takes, and till a penalty is lawful; then judge again."""
        lawful_from = datetime.fromisoformat(task["lawful_from"])
        if lawful_from - self._pace.clock() > LONGEST_WAIT_FOR_LAWFUL:
            return Verdict("within_time")
        self._pause(self._habits.looks_for)
        if not self._pace.until(lawful_from):
            raise Stopped
        still = self._decide(task, self._pace.clock())
        return verdict if still.needs_sighting else Verdict("drove_away_before_preparation")

    def _pause(self, span: Span) -> None:
        if not self._pace.sleep(self._random.uniform(*span)):
            raise Stopped

    def _fresh(self, task: Task) -> Task:
        found: Task = self._api.get(f"/tasks/{task['id']}")
        return found

    def _task_step(self, task: Task, step: str, **said: Any) -> Task:
        taken: Task = self._step(f"/tasks/{{}}/{step}", task["id"], version=task["version"], **said)
        return taken

    def _step(self, path: str, subject: str, **said: Any) -> Any:
        """One write of a phone, with an id of its own so that it may be sent again."""
        body = {"id": str(uuid4()), "recorded_at": self._pace.clock().isoformat(), **said}
        return insist(self._pace, lambda: self._api.post(path.format(subject), body))
