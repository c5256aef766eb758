"""Ordinary load: cars come and go all over the town, and gateways post what its sensors say."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Event, Lock
from typing import Any

from enforcement.simulation.client import ApiClient

PER_SECOND, GATHERED = 500, 0.1  # readings, and the seconds for which a gateway gathers them
POSTERS = 4
HELD = 0.95  # of the readings that were meant


class Load:
    """Each reading moves its bay: nothing repeats, nothing is refused. `run` is for a thread of its own."""

    def __init__(self, url: str, key: str, sensors: Sequence[str], per_second: int = PER_SECOND) -> None:
        self._url, self._key, self._sensors = url, key, sensors
        self._batch = round(per_second * GATHERED)
        self._lock, self._turn = Lock(), 0
        self.posted = 0

    def run(self, stop: Event) -> None:
        """One of POSTERS that take turns, so that a slow answer doesn't thin out the load."""
        api = ApiClient(self._url, key=self._key)
        while not stop.is_set():
            with self._lock:
                if not self._turn:
                    self._began = time.monotonic()
                turn, self._turn = self._turn, self._turn + 1
            if stop.wait(self._began + turn * GATHERED - time.monotonic()):
                return
            answer = api.post("/readings", {"readings": self._readings(turn)})
            with self._lock:
                self.posted += answer["taken"]

    def check(self, held: float) -> None:
        """Raises RuntimeError if less than this share of what was meant was taken."""
        meant = (time.monotonic() - self._began) / GATHERED * self._batch
        if self.posted < held * meant:
            raise RuntimeError(f"the load was not held: {self.posted} of {meant:.0f} readings")

    def _readings(self, turn: int) -> list[dict[str, Any]]:
        first = turn * self._batch
        return [
            reading(self._sensors[number % len(self._sensors)], number // len(self._sensors) % 2 == 0)
            for number in range(first, first + self._batch)
        ]


def reading(sensor: str, occupied: bool, at: datetime | None = None) -> dict[str, Any]:
    state = "occupied" if occupied else "free"
    return {"sensor": sensor, "state": state, "at": (at or datetime.now(UTC)).isoformat()}
