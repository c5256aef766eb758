"""Cases of two sightings: a first look while the car is within its time, the second by the same officer."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from enforcement import pipeline
from enforcement.adapters.tables import Notification
from enforcement.domain.dispatch import Proposal
from enforcement.domain.policy import sample_policy_data
from enforcement.pipeline.rules import policy_of

from ..builders import HOME, Council, Officer, at
from .scenes import Town, rows, task_of

TWO = {"minutes": 0, "sightings": 2, "start_rule": "on_arrival"}
STANDING = {"plate": "AB12 CDE", "valve_front": 3, "valve_rear": 9}
METRE = 1 / 111_250  # degrees of latitude, near enough
ONE_MORE = "One more sighting is needed."


def two_sightings(council: Council, **policy: Any) -> None:
    """The council asks for two sightings of every car."""
    policy = sample_policy_data("single-sighting") | {"default_observation": TWO} | policy
    council.administrator.patch("/authority", {"policy": policy})


@pytest.fixture
def town(council: Council) -> Town:
    """A two-hour bay, and in it a car that came at nine: over its time at 11:00, lawful at 11:11."""
    two_sightings(council)
    town = Town(council)
    town.reads(("B1", "occupied", "09:00"))
    return town


def at_time(town: Town, clock: str) -> None:
    town.clock.set(clock)
    town.sweep()


def first_look(town: Town, officer: Officer, clock: str = "10:50") -> dict[str, Any]:
    """The officer has been at the car and has seen it."""
    at_time(town, clock)
    [task] = officer.mine()
    task = officer.step(task, "accept")
    return officer.step(task, "sightings", **STANDING)


def left(town: Town, officer: Officer) -> dict[str, Any]:
    """The officer has made the first sighting and gone on."""
    return officer.step(first_look(town, officer), "look-again")


def has(officer: Officer, task: dict[str, Any]) -> bool:
    return [each["id"] for each in officer.mine()] == [task["id"]]


def shift_step(town: Town, officer: Officer, what: str, **more: Any) -> None:
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), **more}
    officer.phone.post(f"/shifts/{officer.shift['id']}/{what}", step)


def test_a_first_look_is_offered_while_the_car_is_within_its_time(town: Town, officer: Officer):
    at_time(town, "10:44")
    assert town.tasks() == []
    at_time(town, "10:45")
    [task] = officer.mine()
    assert task["why"] == "First look: a 2 h limit ends soon"
    assert "lawful in 26 min" in task["priority_reasons"]


def test_a_first_look_becomes_a_late_car_when_its_time_is_up(town: Town):
    at_time(town, "10:50")
    [early] = town.tasks()
    at_time(town, "11:00")
    [late] = town.tasks()
    assert (late["id"], late["why"]) == (early["id"], "Over a 2 h limit")
    assert late["priority"] > early["priority"]


def test_a_council_may_do_without_early_looks(council: Council):
    two_sightings(council, first_look_minutes=0)
    town = Town(council)
    town.reads(("B1", "occupied", "09:00"))
    at_time(town, "10:59")
    assert town.tasks() == []
    at_time(town, "11:00")
    assert len(town.tasks()) == 1


def test_where_one_sighting_is_enough_nobody_is_sent_early(council: Council):
    town = Town(council)
    town.reads(("B1", "occupied", "09:00"))
    at_time(town, "10:59")
    assert town.tasks() == []


def test_a_first_look_is_called_off_when_the_car_leaves_in_time(town: Town, officer: Officer):
    at_time(town, "10:50")
    [task] = officer.mine()
    town.reads(("B1", "free", "10:52"))
    at_time(town, "10:53")
    assert task_of(town, task)["ended_why"] == "The car has left."


def test_who_goes_on_after_the_first_look_is_free_and_gets_the_second(town: Town, officer: Officer):
    task = left(town, officer)
    assert (task["state"], task["officer"], task["not_before"]) == ("waiting", None, task["lawful_from"])
    assert officer.phone.get("/me")["shift"]["state"] == "available"
    other = town.on_duty(town.centre, name="Ann")
    at_time(town, "11:09")
    assert (officer.mine(), other.mine()) == ([], [])
    at_time(town, "11:10")
    assert has(officer, task)
    assert other.mine() == []
    [again] = officer.mine()
    assert again["assignment"]["reason"].startswith("made the first sighting")


def test_the_planner_knows_of_a_second_look_ahead_of_its_time(town: Town, officer: Officer):
    task = left(town, officer)
    with town.session() as session:
        [known] = pipeline.planning.load_problem(session, town.clock()).tasks
    assert (known.id, known.only_for) == (UUID(task["id"]), UUID(officer.shift["id"]))
    assert (known.lawful_from, known.work_seconds) == (at("11:11"), 5 * 60)


def test_what_is_put_off_for_all_is_offered_to_nobody_before_its_time(town: Town, officer: Officer):
    at_time(town, "11:12")
    task = officer.step(officer.step(officer.mine()[0], "accept"), "arrive")
    officer.step(task, "outcome", outcome="loading_look_again", details={"minutes": 20})
    far = Proposal(UUID(officer.shift["id"]), UUID(task["id"]), 1.0, 30 * 60.0, 2500.0, "nearest")
    with town.session() as session:
        assert not pipeline.offers.offer_all(session, [far], policy_of(session), town.clock())


def test_who_has_a_way_to_go_is_asked_in_time_for_it(town: Town, officer: Officer):
    task = left(town, officer)
    officer.stand(lon=HOME[0], lat=HOME[1] + 500 * METRE, clock=town.clock)  # 7:48 from the car
    other = town.on_duty(town.centre, name="Ann")
    at_time(town, "11:02")
    assert officer.mine() == []
    at_time(town, "11:02:15")
    assert has(officer, task)
    at_time(town, "11:02:40")
    assert other.mine() == []


def test_until_then_its_officer_does_what_is_near(town: Town, officer: Officer):
    task = left(town, officer)
    town.bay("B2", lat=HOME[1] + 50 * METRE)
    town.says_over("B2", "10:30", "10:51")
    at_time(town, "10:51")
    assert [each["bay"]["reference"] for each in officer.mine()] == ["B2"]
    near = officer.step(officer.mine()[0], "accept")
    at_time(town, "10:56")
    officer.step(near, "outcome", outcome="gone_on_arrival")
    at_time(town, "11:10")
    assert has(officer, task)


def test_nobody_is_sent_far_away_just_before_their_second_look(town: Town, officer: Officer):
    task = left(town, officer)
    town.bay("B2", lat=HOME[1] + 900 * METRE)
    town.clock.set("11:08")
    town.says_over("B2", "10:30", "11:08")
    at_time(town, "11:08")
    assert officer.mine() == []
    at_time(town, "11:10")
    assert has(officer, task)


def test_both_sightings_together_make_the_case_and_one_does_not(town: Town, officer: Officer):
    task = left(town, officer)
    at_time(town, "11:12")
    task = officer.step(officer.mine()[0], "accept")
    assert ONE_MORE in task["missing_for_notice"]
    refused = officer.step(task, "outcome", 422, outcome="notice_served")["errors"]
    assert ONE_MORE in [each["detail"] for each in refused]
    task = officer.step(task, "sightings", **STANDING)
    assert task["missing_for_notice"] == []
    assert officer.step(task, "outcome", outcome="notice_served")["state"] == "closed"


def test_who_stays_beside_the_car_keeps_the_task(town: Town, officer: Officer):
    task = first_look(town, officer, "10:58")
    at_time(town, "11:11")
    assert has(officer, task)
    task = officer.step(task_of(town, task), "sightings", **STANDING)
    assert officer.step(task, "outcome", outcome="notice_served")["state"] == "closed"


def test_nobody_leaves_a_car_that_they_have_not_seen_or_that_is_lawful_already(town: Town, officer: Officer):
    at_time(town, "10:50")
    task = officer.step(officer.mine()[0], "accept")
    assert "first sighting" in officer.step(task, "look-again", 409)["detail"]
    task = officer.step(task, "sightings", **STANDING)
    town.clock.set("11:11")
    assert "second sighting" in officer.step(task, "look-again", 409)["detail"]


def test_going_on_is_judged_by_when_it_was_done(town: Town, officer: Officer):
    task = first_look(town, officer)
    recorded_at = town.clock().isoformat()
    town.clock.set("11:12")
    assert officer.step(task, "look-again", recorded_at=recorded_at)["state"] == "waiting"
    town.sweep()
    assert has(officer, task)


def test_a_car_that_leaves_between_the_looks_ends_the_case(town: Town, officer: Officer):
    task = left(town, officer)
    town.clock.set("11:06")
    town.reads(("B1", "free", "11:05"))
    at_time(town, "11:06")
    assert task_of(town, task)["state"] == "withdrawn"
    at_time(town, "11:11")
    assert officer.mine() == []


def test_when_its_officer_goes_home_another_begins_anew(town: Town, officer: Officer):
    task = left(town, officer)
    other = town.on_duty(town.centre, name="Ann")
    at_time(town, "10:55")
    assert other.mine() == []
    shift_step(town, officer, "end")
    town.sweep()
    assert has(other, task)
    assert "task.opened" in town.journal(task["id"])
    task = other.step(other.mine()[0], "accept")
    town.clock.set("11:12")
    task = other.step(task, "sightings", **STANDING)
    assert task["missing_for_notice"] == [ONE_MORE]
    town.clock.set("11:14")
    task = other.step(task, "sightings", **STANDING)
    assert other.step(task, "outcome", outcome="notice_served")["state"] == "closed"


def test_another_plate_read_by_another_officer_stands_against_the_case(town: Town, officer: Officer):
    task = left(town, officer)
    shift_step(town, officer, "end")
    other = town.on_duty(town.centre, name="Ann")
    town.sweep()
    task = other.step(other.mine()[0], "accept")
    for clock in ("11:12", "11:14"):
        town.clock.set(clock)
        task = other.step(task, "sightings", **{**STANDING, "plate": "XY12 ZZZ"})
    refused = other.step(task, "outcome", 422, outcome="notice_served")["errors"]
    assert [each["detail"] for each in refused] == ["The sightings are of different plates."]


def test_who_goes_home_before_it_is_lawful_is_not_waited_for(town: Town):
    officer = town.officer(town.centre, hours=2.2)  # until 11:07
    officer.start(lon=-0.1276, lat=51.5072, clock=town.clock)
    task = left(town, officer)
    other = town.on_duty(town.centre, name="Ann")
    shift_step(town, officer, "state", state="break")
    town.sweep()
    assert has(other, task)


def test_a_long_break_does_not_make_the_second_look_wait_for_ever(town: Town, officer: Officer):
    task = left(town, officer)
    other = town.on_duty(town.centre, name="Ann")
    shift_step(town, officer, "state", state="break")
    at_time(town, "11:20")
    assert other.mine() == []
    at_time(town, "11:21")
    assert has(other, task)


def test_who_declines_the_second_look_is_asked_once_more_and_then_another(town: Town, officer: Officer):
    task = left(town, officer)
    other = town.on_duty(town.centre, name="Ann")
    at_time(town, "11:11")
    officer.step(officer.mine()[0], "decline", reason="busy")
    at_time(town, "11:15")
    assert (officer.mine(), other.mine()) == ([], [])
    at_time(town, "11:17")
    officer.step(officer.mine()[0], "decline", reason="busy")
    town.sweep()
    assert has(other, task)


def test_a_supervisor_may_ask_another_officer_for_it(town: Town, officer: Officer):
    task = left(town, officer)
    other = town.on_duty(town.centre, name="Ann")
    town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": other.shift["id"]})
    assert has(other, task)


def test_after_a_possible_swap_what_was_seen_before_does_not_count(town: Town, officer: Officer):
    task = left(town, officer)
    town.reads(("B1", "free", "10:52:00"), ("B1", "occupied", "10:52:20"))
    at_time(town, "10:53")
    assert "started again" in task_of(town, task)["ended_why"]
    at_time(town, "12:40")
    [anew] = officer.mine()
    assert (anew["id"] == task["id"], anew["sightings"]) == (False, 0)


def test_an_officer_at_the_car_hears_of_a_swap_by_what_is_missing(town: Town, officer: Officer):
    task = first_look(town, officer)
    town.reads(("B1", "free", "10:52:00"), ("B1", "occupied", "10:52:20"))
    at_time(town, "11:12")
    task = officer.step(task_of(town, task), "sightings", **STANDING)
    assert task["lawful_from"] == "2026-06-29T12:03:20Z"
    refused = officer.step(task, "outcome", 422, outcome="notice_served")["errors"]
    assert ONE_MORE in [each["detail"] for each in refused]


def test_a_late_report_that_moves_the_clock_moves_the_second_look(town: Town, officer: Officer):
    task = left(town, officer)
    town.reads(("B1", "free", "09:05:00"), ("B1", "occupied", "09:05:20"))
    at_time(town, "10:53")
    moved = task_of(town, task)
    assert moved["not_before"] == moved["lawful_from"] == "2026-06-29T10:16:20Z"
    at_time(town, "11:15")
    assert officer.mine() == []
    at_time(town, "11:15:20")
    assert has(officer, task)


def test_within_its_time_at_a_first_look_leaves_the_overstay_that_has_not_begun(town: Town, officer: Officer):
    task = officer.step(first_look(town, officer), "outcome", outcome="within_time")
    assert (task["state"], task["outcome"], task["not_before"]) == ("waiting", None, task["lawful_from"])
    assert officer.phone.get("/me")["shift"]["state"] == "available"
    at_time(town, "11:12")
    assert has(officer, task)
    task = officer.step(officer.step(officer.mine()[0], "accept"), "sightings", **STANDING)
    assert officer.step(task, "outcome", outcome="notice_served")["state"] == "closed"


def test_without_a_sighting_anybody_may_look_later(town: Town, officer: Officer):
    at_time(town, "10:50")
    task = officer.step(officer.step(officer.mine()[0], "accept"), "outcome", outcome="within_time")
    assert (task["state"], task["not_before"]) == ("waiting", task["lawful_from"])
    shift_step(town, officer, "end")
    other = town.on_duty(town.centre, name="Ann")
    at_time(town, "11:11")
    assert has(other, task)


def test_within_its_time_once_it_is_over_settles_the_overstay(town: Town, officer: Officer):
    task = first_look(town, officer)
    at_time(town, "11:02")
    assert officer.step(task_of(town, task), "outcome", outcome="within_time")["state"] == "closed"
    at_time(town, "11:12")
    assert officer.mine() == []


def test_the_second_offer_says_that_it_is_the_second_look(town: Town, phone: Officer):
    left(town, phone)
    at_time(town, "11:11")
    with town.session() as session:
        said = [row.payload["notification"]["body"] for row in rows(session, Notification)]
    assert said[0].startswith("A first look: still within its time")
    assert said[-1].startswith("Your second look at this car")
    assert "AB12" not in "".join(said)
