"""Somebody who sends whatever can't be right, all the time."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from enforcement.simulation.client import ApiFault, ServerAway
from enforcement.simulation.pace import Pace

from .clients import Watched

EVERY = 0.5  # seconds
FAR_OFF = timedelta(days=400)


class Vandal:
    """`answers` counts statuses. What gets a 2xx is noted as a fault, but for batches, which are judged item
    by item: there every item must come back as refused."""

    def __init__(self, network: Watched, person: Watched, random: Random) -> None:
        self.answers: Counter[int] = Counter()
        self._network, self._person, self._random = network, person, random

    def run(self, pace: Pace) -> None:
        while pace.rest(EVERY):
            try:
                self.send()
            except ServerAway:
                continue

    def send(self) -> None:
        """One thing that can't be right."""
        self._random.choice((self._bad_batch, self._bad_items, self._bad_step, self._nowhere))()

    def _bad_items(self) -> None:
        """Each item is refused by its number, and none is kept in silence."""
        bad = [bad_reading(self._random) for _ in range(self._random.randint(1, 5))]
        try:
            answer = self._network.post("/readings", {"readings": bad})
        except ApiFault as fault:
            self.answers[fault.status] += 1
            return
        self.answers[200] += 1
        if [each["index"] for each in answer["refused"]] != list(range(len(bad))):
            self._network.history.fault(f"bad readings were taken: {bad}: {answer}")

    def _bad_batch(self) -> None:
        body = self._random.choice(([], {}, {"readings": {}}, {"readings": "all"}, {"readings": [{}] * 1001}))
        self._refused(self._network, "/readings", body)

    def _bad_step(self) -> None:
        body = self._random.choice(({}, {"id": 7}, {"id": str(uuid4()), "version": "\0"}, [1], "no"))
        step = self._random.choice(("accept", "decline", "arrive", "sightings", "outcome"))
        self._refused(self._person, f"/tasks/{uuid4()}/{step}", body)

    def _nowhere(self) -> None:
        path = self._random.choice((f"/tasks/{uuid4()}/fly", "/shifts/7/start", "/webhooks/unheard-of"))
        self._refused(self._person, path, {})

    def _refused(self, api: Watched, path: str, body: Any) -> None:
        try:
            api.post(path, body)
        except ApiFault as fault:
            self.answers[fault.status] += 1
        else:
            api.history.fault(f"{path} took {body!r}")


def bad_reading(random: Random) -> Any:
    """An item of a batch that nobody can mean."""
    now = datetime.now(UTC)
    good = {"sensor": "S-BAD", "state": "free", "at": now.isoformat()}
    wrong: tuple[Any, ...] = (
        None,
        [],
        {},
        good | {"state": "flying"},
        good | {"at": "yesterday"},
        good | {"at": (now + FAR_OFF).isoformat()},
        good | {"sensor": "\0"},
        good | {"sensor": 7},
        good | {"sensor": "S" * 10_000},
    )
    return random.choice(wrong)
