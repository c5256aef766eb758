"""However late, often and mixed up its reports come, a day at a bay ends as if each had come at once.

A day is delivered in several turns of the clock: shuffled, repeated, in batches of any size, with sweeps between
them and an officer who may be at work on a task by then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from enforcement import jobs, pipeline
from enforcement.adapters.tables import Bay, OutcomeRow, StayRow, Task
from enforcement.domain.overstays import Overstay, overstay_of
from enforcement.domain.readings import Assertion, State
from enforcement.domain.stays import Stay, fold
from enforcement.domain.tasks import FINAL_STATES
from enforcement.pipeline.rules import restrictions_at, rules_of
from enforcement.places.bays import retire_bay
from enforcement.places.restrictions import BEGINNING, put_in_force, restriction

from ..builders import EVERY_HOUR, Officer, at, workshop
from .scenes import Town, rows
from .test_readings import DEBOUNCE, STANDING, another_bay, facts_of, told

TURNS = [at("09:00") + timedelta(minutes=40 * turn) for turn in range(7)]  # until 13:00
RULE = {"bay_class": "limited-waiting", "hours": EVERY_HOUR, "permitted_minutes": 60, "code": "30"}

moments = st.integers(0, 6 * 60).flatmap(
    lambda minute: st.sampled_from([0, 10, 20]).map(
        lambda s: at("06:30") + timedelta(minutes=minute, seconds=s)
    )
)
reports = st.builds(
    lambda when, state, before: Assertion(
        when, state, when - timedelta(minutes=before) if state is State.OVER else None
    ),
    moments,
    st.sampled_from([State.OCCUPIED, State.OCCUPIED, State.FREE, State.OVER]),
    st.integers(0, 90),
)
steps = st.sampled_from(
    [[], ["accept"], ["accept", "arrive"], ["accept", "sightings"], ["accept", "outcome"]]
)


@dataclass
class Day:
    """What is reported of a bay, and what an officer does at its first task."""

    said: list[Assertion]
    steps: list[str]
    turn: int
    chance: Random = field(repr=False)

    def deliveries(self) -> Iterator[list[list[Assertion]]]:
        """For each turn of the clock, the batches that come by then; nothing comes before it has happened."""
        left = self.said + self.chance.choices(self.said, k=len(self.said) // 2)
        for now in TURNS:
            last = now == TURNS[-1]
            due = [a for a in left if last or (a.at <= now and self.chance.random() < 0.5)]
            left = [a for a in left if a not in due]
            self.chance.shuffle(due)
            yield list(self._batches(due))

    def _batches(self, due: list[Assertion]) -> Iterator[list[Assertion]]:
        while due:
            size = self.chance.randint(1, 4)
            yield due[:size]
            due = due[size:]


days = st.builds(
    Day,
    st.lists(reports, min_size=1, max_size=9),
    steps,
    st.integers(1, 5),
    st.randoms(use_true_random=False),
)


@pytest.fixture
def officer(town: Town) -> Officer:
    return town.on_duty(town.centre)


@given(day=days)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
def test_a_day_ends_the_same_however_its_reports_come(town: Town, officer: Officer, day: Day):
    (bay_id, sensor), twin = limited_bay(town), limited_bay(town)
    try:
        acted = live_through(town, officer, day, bay_id, sensor, twin[1])
        with town.session() as session:
            found = Found(session, bay_id, town.clock())
            assert found.told() == [facts_of(stay) for stay in fold(day.said, DEBOUNCE)[0]]
            assert found.open_tasks() == found.expected_tasks()
            if not acted:
                assert found.shape() == Found(session, twin[0], town.clock()).shape()
            found.check_case(acted)
    finally:
        leave_nothing_behind(town, officer, bay_id, twin[0])


def live_through(
    town: Town, officer: Officer, day: Day, bay_id: UUID, sensor: str, in_order: str
) -> dict[str, Any]:
    """The day as its reports come, beside one in which they come in order; the task that the officer acted on."""
    acted: dict[str, Any] = {}
    for turn, (now, batches) in enumerate(zip(TURNS, day.deliveries(), strict=True)):
        town.clock.now = now
        for batch in batches:
            take(town, sensor, batch)
        take(town, in_order, sorted(a for a in day.said if is_due(a, turn)))
        sweep(town)
        if turn >= day.turn and not acted:
            acted = act(town, officer, bay_id, day.steps)
    town.clock.forward(seconds=31)
    sweep(town)
    return acted


def limited_bay(town: Town) -> tuple[UUID, str]:
    bay_id, sensor = another_bay(town)
    with town.session() as session:
        bay = session.get_one(Bay, (town.id, bay_id))
        calendar = rules_of(session, town.clock()).calendar
        rule = restriction(session, RULE, calendar, town.clock())
        put_in_force(session, bay, rule, BEGINNING, town.clock())
        session.commit()
    return bay_id, sensor


def take(town: Town, sensor: str, said: list[Assertion]) -> None:
    if not said:
        return
    with town.session() as session:
        pipeline.readings.take(session, [told(sensor, a) for a in said], town.clock(), DEBOUNCE)
        session.commit()


def is_due(said: Assertion, turn: int) -> bool:
    begins = TURNS[turn - 1] if turn else datetime.min.replace(tzinfo=said.at.tzinfo)
    return begins < said.at <= TURNS[turn]


def sweep(town: Town) -> None:
    shop = workshop(town.clock)
    jobs.SWEPT["stays"](shop, town.id)


def act(town: Town, officer: Officer, bay_id: UUID, what: list[str]) -> dict[str, Any]:
    """The officer goes to the bay's task, if there is one; the task as they left it."""
    task = next((t for t in town.tasks() if t["bay"]["id"] == str(bay_id)), None)
    if not (task and what):
        return {}
    town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": officer.shift["id"]})
    [task] = officer.mine()
    said = {"sightings": {"plate": "AB12 CDE"}, "outcome": {"outcome": "prevented"}}
    for step in what:
        task = officer.step(task, step, **said.get(step, {}))
    return {**task, "at": town.clock(), "seen": bool(task["sightings"])}


def leave_nothing_behind(town: Town, officer: Officer, *bays: UUID) -> None:
    for task in officer.mine():
        officer.step(task, "outcome", outcome="gone_on_arrival")
    with town.session() as session:
        for bay_id in bays:
            bay = session.get_one(Bay, (town.id, bay_id))
            retire_bay(session, bay, town.clock())
        session.commit()


class Found:
    """What the line made of a bay's day."""

    def __init__(self, session: Session, bay_id: UUID, now: datetime) -> None:
        self.rules, self.now = rules_of(session, now), now
        here = rows(session, StayRow, StayRow.bay_id == bay_id, *STANDING)
        self.stays = sorted(here, key=lambda stay: stay.arrived_at)
        self.tasks = rows(session, Task, Task.bay_id == bay_id)
        self.outcomes = rows(session, OutcomeRow)
        self.restriction = self.rules.restriction(restrictions_at(session, {bay_id: now})[bay_id])

    def told(self) -> list[dict[str, Any]]:
        return [facts_of(stay) for stay in self.stays]

    def open_tasks(self) -> list[tuple[UUID, datetime]]:
        """Those at a car; an officer who has arrived keeps the task also when the car was not there."""
        return [(t.stay_id, t.overstay_from) for t in self.tasks if t.state not in FINAL_STATES | {"arrived"}]

    def expected_tasks(self) -> list[tuple[UUID, datetime]]:
        """The overstay of the car that is there now, unless an officer has closed it or stands there."""
        if not self.stays or self.stays[-1].departed_at:
            return []
        stay = self.stays[-1]
        overstay = self._overstay(stay)
        if overstay is None or overstay.overstay_from > self.now:
            return []
        mine = [task for task in self.tasks if task.stay_id == stay.id]
        settled = [t for t in mine if t.outcome and t.ended_at >= overstay.overstay_from]
        taken = [t for t in mine if t.state == "arrived"]
        return [] if settled or taken else [(stay.id, overstay.overstay_from)]

    def _overstay(self, stay: StayRow) -> Overstay | None:
        return overstay_of(
            stay.counted_from, self.restriction, self.rules.policy, since=stay.claimed_since, after=self.now
        )

    def shape(self) -> Any:
        """Stays and open tasks without their ids."""
        places = {stay.id: place for place, stay in enumerate(self.stays)}
        return self.told(), [(places[stay_id], since) for stay_id, since in self.open_tasks()]

    def check_case(self, acted: dict[str, Any]) -> None:
        """The officer's task is as they left it, and its stay is that of the car which they saw."""
        if not acted:
            return
        [task] = [task for task in self.tasks if str(task.id) == acted["id"]]
        assert str(task.stay_id) == acted["stay_id"]
        if acted["state"] == "closed":
            [kept] = [each for each in self.outcomes if each.task_id == task.id]
            assert (task.state, task.outcome, kept.outcome) == ("closed", "prevented", "prevented")
        seen_at = self._seen_at(task, acted)
        there = [stay.id for stay in self.stays if seen_at and is_there(stay, seen_at)]
        assert there in ([], [task.stay_id])

    def _seen_at(self, task: Task, acted: dict[str, Any]) -> datetime | None:
        if acted["seen"]:
            seen_at: datetime = acted["at"]
            return seen_at
        return task.overstay_from if task.outcome else None


def is_there(stay: StayRow | Stay, when: datetime) -> bool:
    return stay.arrived_at <= when and (stay.departed_at is None or when < stay.departed_at)
