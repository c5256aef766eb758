"""A sensor network that is not there: cars come and go in a demo borough, and its devices report over HTTP.

Bosch devices come as ChirpStack webhooks, one by one; the others in batches of our own format. On its
very first start it tells which cars came in the two hours before and are still there; those at drop-off
bays are all over their time already, so that officers have something to do. Started again, it goes on from
what the server knows.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import structlog

from .borough import BOSCH, DROP_OFF_MINUTES, Borough
from .client import ApiClient, ApiFault
from .pace import Pace
from .patience import Stopped, insist
from .sensor_reports import Delivery, Report, as_chirpstack, as_reading, deliveries, reports, together
from .tape import Tape
from .traffic import late_from_the_start, visits

log = structlog.get_logger(__name__)

BEFORE = timedelta(hours=2)
LARGEST_BATCH = 500
GATHERED = 1.0  # simulated seconds in which a gateway gathers readings


class SensorNetwork:
    """Runs until its pace is stopped. `api` holds a key that may write readings and read places."""

    def __init__(self, api: ApiClient, borough: Borough, pace: Pace, random: Random) -> None:
        self._api, self._borough, self._pace, self._random = api, borough, pace, random

    def run(self) -> None:
        try:
            known = insist(self._pace, lambda: states_of(self._api))
            tape = Tape(self._deliveries(known), due=lambda delivery: delivery.due)
            while tape.next_due and self._pace.until(tape.next_due) and self._pace.sleep(GATHERED):
                self._send([delivery.report for delivery in tape.take(self._pace.clock())])
        except Stopped:
            log.info("sensor network stopped")

    def _deliveries(self, known: dict[str, str]) -> Iterator[Delivery]:
        now = self._pace.clock()
        start = now if known else now - BEFORE
        devices = (self._reports(number, known, start) for number in range(len(self._borough.sensors)))
        return deliveries(together([worth_sending(said, now) for said in devices]), self._random)

    def _reports(self, number: int, known: dict[str, str], start: datetime) -> Iterator[Report]:
        bay, sensor = self._borough.bays[number], self._borough.sensors[number]
        random = Random(self._random.getrandbits(64))
        limit = bay.kind.permitted_minutes
        if not known and limit == DROP_OFF_MINUTES:
            cars = late_from_the_start(random, limit, self._pace.clock())
        else:
            cars = visits(random, limit, start, taken=known.get(bay.reference) == "occupied")
        return reports(sensor, cars, start, random)

    def _send(self, due: Sequence[Report]) -> None:
        ours = [as_reading(report) for report in due if report.sensor.model != BOSCH]
        for first in range(0, len(ours), LARGEST_BATCH):
            self._post("/readings", {"readings": ours[first : first + LARGEST_BATCH]})
        for report in due:
            if report.sensor.model == BOSCH:
                self._post("/webhooks/chirpstack", as_chirpstack(report), event="up")

    def _post(self, path: str, body: dict[str, Any], **params: str) -> None:
        """What the server refuses for good is said in the log and let go, as a network would."""
        try:
            insist(self._pace, lambda: self._api.post(path, body, **params))
        except ApiFault as fault:
            log.warning("readings refused", fault=str(fault))


def states_of(api: ApiClient) -> dict[str, str]:
    """The state of each bay by its reference; empty if nothing was ever reported."""
    bays = list(api.every("/bays"))
    return {bay["reference"]: bay["state"] for bay in bays} if any(map(_reported, bays)) else {}


def _reported(bay: dict[str, Any]) -> bool:
    return bay["state"] != "unknown" or bay.get("state_at") is not None


def worth_sending(said: Iterator[Report], now: datetime) -> Iterator[Report]:
    """What one device says, of the past only the last change: who is there now, and since when."""
    last = None
    for report in said:
        if report.at < now:
            last = last if report.heartbeat else report
            continue
        if last:
            yield last
            last = None
        yield report
