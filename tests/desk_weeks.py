"""Four weeks of a borough's past, made from a seed and written straight into its tables: what reports are about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from enforcement.adapters.tables import Assignment, Shift, StayRow, Task

DAYS = 28
CARS_A_DAY = 4  # in one bay
LONDON = ZoneInfo("Europe/London")
FIRST_HOUR, LAST_HOUR = 8, 18
TOO_LONG_AT_FIRST, TOO_LONG_AT_LAST = 0.22, 0.12  # shares of cars: officers are seen about
ATTENDED = 0.6
OUTCOMES = ("notice_served", "advised_and_moved", "drove_away", "right_seen", "gone_on_arrival")
OFTEN = (35, 25, 20, 8, 12)
GRACE = timedelta(minutes=11)


@dataclass(frozen=True, slots=True)
class PastBay:
    """`vain`: officers mostly find nothing there."""

    id: UUID
    permitted_minutes: int
    vain: bool = False


class Weeks:
    """The past of a council, until the midnight before `now`."""

    def __init__(self, session: Session, now: datetime, seed: int = 1) -> None:
        self._session, self._random = session, Random(seed)
        self._ours = session.info["authority_id"]
        self._midnight = now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
        self._rows: dict[Any, list[dict[str, Any]]] = {StayRow: [], Task: [], Shift: [], Assignment: []}

    def write(self, bays: Sequence[PastBay], officers: Sequence[UUID]) -> None:
        """Flushed, not committed."""
        for day in range(DAYS, 0, -1):
            shifts = self._shifts(day, officers)
            share = TOO_LONG_AT_LAST + (TOO_LONG_AT_FIRST - TOO_LONG_AT_LAST) * day / DAYS
            for bay in bays:
                for came in self._arrivals(day):
                    self._car(bay, came, share, shifts)
        for table, rows in self._rows.items():
            self._session.execute(insert(table), rows)

    def _on(self, day: int, hour: float) -> datetime:
        return self._midnight - timedelta(days=day) + timedelta(hours=hour)

    def _shifts(self, day: int, officers: Sequence[UUID]) -> list[dict[str, Any]]:
        begins, ends = self._on(day, FIRST_HOUR), self._on(day, LAST_HOUR - 1)
        times = {"planned_from": begins, "planned_to": ends, "started_at": begins, "ended_at": ends}
        off = self._random.choice(officers)
        return [self._row(Shift, officer_id=each, state="ended", **times) for each in officers if each != off]

    def _arrivals(self, day: int) -> Iterator[datetime]:
        long = (LAST_HOUR - FIRST_HOUR) / CARS_A_DAY
        for number in range(CARS_A_DAY):
            if self._random.random() < 0.8:
                yield self._on(day, FIRST_HOUR + (number + self._random.random() * 0.2) * long)

    def _car(self, bay: PastBay, came: datetime, too_long: float, shifts: list[dict[str, Any]]) -> None:
        allowed = timedelta(minutes=bay.permitted_minutes)
        stays = allowed * self._random.uniform(0.2, 0.95)
        if self._random.random() < too_long:
            stays = allowed + timedelta(minutes=self._random.expovariate(1 / 30) + 1)
        over, left = came + allowed, came + stays
        stay = self._row(
            StayRow, bay_id=bay.id, arrived_at=came, counted_from=came, departed_at=left, overstay_from=over,
            lawful_from=over + GRACE, possible_swap=False,
        )  # fmt: skip
        if stays > allowed + GRACE:
            self._work(bay, stay["id"], over, left, shifts)

    def _work(
        self, bay: PastBay, stay: UUID, over: datetime, left: datetime, shifts: list[dict[str, Any]]
    ) -> None:
        arrived = over + timedelta(minutes=self._random.uniform(3, 22))
        attended = self._random.random() < ATTENDED or bay.vain
        ends: dict[str, Any] = {"state": "withdrawn", "outcome": None, "officer_id": None, "ended_at": left}
        shift = self._random.choice(shifts)
        if attended:
            outcome = "gone_on_arrival" if bay.vain else self._random.choices(OUTCOMES, OFTEN)[0]
            ends = {
                "state": "closed",
                "outcome": outcome,
                "officer_id": shift["officer_id"],
                "ended_at": arrived,
            }
        task = self._row(
            Task, bay_id=bay.id, stay_id=stay, code="30", suffix="", version=1, why="Over its time", offers=1,
            sightings_needed=1, rights="not checked", priority=50.0, priority_reasons=[], overstay_from=over,
            lawful_from=over + GRACE, raised_at=over, **ends,
        )  # fmt: skip
        if attended:
            self._walk(task["id"], shift, over, arrived)

    def _walk(self, task: UUID, shift: dict[str, Any], offered: datetime, arrived: datetime) -> None:
        self._row(
            Assignment, task_id=task, shift_id=shift["id"], officer_id=shift["officer_id"], state="ended",
            offered_at=offered, expires_at=offered, accepted_at=offered, arrived_at=arrived, ended_at=arrived,
            end_reason="completed", expected_value=1.0, reason="",
        )  # fmt: skip

    def _row(self, table: Any, **values: Any) -> dict[str, Any]:
        row = {"authority_id": self._ours, "id": uuid7(), **values}
        self._rows[table].append(row)
        return row
