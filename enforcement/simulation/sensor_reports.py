"""What the devices of a borough report: changes and heartbeats in order of time, and how they get through."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush, merge
from random import Random
from typing import Any
from uuid import UUID, uuid5

from .borough import DemoSensor
from .traffic import Visit

REPEATED, LATE = 0.01, 0.02  # shares of all reports
LONGEST_REPEAT, LONGEST_LATENESS = timedelta(seconds=3), timedelta(seconds=75)
MESSAGES = UUID("6f3cf0b5-6e2f-4f0a-9a53-0d3b8d1f7c11")  # a namespace of our own for message ids
CHANGE_PORT, HEARTBEAT_PORT = 1, 2  # of a Bosch TPS110


@dataclass(frozen=True, slots=True)
class Report:
    """One message of a device, as it leaves the street."""

    at: datetime
    sensor: DemoSensor
    occupied: bool
    heartbeat: bool


@dataclass(frozen=True, slots=True, order=True)
class Delivery:
    """A report that reaches the server at `due`."""

    due: datetime
    number: int
    report: Report = field(compare=False)


def reports(sensor: DemoSensor, visits: Iterable[Visit], start: datetime, random: Random) -> Iterator[Report]:
    """What one device says from `start` on. A car that is there at the start arrived unheard."""
    every = timedelta(minutes=sensor.heartbeat_minutes)
    heard, occupied = start - every * random.random(), False
    for visit in visits:
        for at, now_occupied in ((visit.arrives, True), (visit.leaves, False)):
            while heard + every < at:
                heard += every
                if heard > start:
                    yield Report(heard, sensor, occupied, heartbeat=True)
            occupied = now_occupied
            if at > start:
                yield Report(at, sensor, occupied, heartbeat=False)
                heard = at


def together(devices: Iterable[Iterator[Report]]) -> Iterator[Report]:
    """What all devices say, in order of time."""
    return merge(*devices, key=lambda report: report.at)


def deliveries(said: Iterable[Report], random: Random) -> Iterator[Delivery]:
    """The reports as they get through: now and then one comes late, or twice."""
    on_the_way: list[Delivery] = []
    number = 0
    for report in said:
        while on_the_way and on_the_way[0].due <= report.at:
            yield heappop(on_the_way)
        for due in _arrivals(report, random):
            number += 1
            heappush(on_the_way, Delivery(due, number, report))
    yield from (heappop(on_the_way) for _ in range(len(on_the_way)))


def _arrivals(report: Report, random: Random) -> Iterator[datetime]:
    yield report.at + (LONGEST_LATENESS * random.random() if random.random() < LATE else timedelta())
    if random.random() < REPEATED:
        yield report.at + LONGEST_REPEAT * random.random()


def as_reading(report: Report) -> dict[str, Any]:
    """In our own format, as one of a batch."""
    state = "occupied" if report.occupied else "free"
    kind = "heartbeat" if report.heartbeat else "change"
    at = report.at.isoformat()
    return {"sensor": report.sensor.reference, "state": state, "at": at, "key": f"{kind}-{at}"}


def as_chirpstack(report: Report) -> dict[str, Any]:
    """As ChirpStack v4 posts an uplink of a Bosch TPS110."""
    sensor = report.sensor
    name = f"{sensor.reference}@{report.at.isoformat()}@{report.heartbeat}"
    return {
        "deduplicationId": str(uuid5(MESSAGES, name)),
        "time": report.at.isoformat(),
        "deviceInfo": {
            "applicationName": "parking",
            "deviceProfileName": sensor.model,
            "deviceName": sensor.bay,
            "devEui": sensor.reference.lower(),
            "tags": {"bay_id": sensor.bay},
        },
        "fPort": HEARTBEAT_PORT if report.heartbeat else CHANGE_PORT,
        "object": {
            "type": "heartbeat" if report.heartbeat else "parking status",
            "occupied": report.occupied,
        },
    }
