"""What tests of the promises do again and again."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import Random
from threading import Barrier
from typing import Any, NoReturn, TypeVar
from uuid import uuid4

from sqlalchemy import text

from enforcement.config import Clock
from enforcement.simulation.client import ApiClient, ApiFault
from enforcement.simulation.pace import Pace
from enforcement.simulation.patience import insist
from enforcement.simulation.stack import Stack

from ..adapters.push_service import PushService, Received
from ..builders import PASSWORD, step
from .borough import Borough, founded, place_of
from .history import History
from .invariants import snapshot
from .phones import Phone

GENEROUS = 120.0  # seconds: how long a slow machine may take; what is proven is told by times in the database
PACE = Pace(Clock())
T = TypeVar("T")


def town(stack: Stack, history: History, bays: int = 1, **policy: Any) -> Borough:
    """A council of its own for a test."""
    borough = founded(stack, f"t{uuid4().hex[:10]}", bays, history)
    if policy:
        now = borough.administrator.get("/authority")["policy"]
        borough.administrator.patch("/authority", {"policy": now | policy})
    return borough


def until(ask: Callable[[], T], seconds: float = GENEROUS) -> T:
    """What `ask` gives, as soon as it is something."""
    give_up_at = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < give_up_at, f"still nothing after {seconds:g} s"
        time.sleep(0.1)
    return found


def at_once(calls: list[Callable[[], T]]) -> list[T | ApiFault]:
    """Make the calls in threads that start together; each is asked again until there is an answer."""
    together = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | ApiFault:
        together.wait()
        try:
            return insist(PACE, call, longest=1.0)
        except ApiFault as fault:
            return fault

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def says(borough: Borough, bay: int, state: str, **more: Any) -> dict[str, Any]:
    """A reading of the sensor in this bay, of now, with a key of its own."""
    at = datetime.now(UTC).isoformat()
    since = {"since": at} if state == "over" else {}
    return {"sensor": f"S-{borough.bays[bay]}", "state": state, "at": at, "key": uuid4().hex, **since, **more}


def post(api: ApiClient, *readings: dict[str, Any]) -> Any:
    """Post a batch until it is acknowledged."""
    return insist(PACE, lambda: api.post("/readings", {"readings": list(readings)}), longest=1.0)


class Attempts(PushService):
    """Remembers every message that was in order when it came, whatever was answered."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[Received] = []

    def _open(self, path: str, headers: dict[str, str], body: bytes) -> Received:
        message = super()._open(path, headers, body)
        self.came.append(message)
        return message


class Dead(PushService):
    """Hangs up on everybody; `requests` counts who tried."""

    def take(self, path: str, headers: dict[str, str], body: bytes) -> NoReturn:
        with self._news:
            self.requests += 1
        raise ConnectionAbortedError


class OnDuty:
    """An officer on shift who does what a test says."""

    def __init__(self, borough: Borough, history: History, number: int = 1, bay: int = 0) -> None:
        self.borough = borough
        self.email, self.id = borough.officer(number)
        self.phone = self.signed_in(history)
        self.shift = self.phone.get("/me")["shift"]
        self.post(f"/shifts/{self.shift['id']}/start")
        self.stand(bay)

    def signed_in(self, history: History) -> Phone:
        """Another phone of the same officer."""
        phone = Phone(self.borough.stack.url, Random(0), history, again=0.0)
        phone.sign_in(self.email, PASSWORD)
        return phone

    def subscribe(self, service: PushService) -> str:
        """The device's id."""
        subscription = service.subscribe(self.phone.get("/push")["key"])
        return str(self.phone.post("/devices", subscription.info)["id"])

    def stand(self, bay: int = 0) -> Any:
        place = place_of(bay)
        fix = {"lon": place.lon, "lat": place.lat, "accuracy_m": 5.0, "at": datetime.now(UTC).isoformat()}
        return self.phone.post("/positions", {"id": str(uuid4()), "fixes": [fix]})

    def post(self, path: str, **said: Any) -> Any:
        """One write, until there is an answer."""
        body = step(**said)
        return insist(PACE, lambda: self.phone.post(path, body), longest=1.0)

    def offered(self) -> dict[str, Any]:
        """The task on this phone, as soon as there is one."""
        return until(self.mine)[0]

    def mine(self) -> list[dict[str, Any]]:
        tasks: list[dict[str, Any]] = insist(
            PACE, lambda: self.phone.get("/tasks", mine="true", state="open"), longest=1.0
        )["items"]
        return tasks

    def on(self, task: dict[str, Any], what: str, **said: Any) -> Any:
        return self.post(f"/tasks/{task['id']}/{what}", version=task["version"], **said)


class Records:
    """The rows of one council, asked of the database as its owner."""

    def __init__(self, borough: Borough) -> None:
        self._borough = borough

    def __call__(self, query: str, **values: Any) -> list[Any]:
        with snapshot(self._borough.stack.env["DATABASE_OWNER_URL"]) as connection:
            return list(connection.execute(text(query), {"ours": self._borough.id, **values}))

    def count(self, table: str, where: str = "true", **values: Any) -> int:
        [(number,)] = self(f"SELECT count(*) FROM {table} WHERE authority_id = :ours AND {where}", **values)
        return int(number)
