"""Task → assignment: what holds of every offer that a plan leads to, whatever people and work there are."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from enforcement import pipeline
from enforcement.adapters.tables import Assignment, Bay, Shift, Task
from enforcement.adapters.travel import StraightLine
from enforcement.pipeline.rules import policy_of

from ..builders import HOME, Council, PlannerHere
from .patrol import Patrol

METRE = 1 / 111_250  # degrees of latitude, near enough
MINUTE = timedelta(minutes=1)
SETTING_OUT = MINUTE
ZONES = ("a", "b")
STATES = ["available"] * 6 + ["observing", "with_public", "break"]
ON_ARRIVAL = {"sightings_needed": 2, "start_rule": "on_arrival"}

metres = st.integers(-5, 5).map(lambda step: step * 100.0)
some_zones = st.sampled_from([{"a"}, {"b"}, set()] + 4 * [{"a", "b"}])
seldom = st.sampled_from([False] * 7 + [True])
OFFICERS = st.fixed_dictionaries(
    {
        "zones": some_zones,
        "north": metres,
        "state": st.sampled_from(STATES),
        "pace": st.sampled_from([0.5, 1.0, 1.5]),
        "minutes_left": st.sampled_from([2, 10, 240, 240, 240]),
        "busy_for": st.none() | st.integers(1, 12),
        "in_hand": st.sampled_from([None] * 7 + ["offered", "accepted", "arrived"]),
        "calls_for_help": seldom,
    }
)
CARS = st.fixed_dictionaries(
    {
        "zones": some_zones,
        "north": metres,
        "minutes_over": st.sampled_from([-10, 0, 5, 12, 20, 40]),
        "minutes_left": st.sampled_from([None] * 5 + [1, 5, 15, 30]),
        "state": st.sampled_from(["waiting"] * 7 + ["escalated"]),
        "two_looks": st.booleans(),
        "seen_by": st.sampled_from([None] * 4 + [0, 1, 2, 3]),
        "put_off_for": st.sampled_from([None] * 5 + [-12, -9, -2, 2, 6, 12]),
        "turned_down": st.lists(
            st.tuples(
                st.integers(0, 3), st.sampled_from(["declined", "unsafe", "missed"]), st.integers(0, 9)
            ),
            max_size=1,
        ),
        "may_have_left": seldom,
    }
)

FREE = st.builds(
    lambda zones, north: {
        "zones": zones, "north": north, "state": "available", "pace": 1.0, "minutes_left": 240, "busy_for": None,
        "in_hand": None, "calls_for_help": False,
    },
    st.sampled_from([{"a"}, {"b"}, {"a", "b"}]),
    metres,
)  # fmt: skip
WAITING = st.builds(
    lambda zones, north: {
        "zones": zones, "north": north, "minutes_over": 20, "minutes_left": None, "state": "waiting",
        "two_looks": False, "seen_by": None, "put_off_for": None, "turned_down": [], "may_have_left": False,
    },
    st.sampled_from([{"a"}, {"b"}, {"a", "b"}]),
    metres,
)  # fmt: skip


class Scene:
    """Officers and cars as they were drawn, in the tables of one transaction."""

    def __init__(self, session: Session, now: datetime, officers: list[Any], cars: list[Any]) -> None:
        self.session, self.now = session, now
        self.patrol = Patrol(session, now)
        self.zones = {
            name: self.patrol.zone(lon=HOME[0] + east, lat=HOME[1], half=0.01)
            for name, east in zip(ZONES, (0.0, 0.005), strict=True)
        }
        self.people = [self.patrol.officer(pace=each["pace"]) for each in officers]
        self.shifts = [self._shift(*both) for both in zip(self.people, officers, strict=True)]
        self.drawn = dict(zip(self.shifts, officers, strict=True))
        self.cars = {self._car(each): each for each in cars}

    def _minutes(self, minutes: float | None) -> datetime | None:
        return None if minutes is None else self.now + minutes * MINUTE

    def _bay(self, drawn: Any) -> UUID:
        where = [self.zones[name] for name in drawn["zones"]]
        return self.patrol.bay(where, lon=HOME[0], lat=HOME[1] + drawn["north"] * METRE)

    def _shift(self, officer: UUID, drawn: Any) -> UUID:
        shift = self.patrol.shift(
            officer,
            [self.zones[name] for name in drawn["zones"]],
            state=drawn["state"],
            busy_until=self._minutes(drawn["busy_for"]) if drawn["state"] == "with_public" else None,
            planned_to=self._minutes(drawn["minutes_left"]),
            lon=HOME[0],
            lat=HOME[1] + drawn["north"] * METRE,
            fix_at=self.now,
        )
        if drawn["calls_for_help"]:
            self.patrol.calls_for_help(officer)
        if drawn["in_hand"]:
            state = "offered" if drawn["in_hand"] == "offered" else "accepted"
            at_the_car = self.now if drawn["in_hand"] == "arrived" else None
            task = self.patrol.task(self._bay(drawn), state=drawn["in_hand"], officer_id=officer)
            self.patrol.hand(task, shift, officer, state, arrived_at=at_the_car)
        return shift

    def _car(self, drawn: Any) -> UUID:
        seen_by = self._whose(drawn["seen_by"])
        car = self.patrol.task(
            self._bay(drawn),
            state=drawn["state"],
            overstay_from=self._minutes(-drawn["minutes_over"]),
            lawful_until=self._minutes(drawn["minutes_left"]),
            only_for_id=self.people[seen_by] if seen_by is not None else None,
            not_before=self._minutes(drawn["put_off_for"]),
            may_have_left_at=self.now if drawn["may_have_left"] else None,
            **ON_ARRIVAL if drawn["two_looks"] else {},
        )
        for number, reason, minutes_ago in drawn["turned_down"]:
            who = self._whose(number)
            if who is not None:
                ended = {"end_reason": reason, "ended_at": self._minutes(-minutes_ago)}
                self.patrol.hand(car, self.shifts[who], self.people[who], "ended", **ended)
        return car

    def _whose(self, number: int | None) -> int | None:
        return number % len(self.people) if number is not None and self.people else None

    def hands(self) -> dict[UUID, tuple[UUID, UUID, str]]:
        """Who has what in hand or on offer."""
        ours = Assignment.authority_id == self.session.info["authority_id"]
        live = select(Assignment).where(ours, Assignment.state != "ended")
        return {each.id: (each.task_id, each.shift_id, each.state) for each in self.session.scalars(live)}

    def planned(self, meanwhile: Any) -> list[Assignment]:
        """What one plan led to, with what happened while it was made."""
        problem = pipeline.planning.load_problem(self.session, self.now)
        result = PlannerHere().plan(problem.officers, problem.tasks, StraightLine(), self.now, problem.chance)
        before = self.hands()
        meanwhile(self)
        self.session.flush()
        pipeline.planning.apply_plan(self.session, problem, result, policy_of(self.session), self.now)
        self.session.flush()
        after = self.hands()
        assert before.items() <= after.items()
        return [self._of(Assignment, id_) for id_ in after.keys() - before.keys()]

    def _of(self, table: Any, id_: UUID) -> Any:
        return self.session.get_one(table, (self.session.info["authority_id"], id_))

    def check(self, offer: Assignment) -> None:
        shift, task = self._of(Shift, offer.shift_id), self._of(Task, offer.task_id)
        officer, car = self.drawn[shift.id], self.cars[task.id]
        assert officer["zones"] & car["zones"]
        assert (shift.state, officer["in_hand"], officer["calls_for_help"]) == ("available", None, False)
        assert (car["state"], car["may_have_left"]) == ("waiting", False)
        keeper = self._keeper(task, car)
        assert keeper in (None, shift.id)
        self._check_times(offer, shift, task, car, keeper)
        for number, reason, minutes_ago in car["turned_down"]:
            if (who := self._whose(number)) is not None and self.shifts[who] == shift.id:
                assert minutes_ago >= 5
                assert reason == "missed" or keeper

    def _check_times(self, offer: Assignment, shift: Shift, task: Task, car: Any, keeper: Any) -> None:
        bay = self._of(Bay, task.bay_id)
        pace = self.drawn[shift.id]["pace"]
        seconds, _ = StraightLine().walk(lon1=shift.lon, lat1=shift.lat, lon2=bay.lon, lat2=bay.lat)
        there = self.now + timedelta(seconds=seconds / pace)
        assert abs(offer.walk_seconds - seconds / pace) < 0.01 * seconds + 0.1
        can_look = car["two_looks"] and not keeper
        begins = there if can_look else max(there, task.lawful_from)
        slack = timedelta(seconds=0.01 * seconds / pace)  # a plane is not quite the Earth
        assert begins - slack <= min(shift.planned_to, task.lawful_until or shift.planned_to)
        if keeper:
            assert task.not_before <= there + SETTING_OUT + slack
        elif self.cars[task.id]["put_off_for"] is not None and car["seen_by"] is None:
            assert task.not_before <= self.now

    def _keeper(self, task: Task, car: Any) -> UUID | None:
        """Whose second look it is, while they can come for it."""
        number = self._whose(car["seen_by"])
        if number is None or car["put_off_for"] is None or car["put_off_for"] <= -10:
            return None
        said_no = [self._whose(who) for who, reason, _ in car["turned_down"] if reason == "declined"]
        stays = self.drawn[self.shifts[number]]["minutes_left"] * MINUTE + self.now > task.lawful_from
        return self.shifts[number] if stays and said_no.count(number) < 2 else None


def nothing(scene: Scene) -> None:
    """All is as it was when the plan was asked for."""


def half_rest(scene: Scene) -> None:
    for shift in scene.shifts[::2]:
        scene._of(Shift, shift).state = "break"


def half_may_leave(scene: Scene) -> None:
    for car in list(scene.cars)[::2]:
        scene._of(Task, car).may_have_left_at = scene.now
        scene.cars[car]["may_have_left"] = True


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    officers=st.tuples(st.lists(OFFICERS, max_size=3), FREE).map(lambda drawn: [*drawn[0], drawn[1]]),
    cars=st.tuples(st.lists(CARS, min_size=1, max_size=5), WAITING).map(lambda drawn: [*drawn[0], drawn[1]]),
    meanwhile=st.sampled_from([nothing, nothing, half_rest, half_may_leave]),
)
def test_every_offer_keeps_to_zones_hours_law_and_what_others_were_promised(
    council: Council, officers: list[Any], cars: list[Any], meanwhile: Any
):
    with council.session() as session:
        scene = Scene(session, council.clock(), officers, cars)
        offers = scene.planned(meanwhile)
        assert len({offer.task_id for offer in offers}) == len(offers)
        assert len({offer.shift_id for offer in offers}) == len(offers)
        for offer in offers:
            scene.check(offer)
        session.rollback()
