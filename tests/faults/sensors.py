"""Gateways that post readings at a steady rate, and go on asking until they are acknowledged."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from heapq import heappop, heappush
from random import Random
from typing import Any

from enforcement.simulation.client import ApiClient, ApiFault
from enforcement.simulation.pace import Pace
from enforcement.simulation.patience import Stopped, insist

from .history import History

TICK = 0.25  # seconds between batches
LARGEST = 500
LONGEST_WAIT = 1.0  # seconds until it asks again
LATE, LONGEST_LATENESS = 0.03, 40.0  # share of readings, seconds
REPEATED = 0.02
LEAVES, ARRIVES, OVER = (
    0.05,
    0.05,
    0.05,
)  # chances at each report of a taken bay, of a free one, of an arrival


class Sensor:
    """One device; `acknowledged[n]` is 1 once its n-th reading got its 200."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        self.occupied = False
        self.acknowledged = bytearray()

    def report(self, random: Random, at: datetime) -> dict[str, Any]:
        """What it says now, with a key of its own."""
        state, more = self._state(random), {}
        if state == "over":
            more = {"since": at.isoformat()}
        key = f"{len(self.acknowledged)}"
        self.acknowledged.append(0)
        return {"sensor": self.reference, "state": state, "at": at.isoformat(), "key": key, **more}

    def _state(self, random: Random) -> str:
        if self.occupied:
            self.occupied = random.random() >= LEAVES
            return "occupied" if self.occupied else "free"
        self.occupied = random.random() < ARRIVES
        if not self.occupied:
            return "free"
        return "over" if random.random() < OVER else "occupied"


class Gateway:
    """A client of its own for some of the sensors. Runs in a thread until its pace is stopped."""

    def __init__(
        self, api: ApiClient, references: list[str], rate: float, pace: Pace, random: Random, history: History
    ) -> None:
        self.sensors = {reference: Sensor(reference) for reference in references}
        self.acknowledged = self.sent_again = 0
        self.behind = 0.0  # seconds
        self._api, self._rate, self._pace, self._random, self._history = api, rate, pace, random, history
        self._late: list[tuple[float, int, dict[str, Any]]] = []
        self._made = 0

    def run(self) -> None:
        began = time.monotonic()
        try:
            while self._pace.rest(TICK):
                due = int((time.monotonic() - began) * self._rate) - self._made
                self.behind = due / self._rate
                for batch in self._batches(due):
                    self._post(batch)
        except Stopped:
            pass

    def _batches(self, due: int) -> Iterator[list[dict[str, Any]]]:
        while due > 0 and not self._pace.stopping:
            count = min(due, LARGEST)
            due -= count
            yield self._batch(count)

    def _batch(self, count: int) -> list[dict[str, Any]]:
        """Reports of now, those that were held up until now, and now and then one for the second time."""
        batch, sensors = [], list(self.sensors.values())
        for sensor in self._random.sample(sensors, min(count, len(sensors))):
            reading = sensor.report(self._random, datetime.now(UTC))
            self._made += 1
            if self._random.random() < LATE:
                due = time.monotonic() + self._random.uniform(1, LONGEST_LATENESS)
                heappush(self._late, (due, self._made, reading))
            else:
                batch.append(reading)
        while self._late and self._late[0][0] <= time.monotonic():
            batch.append(heappop(self._late)[2])
        batch += [reading for reading in batch if self._random.random() < REPEATED]
        self._random.shuffle(batch)
        return batch

    def _post(self, readings: list[dict[str, Any]]) -> None:
        """The same readings again and again, until there is an answer."""
        asked = 0

        def ask() -> Any:
            nonlocal asked
            asked += 1
            return self._api.post("/readings", {"readings": readings})

        try:
            answer = insist(self._pace, ask, longest=LONGEST_WAIT)
        except ApiFault as fault:
            self._history.fault(f"readings refused: {fault}")
            return
        if answer["refused"] or answer["unmapped"] or answer["late"]:
            self._history.fault(f"good readings were not taken: {answer}")
        for reading in readings:
            sensor, number = self.sensors[reading["sensor"]], int(reading["key"])
            self.acknowledged += not sensor.acknowledged[number]
            sensor.acknowledged[number] = 1
        self.sent_again += asked - 1
