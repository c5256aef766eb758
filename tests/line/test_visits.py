"""Notification → sighting → outcome: what an officer does, once, at the right place and in their own time."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from enforcement.adapters.tables import Action, Assignment, OutcomeRow, Position, SightingRow, StayRow
from enforcement.domain.outcomes import RULES, Cause, Outcome, effect
from enforcement.domain.policy import sample_policy_data

from ..builders import HOME, Council, Officer, at
from .scenes import Town, accepted, arrived, count, overstay, rows, task_of

NEEDED = {
    "which": "payment",
    "minutes": 20,
    "reference": "INC-7",
    "preparation_began_at": at("11:04").isoformat(),
}
FAR_LAT = HOME[1] + 0.004


def body(town: Town, task: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "version": task["version"], "recorded_at": town.clock().isoformat(), **more}


def ten_times(town: Town, officer: Officer, task: dict[str, Any], what: str, **more: Any) -> dict[str, Any]:
    """Send one action ten times; the answer to the last."""
    sent = body(town, task, **more)
    answers = [officer.phone.post(f"/tasks/{task['id']}/{what}", sent) for _ in range(10)]
    assert all(answer == answers[0] for answer in answers)
    return answers[-1]


def stand(
    town: Town, officer: Officer, *, lat: float = HOME[1], accuracy_m: float = 5.0, **later: float
) -> Any:
    """Let time pass, then report a position; the task arrived at, if any."""
    town.clock.forward(**(later or {"seconds": 10}))
    return officer.stand(lon=HOME[0], lat=lat, clock=town.clock, accuracy_m=accuracy_m)["arrived_task"]


def test_each_action_sent_ten_times_takes_effect_once(town: Town, officer: Officer):
    overstay(town)
    [task] = officer.mine()
    task = ten_times(town, officer, task, "accept")
    task = ten_times(town, officer, task, "arrive")
    town.clock.set("11:12")
    task = ten_times(town, officer, task, "sightings", plate="AB12 CDE")
    task = ten_times(town, officer, task, "outcome", outcome="notice_served")
    assert task["state"] == "closed"
    steps = ["task.accept", "task.arrive", "task.sight", "task.close"]
    assert town.journal(task["id"])[2:] == steps
    with town.session() as session:
        assert (count(session, SightingRow), count(session, OutcomeRow)) == (1, 1)
        assert count(session, Action, Action.kind.startswith("task.")) == 4


def test_a_decline_sent_ten_times_counts_as_one(town: Town, officer: Officer):
    overstay(town)
    [task] = officer.mine()
    assert ten_times(town, officer, task, "decline", reason="busy")["state"] == "waiting"
    assert town.journal(task["id"]).count("task.decline") == 1


def test_an_action_that_comes_again_after_others_still_takes_no_second_effect(town: Town, officer: Officer):
    overstay(town)
    [task] = officer.mine()
    accept = body(town, task)
    task = officer.phone.post(f"/tasks/{task['id']}/accept", accept)
    task = officer.step(task, "arrive")
    assert officer.phone.post(f"/tasks/{task['id']}/accept", accept)["state"] == "arrived"


def test_an_id_used_for_something_else_is_refused(town: Town, officer: Officer):
    overstay(town)
    [task] = officer.mine()
    sent = body(town, task)
    officer.phone.post(f"/tasks/{task['id']}/accept", sent)
    officer.phone.post(f"/tasks/{task['id']}/arrive", sent, 409)
    later = (town.clock() + timedelta(seconds=1)).isoformat()
    officer.phone.post(f"/tasks/{task['id']}/accept", {**sent, "recorded_at": later}, 409)
    assert task_of(town, task)["state"] == "accepted"


def test_an_action_that_comes_again_with_a_newer_version_is_still_the_same(town: Town, officer: Officer):
    """Its answer was lost, and the phone has seen the task since."""
    overstay(town)
    [task] = officer.mine()
    sent = body(town, task)
    newer = officer.phone.post(f"/tasks/{task['id']}/accept", sent)["version"]
    again = officer.phone.post(f"/tasks/{task['id']}/accept", {**sent, "version": newer})
    assert (again["state"], again["version"]) == ("accepted", newer)


def test_a_stale_version_is_answered_with_the_task_as_it_is_now(town: Town, officer: Officer):
    overstay(town)
    [task] = officer.mine()
    now = officer.step(task, "accept")
    problem = officer.step(task, "outcome", 409, outcome="prevented")
    assert problem["type"].endswith("/stale-task")
    assert problem["task"] == now


def test_a_refused_action_may_be_sent_again_under_its_id_when_the_phone_has_caught_up(
    town: Town, officer: Officer
):
    overstay(town)
    [task] = officer.mine()
    sent = body(town, {**task, "version": task["version"] - 1})
    officer.phone.post(f"/tasks/{task['id']}/accept", sent, 409)
    sent["version"] = task["version"]
    assert officer.phone.post(f"/tasks/{task['id']}/accept", sent)["state"] == "accepted"


def test_a_task_that_was_never_offered_to_an_officer_is_not_theirs(town: Town, officer: Officer):
    task = accepted(town, officer)
    other = town.on_duty(town.centre)
    for what, more in (("accept", {}), ("arrive", {}), ("outcome", {"outcome": "unsafe"})):
        other.step(task, what, 403, **more)


def test_a_task_that_is_withdrawn_says_why(town: Town, officer: Officer):
    task = accepted(town, officer)
    town.clock.set("11:08")
    town.reads(("B1", "free", "11:06"))
    town.sweep()
    problem = officer.step(task, "decline", 409, reason="busy")
    assert problem["detail"] == "This task is withdrawn. The car has left."
    assert problem["task"]["state"] == "withdrawn"


def test_a_notice_without_a_sighting_is_refused_and_says_what_is_missing(town: Town, officer: Officer):
    task = arrived(town, officer)
    problem = officer.step(task, "outcome", 422, outcome="notice_served")
    assert [error["detail"] for error in problem["errors"]] == ["The car has not been sighted yet."]
    assert task_of(town, task) == task


@pytest.mark.parametrize(
    ("seen_at", "plate", "missing"),
    [
        ("11:10:59", "AB12CDE", "The last sighting was before a notice could be lawful: look again."),
        ("11:11", None, "The plate has not been recorded yet."),
        ("11:11", "AB12CDE", None),
    ],
)
def test_a_notice_needs_a_lawful_sighting_with_a_plate(
    town: Town, officer: Officer, seen_at: str, plate: str | None, missing: str | None
):
    task = arrived(town, officer)
    town.clock.set("11:30")
    task = officer.step(task, "sightings", plate=plate, note="Rain", recorded_at=at(seen_at).isoformat())
    answer = officer.step(task, "outcome", 422 if missing else 200, outcome="notice_served")
    assert [error["detail"] for error in answer.get("errors", [])] == ([missing] if missing else [])


def test_an_empty_look_is_refused_and_one_without_a_plate_spoils_nothing(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:30")
    now = at("11:30").isoformat()
    refused = officer.step(task, "sightings", 422, recorded_at=now)
    assert refused["errors"][0]["pointer"] == "/plate"
    task = officer.step(task, "sightings", note="Plate behind a skip", recorded_at=now)
    task = officer.step(task, "sightings", plate="AB12CDE", recorded_at=now)
    assert officer.step(task, "outcome", outcome="notice_served")["state"] == "closed"


def test_a_phone_whose_clock_runs_ahead_makes_no_notice_lawful_before_its_time(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:08")
    task = officer.step(task, "sightings", plate="AB12CDE", recorded_at=at("11:12").isoformat())
    officer.step(task, "outcome", 422, outcome="notice_served")


def test_two_sightings_must_be_of_the_same_car_standing_still(council: Council):
    policy = sample_policy_data("single-sighting") | {"default_observation": {"minutes": 5, "sightings": 2}}
    council.administrator.patch("/authority", {"policy": policy})
    zone = council.zone()
    council.bay("B1")
    officer = council.on_duty(zone)
    task = arrived(council, officer)
    council.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12 CDE", valve_front=3, valve_rear=9)
    lacking = [
        "One more sighting is needed.",
        "The car has to be observed for 5 min; so far it is 0.",
    ]
    assert task["missing_for_notice"] == lacking
    refused = officer.step(task, "outcome", 422, outcome="notice_served")["errors"]
    assert [each["detail"] for each in refused] == lacking
    council.clock.forward(minutes=6)
    task = officer.step(task, "sightings", plate="ab12cde", valve_front=4, valve_rear=9)
    [lacking] = officer.step(task, "outcome", 422, outcome="notice_served")["errors"]
    assert lacking["detail"].startswith("The valve positions differ")


def test_who_sees_the_car_is_there_and_is_not_asked_elsewhere(town: Town, officer: Officer):
    task = accepted(town, officer)
    task = officer.step(task, "sightings", plate="AB12CDE")
    assert task["state"] == "arrived"
    assert officer.phone.get("/me")["shift"]["state"] == "observing"
    officer.step(task, "outcome", outcome="unsafe")
    assert officer.phone.get("/me")["shift"]["state"] == "available"
    assert town.journal(officer.shift["id"])[-2:] == ["shift.observing", "shift.available"]


OF_CARS = [outcome for outcome, rule in RULES.items() if Cause.STAY in rule.causes]


@pytest.mark.parametrize("outcome", [each for each in OF_CARS if each is not Outcome.NOTICE_SERVED])
def test_an_outcome_has_the_effect_that_the_table_gives_it(town: Town, officer: Officer, outcome: Outcome):
    task = arrived(town, officer)
    details = {name: NEEDED[name] for name in RULES[outcome].needs}
    if details:
        officer.step(task, "outcome", 422, outcome=outcome, details={})
    follows = effect(outcome, details)
    ended = officer.step(task, "outcome", outcome=outcome, details=details)
    assert ended["state"] == ("closed" if follows.closes_task else "waiting")
    assert ended["outcome"] == (outcome if follows.closes_task else None)
    assert bool(town.supervisor.get(f"/bays/{town.b1['id']}")["paused_at"]) == follows.pauses_bay
    with town.session() as session:
        [stay] = rows(session, StayRow)
        [assignment] = rows(session, Assignment)
    assert bool(stay.covered_by) == follows.closes_stay
    assert assignment.end_reason == "completed"
    town.clock.forward(minutes=1)
    town.sweep()
    assert len(town.tasks()) == (0 if follows.closes_task else 1)


def test_a_permit_seen_closes_the_stay_for_good(town: Town, officer: Officer):
    task = arrived(town, officer)
    officer.step(task, "outcome", outcome="right_seen", details={"which": "permit"})
    town.clock.set("11:00", "2026-07-02")
    town.sweep()
    assert town.tasks() == []


def test_a_lorry_that_is_loading_is_looked_at_again_when_the_minutes_are_over(town: Town, officer: Officer):
    task = arrived(town, officer)
    put_off = officer.step(task, "outcome", outcome="loading_look_again", details={"minutes": 20})
    assert (put_off["state"], put_off["officer"]) == ("waiting", None)
    town.clock.forward(minutes=19)
    town.sweep()
    assert officer.mine() == []
    town.clock.forward(minutes=1)
    assert due(town) == {"plan", "watch"}
    town.sweep()
    assert [each["id"] for each in officer.mine()] == [task["id"]]


def due(town: Town) -> set[str]:
    """What a worker's look at the clock finds to do."""
    with town.session() as session:
        work = session.execute(
            text("SELECT authority_id, work FROM openpatrol_due(:at)"), {"at": town.clock()}
        )
        return {name for authority_id, name in work if authority_id == town.id}


def test_a_lorry_that_left_while_the_officer_was_there_is_not_looked_at_again(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:09")
    town.reads(("B1", "free", "11:08"))
    town.sweep()
    officer.step(task, "outcome", outcome="loading_look_again", details={"minutes": 20})
    town.sweep()
    assert task_of(town, task)["ended_why"] == "The car has left."


def test_an_outcome_recorded_far_from_the_bay_is_kept_and_flagged(town: Town, officer: Officer):
    task = arrived(town, officer)
    officer.step(task, "outcome", outcome="gone_on_arrival", lon=HOME[0], lat=FAR_LAT, accuracy_m=10)
    with town.session() as session:
        [kept] = rows(session, OutcomeRow)
    assert 400 < kept.far_m < 500


def test_two_good_fixes_near_the_bay_are_an_arrival(town: Town, officer: Officer):
    task = accepted(town, officer)
    assert stand(town, officer, lat=FAR_LAT) is None
    assert stand(town, officer) is None
    arrived_at = stand(town, officer)
    assert (arrived_at["id"], arrived_at["state"]) == (task["id"], "arrived")
    assert officer.phone.get("/me")["shift"]["state"] == "observing"


def test_fixes_of_poor_accuracy_are_no_arrival(town: Town, officer: Officer):
    accepted(town, officer)
    assert [stand(town, officer, accuracy_m=60) for _ in range(5)] == [None] * 5


def test_fixes_near_a_task_that_is_only_on_offer_are_no_arrival(town: Town, officer: Officer):
    overstay(town)
    assert [stand(town, officer) for _ in range(3)] == [None] * 3
    assert officer.mine()[0]["state"] == "offered"


def test_a_late_fix_never_moves_an_officer_back_nor_lets_them_arrive(town: Town, officer: Officer):
    accepted(town, officer)
    stand(town, officer, lat=FAR_LAT)
    old = [
        {"lon": HOME[0], "lat": HOME[1], "accuracy_m": 5, "at": at(f"11:05:0{n}").isoformat()} for n in (1, 2)
    ]
    answer = officer.phone.post("/positions", {"id": str(uuid4()), "fixes": old})
    assert answer == {"kept": 2, "arrived_task": None}
    [shift] = town.supervisor.get("/shifts?on=true")["items"]
    assert shift["position"]["lat"] == pytest.approx(FAR_LAT)


def positions(town: Town, officer: Officer, *times: str, status: int = 200) -> Any:
    fixes = [{"lon": HOME[0], "lat": HOME[1], "accuracy_m": 5, "at": at(each).isoformat()} for each in times]
    return officer.phone.post("/positions", {"id": str(uuid4()), "fixes": fixes}, status)


def shift_step(town: Town, officer: Officer, what: str, **more: str) -> None:
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), **more}
    officer.phone.post(f"/shifts/{officer.shift['id']}/{what}", step)


def test_positions_are_refused_off_shift_and_on_a_break(town: Town):
    officer = town.officer(town.centre)
    positions(town, officer, "09:00", status=409)
    shift_step(town, officer, "start")
    positions(town, officer, "09:00")
    shift_step(town, officer, "state", state="break")
    positions(town, officer, "09:00", status=409)
    shift_step(town, officer, "state", state="available")
    shift_step(town, officer, "end")
    positions(town, officer, "09:00", status=409)


def test_where_an_officer_was_on_a_break_or_before_the_shift_is_never_kept(town: Town, officer: Officer):
    town.clock.set("10:00")
    shift_step(town, officer, "state", state="break")
    town.clock.set("10:30")
    shift_step(town, officer, "state", state="available")
    town.clock.set("10:40")
    answer = positions(town, officer, "08:59", "09:30", "10:00", "10:29", "10:30", "10:39", "10:46")
    assert answer["kept"] == 3
    with town.session() as session:
        times = {row.at for row in rows(session, Position)}
    assert times == {at("09:00"), at("09:30"), at("10:30"), at("10:39")}


def test_the_same_positions_sent_twice_are_kept_once(town: Town, officer: Officer):
    sent = {
        "id": str(uuid4()),
        "fixes": [{"lon": 0, "lat": 51, "accuracy_m": 5, "at": town.clock().isoformat()}],
    }
    assert officer.phone.post("/positions", sent)["kept"] == 1
    assert officer.phone.post("/positions", sent)["kept"] == 0


def test_what_was_recorded_offline_counts_from_when_it_was_done(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("12:00")
    seen = at("11:20")
    task = officer.step(task, "sightings", plate="AB12CDE", recorded_at=seen.isoformat())
    officer.step(
        task, "outcome", outcome="notice_served", recorded_at=(seen + timedelta(minutes=1)).isoformat()
    )
    with town.session() as session:
        [sighting], [outcome] = rows(session, SightingRow), rows(session, OutcomeRow)
    assert (sighting.recorded_at, sighting.received_at) == (seen, at("12:00"))
    assert outcome.recorded_at == at("11:21")


def test_the_phone_is_told_since_when_looks_count(town: Town, officer: Officer):
    """So that it can tell by itself what is missing before a notice."""
    task = arrived(town, officer)
    assert task["counted_from"] == "2026-06-29T08:00:00Z"
