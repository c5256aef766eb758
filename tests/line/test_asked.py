"""Task → assignment: what the planner is asked of cars, and of officers who are not free yet."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from enforcement import jobs, pipeline
from enforcement.adapters.planner import PlanResult
from enforcement.adapters.tables import DwellModel
from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import OfficerNow, Proposal, TaskNow
from enforcement.domain.dwell import BANDS, PRIOR
from enforcement.domain.policy import sample_policy_data
from enforcement.pipeline.planning import Problem
from enforcement.pipeline.rules import policy_of

from ..builders import HOME, Council, Officer, PlannerHere, workshop
from .scenes import Town, task_of

METRE = 1 / 111_250  # degrees of latitude, near enough
FOUND_AT = "10:00"


def asked(town: Council) -> Problem:
    with town.session() as session:
        return pipeline.planning.load_problem(session, town.clock())


def known_of(town: Council, bay: str) -> TaskNow:
    """The task of the car in this bay, as the planner sees it."""
    [here] = [task for task in town.tasks() if task["bay"]["reference"] == bay]
    [known] = [task for task in asked(town).tasks if task.id == UUID(here["id"])]
    return known


def known_as(town: Council, officer: Officer) -> OfficerNow | None:
    """The officer as the planner sees them, if it does."""
    found = [each for each in asked(town).officers if each.id == UUID(officer.shift["id"])]
    return found[0] if found else None


def minutes_until_free(town: Council, officer: Officer) -> float:
    known = known_as(town, officer)
    assert known
    return (known.free_at - town.clock()).total_seconds() / 60


def over(town: Council, *bays: str) -> None:
    """Cars that have been over their time since nine, and could be served a notice since eleven past."""
    for bay in bays:
        town.says_over(bay, "09:00", FOUND_AT)
    town.sweep()


def north(metres: float) -> float:
    return HOME[1] + metres * METRE


def walk_minutes(metres: float) -> float:
    return StraightLine().seconds_for(metres) / 60


def learned(town: Council, **paces: dict[str, float]) -> None:
    """Last night: cars with these traits leave so many times faster than others."""
    model = {"bands": BANDS.tolist(), "rates": list(PRIOR.rates), "paces": paces, "stays": 9, "departures": 9}
    with town.session() as session:
        session.add(DwellModel(authority_id=town.id, fitted_at=town.clock(), model=model, calibration={}))
        session.commit()


def asking_for(council: Council, **observation: Any) -> Town:
    policy = sample_policy_data("single-sighting") | {"default_observation": observation}
    council.administrator.patch("/authority", {"policy": policy})
    return Town(council)


def does(town: Town, officer: Officer, state: str, minutes: int | None = None) -> None:
    body = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "state": state}
    told = {"minutes": minutes} if minutes else {}
    officer.phone.post(f"/shifts/{officer.shift['id']}/state", body | told)


@pytest.fixture
def town(council: Council) -> Town:
    """Besides the car at B1 there is another, 10 m farther on, to which nobody has been sent yet."""
    town = Town(council)
    town.bay("B2", lat=north(10))
    town.clock.set(FOUND_AT)
    return town


@pytest.fixture
def going(town: Town) -> Officer:
    """An officer who was 300 m from B1 when they accepted the car there; B2 still waits."""
    officer = town.on_duty(town.centre, lat=north(-300), name="Going")
    over(town, "B1")
    [task] = officer.mine()
    officer.step(task, "accept")
    over(town, "B2")
    return officer


def test_how_soon_a_car_leaves_is_judged_by_its_bay_street_class_and_hour(town: Town):
    paces = {"bay": {town.b1["id"]: 3.0}, "street": {"Judd Street": 0.5, "Elsewhere": 7.0}}
    learned(town, **paces, **{"class": {"limited-waiting 120": 2.0}}, hour={"09": 1.5, "08": 11.0})
    over(town, "B1", "B2")
    assert known_of(town, "B1").pace == pytest.approx(3.0 * 0.5 * 2.0 * 1.5)
    assert known_of(town, "B2").pace == pytest.approx(0.5 * 2.0 * 1.5)


def test_until_something_was_learned_all_cars_are_alike(town: Town):
    over(town, "B1")
    assert known_of(town, "B1").pace == 1.0
    assert asked(town).chance(BANDS[:3], BANDS[1:4]) == pytest.approx(PRIOR.chances(BANDS[:3], BANDS[1:4]))


def test_a_visit_takes_as_long_as_the_policy_says(town: Town):
    over(town, "B1")
    assert known_of(town, "B1").work_seconds == 5 * 60


def test_where_a_car_has_to_be_watched_a_visit_takes_longer(council: Council):
    town = asking_for(council, minutes=5, sightings=1, start_rule="after_grace")
    town.clock.set(FOUND_AT)
    over(town, "B1")
    assert known_of(town, "B1").work_seconds == 10 * 60


def test_a_first_look_is_short_until_the_second_can_follow_at_once(council: Council):
    town = asking_for(council, minutes=0, sightings=2, start_rule="on_arrival")
    town.reads(("B1", "occupied", "09:00"))
    town.clock.set("10:50")
    town.sweep()
    look = known_of(town, "B1")
    assert (look.work_seconds, look.lawful_from) == (60, town.clock())
    town.clock.set("11:11")
    town.sweep()
    assert known_of(town, "B1").work_seconds == 5 * 60


def test_who_was_offered_a_task_is_taken_to_go_there(town: Town):
    officer = town.on_duty(town.centre, lat=north(-300))
    over(town, "B1")
    over(town, "B2")
    known = known_as(town, officer)
    assert known
    assert (known.lon, known.lat) == HOME
    assert minutes_until_free(town, officer) == pytest.approx(walk_minutes(300) + 5, abs=0.1)


def test_how_far_the_way_still_is_follows_from_the_last_position(town: Town, going: Officer):
    town.clock.forward(minutes=2)
    assert minutes_until_free(town, going) == pytest.approx(walk_minutes(300) - 2 + 5, abs=0.1)
    going.stand(lon=HOME[0], lat=north(-200), clock=town.clock)
    assert minutes_until_free(town, going) == pytest.approx(walk_minutes(200) + 5, abs=0.1)


def test_who_is_at_a_car_is_busy_for_what_is_left_of_the_visit(town: Town, going: Officer):
    town.clock.forward(minutes=4)
    [task] = going.mine()
    task = going.step(task, "arrive")
    town.clock.forward(minutes=2)
    assert minutes_until_free(town, going) == pytest.approx(3)
    going.step(task, "preparation")
    assert minutes_until_free(town, going) == pytest.approx(5)


def test_nobody_is_known_to_have_been_free_in_the_past(town: Town, going: Officer):
    town.clock.forward(minutes=7)
    assert minutes_until_free(town, going) > 0


def test_a_visit_that_drags_on_is_not_counted_on(town: Town, going: Officer):
    [task] = going.mine()
    going.step(task, "arrive")
    town.clock.forward(minutes=9)
    assert known_as(town, going)
    town.clock.forward(minutes=2)
    assert known_as(town, going) is None


def test_who_says_for_how_long_they_are_busy_is_free_then_if_that_is_soon(town: Town):
    officer = town.on_duty(town.centre)
    does(town, officer, "with_public", minutes=8)
    over(town, "B2")
    assert minutes_until_free(town, officer) == pytest.approx(8)
    does(town, officer, "with_public", minutes=11)
    assert known_as(town, officer) is None


def test_who_should_be_free_by_now_but_has_not_been_set_free_is_not_sent_yet(town: Town):
    officer = town.on_duty(town.centre)
    does(town, officer, "with_public", minutes=8)
    over(town, "B2")
    town.clock.forward(minutes=9)
    assert known_as(town, officer)
    assert not asked(town).free


@pytest.mark.parametrize("state", ["with_public", "incident", "break", "serving", "observing"])
def test_of_whom_nobody_knows_when_they_will_be_free_nothing_is_planned(town: Town, state: str):
    officer = town.on_duty(town.centre)
    does(town, officer, state)
    over(town, "B2")
    assert known_as(town, officer) is None


def test_accepted_work_is_not_expected_of_one_who_is_on_a_break(town: Town, going: Officer):
    does(town, going, "break")
    assert known_as(town, going) is None


def test_nobody_is_sent_past_an_officer_who_is_free_in_a_minute(town: Town, going: Officer):
    town.clock.forward(minutes=4)
    going.stand(lon=HOME[0], lat=HOME[1], clock=town.clock)
    going.step(going.mine()[0], "arrive")
    town.clock.forward(minutes=4)
    far = town.on_duty(town.centre, lat=north(800), name="Far")
    town.sweep()
    assert far.mine() == []
    [at_the_car] = going.mine()
    going.step(at_the_car, "outcome", outcome="drove_away_before_preparation")
    town.sweep()
    assert [task["bay"]["reference"] for task in going.mine()] == ["B2"]


def test_but_a_visit_that_drags_on_keeps_nothing_waiting(town: Town, going: Officer):
    far = town.on_duty(town.centre, lat=north(800), name="Far")
    going.step(going.mine()[0], "arrive")
    town.clock.forward(minutes=11)
    town.sweep()
    assert [task["bay"]["reference"] for task in far.mine()] == ["B2"]


def test_where_nobody_is_free_the_planner_is_not_asked(town: Town, going: Officer):
    class Unasked(PlannerHere):
        def plan(self, *question: Any) -> PlanResult:
            raise AssertionError("it was asked")

    shop = workshop(town.clock, Unasked())
    assert asked(town).officers
    assert jobs.make_plan(shop, town.id) == 0


def test_what_is_proposed_to_an_officer_with_work_in_hand_comes_to_nothing_without_a_trace(
    town: Town, going: Officer
):
    [waiting] = [task for task in town.tasks() if task["bay"]["reference"] == "B2"]
    before = town.journal(waiting["id"])
    proposal = Proposal(UUID(going.shift["id"]), UUID(waiting["id"]), 1.0, 60.0, 80.0, "nearest")
    with town.session() as session:
        assert pipeline.offers.offer_all(session, [proposal], policy_of(session), town.clock()) == []
        session.commit()
    assert (task_of(town, waiting)["state"], town.journal(waiting["id"])) == ("waiting", before)
    assert len(going.mine()) == 1
