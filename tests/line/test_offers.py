"""Task → assignment: who is asked, who is asked next, and who is left alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from enforcement import jobs
from enforcement.adapters.planner import PlanResult
from enforcement.adapters.tables import Assignment, Planning
from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import nearest_first

from ..builders import HOME, Officer, PlannerHere, workshop
from .scenes import Town, accepted, arrived, at_once, count, overstay, rows, task_of

NORTH = HOME[1] + 0.004  # some 450 m from the bay


def answered(town: Town, officer: Officer, task: dict, what: str, **more) -> TestResponse:
    """The answer to a step, whatever it is."""
    body = {"id": str(uuid4()), "version": task["version"], "recorded_at": town.clock().isoformat(), **more}
    return officer.phone.call("POST", f"/tasks/{task['id']}/{what}", body)


def near_and_far(town: Town) -> tuple[Officer, Officer]:
    """Two officers on duty, one at the bay, the other some 450 m from it, just before its car is over."""
    town.clock.set("11:05")
    return town.on_duty(town.centre, name="Near"), town.on_duty(town.centre, lat=NORTH, name="Far")


def step(town: Town, officer: Officer, what: str, state: str | None = None, status: int | None = None):
    """Change what the officer does, or end their shift."""
    body = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()} | ({"state": state} if state else {})
    return officer.phone.post(f"/shifts/{officer.shift['id']}/{what}", body, status)


def test_only_an_officer_whose_zones_contain_the_bay_is_asked(town: Town):
    elsewhere = town.zone("Elsewhere", lon=HOME[0] + 0.1)
    stranger = town.on_duty(elsewhere)
    overstay(town)
    assert stranger.mine() == []
    neighbour = town.on_duty(elsewhere, town.centre, lat=NORTH)
    town.sweep()
    assert len(neighbour.mine()) == 1


def test_the_nearer_of_two_officers_is_asked(town: Town):
    near, far = near_and_far(town)
    overstay(town)
    assert (len(far.mine()), len(near.mine())) == (0, 1)
    assert near.mine()[0]["assignment"]["reason"].startswith("nearest of two")


def test_of_two_tasks_an_officer_is_asked_to_the_more_urgent(town: Town, officer: Officer):
    town.bay("L1", bay_class="loading")
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"), ("L1", "occupied", "09:00"))
    town.sweep()
    [task] = officer.mine()
    assert task["bay"]["reference"] == "L1"


def test_a_declined_task_goes_to_another_officer_and_never_back(town: Town):
    first = town.on_duty(town.centre)
    overstay(town)
    [task] = first.mine()
    assert first.step(task, "decline", reason="busy")["state"] == "waiting"
    for _ in range(3):
        town.clock.forward(minutes=10)
        town.sweep()
    assert first.mine() == []
    second = town.on_duty(town.centre)
    town.sweep()
    assert [each["id"] for each in second.mine()] == [task["id"]]


def test_an_unanswered_offer_goes_to_the_next_officer_after_a_minute(town: Town):
    near, far = near_and_far(town)
    overstay(town)
    [task] = near.mine()
    town.clock.forward(seconds=59)
    town.sweep()
    assert far.mine() == []
    town.clock.forward(seconds=1)
    town.sweep()
    assert near.mine() == []
    assert [each["id"] for each in far.mine()] == [task["id"]]


def test_after_three_unanswered_offers_the_supervisor_decides(town: Town):
    for _ in range(4):
        town.on_duty(town.centre)
    task = overstay(town)
    for _ in range(3):
        assert task_of(town, task)["state"] == "offered"
        town.clock.forward(seconds=60)
        town.sweep()
    assert task_of(town, task)["state"] == "escalated"
    town.clock.forward(minutes=30)
    town.sweep()
    assert task_of(town, task)["state"] == "escalated"
    assert town.journal(task["id"]).count("task.miss") == 3


def test_the_only_officer_is_asked_again_when_a_missed_offer_is_old(town: Town, officer: Officer):
    task = overstay(town)
    for _ in range(2):
        town.clock.forward(minutes=1)
        town.sweep()
    assert officer.mine() == []
    town.clock.forward(minutes=5)
    town.sweep()
    assert [each["id"] for each in officer.mine()] == [task["id"]]


def test_where_it_is_unsafe_nobody_else_is_sent_until_the_supervisor_says_so(town: Town, officer: Officer):
    overstay(town)
    [task] = officer.mine()
    assert officer.step(task, "decline", reason="unsafe")["state"] == "escalated"
    other = town.on_duty(town.centre)
    town.sweep()
    assert other.mine() == []
    town.supervisor.post(f"/tasks/{task['id']}/reopen")
    town.sweep()
    assert len(other.mine()) == 1


def test_a_supervisor_offers_by_hand_whatever_the_plan_says(town: Town):
    elsewhere = town.zone("Elsewhere", lon=HOME[0] + 0.1)
    officer = town.on_duty(elsewhere)
    task = overstay(town)
    offered = town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": officer.shift["id"]})
    assert offered["officer"]["id"] == officer.id
    assert [each["id"] for each in officer.mine()] == [task["id"]]
    town.bay("B2")
    town.reads(("B2", "occupied", "09:00"))
    town.sweep()
    [other] = [each for each in town.tasks() if each["id"] != task["id"]]
    town.supervisor.post(f"/tasks/{other['id']}/offer", {"shift_id": officer.shift["id"]}, 409)


def test_nobody_is_planned_for_two_shifts_at_once(town: Town):
    officer = town.officer(town.centre)
    begins = town.clock()
    again = {
        "officer_id": officer.id,
        "zones": [town.centre],
        "planned_from": begins.isoformat(),
        "planned_to": (begins + timedelta(hours=2)).isoformat(),
    }
    assert "already" in town.supervisor.post("/shifts", again, 409)["detail"]
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    town.supervisor.post("/shifts", again, 201)


def test_of_an_officer_whose_place_is_unknown_no_walk_is_told(town: Town):
    task = overstay(town)
    officer = town.officer(town.zone("Elsewhere", lon=-0.5))
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/start", step)
    offered = town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": officer.shift["id"]})
    assert offered["assignment"]["walk_metres"] is None


def test_a_supervisor_reopens_an_escalated_task_and_withdraws_another(town: Town, officer: Officer):
    task = overstay(town)
    town.supervisor.post(f"/tasks/{task['id']}/reopen", status=409)
    [mine] = officer.mine()
    officer.step(mine, "decline", reason="unsafe")
    assert task_of(town, task)["unsafe"]
    assert town.supervisor.post(f"/tasks/{task['id']}/reopen")["state"] == "waiting"
    ended = town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    assert (ended["state"], ended["ended_why"]) == ("withdrawn", "A funeral")


def test_a_supervisor_cannot_take_back_a_task_from_an_officer_at_the_car(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"}, 409)


def test_a_task_that_was_given_by_mistake_is_taken_back_and_stands_as_before(town: Town):
    task = overstay(town)
    officer = town.on_duty(town.zone("Elsewhere", lon=HOME[0] + 0.1))
    give = {"shift_id": officer.shift["id"]}
    town.supervisor.post(f"/tasks/{task['id']}/offer", give)
    [mine] = officer.mine()
    officer.step(mine, "accept")
    waits = town.supervisor.post(f"/tasks/{task['id']}/take-back", give)
    assert (waits["state"], waits["officer"], waits["assignment"]) == ("waiting", None, None)
    assert officer.mine() == []
    assert town.journal(task["id"])[-1] == "task.take_back"
    assert "any more" in town.supervisor.post(f"/tasks/{task['id']}/take-back", give, 409)["detail"]
    assert town.supervisor.post(f"/tasks/{task['id']}/offer", give)["state"] == "offered"


def test_a_task_of_the_supervisors_is_theirs_again_when_it_is_taken_back(town: Town):
    officer, *_ = [town.on_duty(town.centre) for _ in range(4)]
    task = overstay(town)
    for _ in range(3):
        town.clock.forward(seconds=60)
        town.sweep()
    assert task_of(town, task)["state"] == "escalated"
    give = {"shift_id": officer.shift["id"]}
    town.supervisor.post(f"/tasks/{task['id']}/offer", give)
    assert town.supervisor.post(f"/tasks/{task['id']}/take-back", give)["state"] == "escalated"


def test_a_task_is_taken_back_from_the_officer_who_was_meant_and_never_at_the_car(
    town: Town, officer: Officer
):
    other = town.on_duty(town.zone("Elsewhere", lon=HOME[0] + 0.1))
    task = arrived(town, officer)
    path = f"/tasks/{task['id']}/take-back"
    assert "any more" in town.supervisor.post(path, {"shift_id": other.shift["id"]}, 409)["detail"]
    at_the_car = town.supervisor.post(path, {"shift_id": officer.shift["id"]}, 409)
    assert "at the car" in at_the_car["detail"]
    assert task_of(town, task)["officer"]["id"] == officer.id


def test_accepted_work_stays_with_its_officer(town: Town):
    officer = town.on_duty(town.centre, lat=NORTH)
    task = accepted(town, officer)
    nearer = town.on_duty(town.centre)
    for _ in range(5):
        town.clock.forward(minutes=3)
        town.sweep()
    assert [each["id"] for each in officer.mine()] == [task["id"]]
    assert nearer.mine() == []


def test_an_officer_with_work_in_hand_is_asked_to_nothing_else(town: Town, officer: Officer):
    accepted(town, officer)
    town.bay("B2")
    town.reads(("B2", "occupied", "09:00"))
    town.sweep()
    assert len(officer.mine()) == 1


@pytest.mark.parametrize("state", ["break", "with_public", "incident", "observing", "serving"])
def test_an_officer_who_is_busy_has_the_offer_taken_back_and_gets_no_other(
    town: Town, officer: Officer, state: str
):
    overstay(town)
    step(town, officer, "state", state)
    town.sweep()
    assert officer.mine() == []
    [task] = town.tasks()
    assert task["state"] == "waiting"
    step(town, officer, "state", "available")
    town.sweep()
    assert len(officer.mine()) == 1


def test_accepted_work_is_kept_over_a_break(town: Town, officer: Officer):
    task = accepted(town, officer)
    step(town, officer, "state", "break")
    assert task_of(town, task)["state"] == "accepted"


@pytest.mark.parametrize("stage", ["offer", "accept", "arrive"])
def test_whoever_goes_home_leaves_the_work_to_others(town: Town, officer: Officer, stage: str):
    overstay(town)
    [task] = officer.mine()
    if stage != "offer":
        task = officer.step(task, "accept")
    if stage == "arrive":
        officer.step(task, "arrive")
    other = town.on_duty(town.centre)
    step(town, officer, "end")
    town.sweep()
    assert officer.mine() == []
    assert [each["id"] for each in other.mine()] == [task["id"]]


def test_an_officer_whose_phone_tells_no_place_gets_work_in_their_zones(town: Town):
    officer = town.officer(town.centre)
    step(town, officer, "start")
    overstay(town)
    assert len(officer.mine()) == 1


def test_when_the_offer_has_moved_on_the_late_yes_is_told_that_another_has_it_now(town: Town):
    late, second = near_and_far(town)
    overstay(town)
    [seen_late] = late.mine()
    town.clock.forward(seconds=61)
    town.sweep()
    [seen] = second.mine()
    answers = at_once(
        town.app,
        lambda: answered(town, late, seen_late, "accept"),
        lambda: answered(town, second, seen, "accept"),
    )
    assert [answer.status_code for answer in answers] == [409, 200]
    problem = answers[0].get_json()
    assert problem["type"].endswith("/stale-task")
    assert problem["detail"] == "Another officer has this task now."
    assert problem["task"]["officer"] is None


def test_a_yes_at_the_moment_when_the_offer_runs_out_is_either_taken_or_moved_on(town: Town):
    officer = town.on_duty(town.centre)
    overstay(town)
    for _ in range(5):
        town.clock.forward(seconds=61)
        [task] = officer.mine()
        answer, _ = at_once(town.app, lambda t=task: answered(town, officer, t, "accept"), town.sweep)
        now = task_of(town, task)
        if answer.status_code == 200:
            assert now["state"] == "accepted"
            break
        assert answer.status_code == 409
        assert now["state"] in ("waiting", "escalated")
        if now["state"] == "escalated":
            town.supervisor.post(f"/tasks/{task['id']}/reopen")
        town.clock.forward(minutes=6)
        town.sweep()
    with town.session() as session:
        assert count(session, Assignment, Assignment.state != "ended") <= 1


def test_an_officer_is_never_offered_two_tasks_however_many_plan_at_once(town: Town):
    officers = [town.on_duty(town.centre, name=f"O{n}") for n in range(3)]
    for number in range(2, 6):
        town.bay(f"B{number}")
    town.clock.set("11:05")
    town.reads(*((f"B{number}", "occupied", "09:00") for number in range(1, 6)))
    shop = workshop(town.clock)
    jobs.SWEPT["stays"](shop, town.id)
    plans = at_once(town.app, *[lambda: jobs.make_plan(shop, town.id)] * 4)
    assert [fault for fault in plans if isinstance(fault, Exception)] == []
    assert [len(officer.mine()) for officer in officers] == [1, 1, 1]


def test_steps_on_the_phone_and_the_sweep_at_the_same_moment_never_wait_for_each_other_in_a_circle(
    town: Town,
):
    officer = town.on_duty(town.centre)
    overstay(town)
    for turn in range(12):
        town.clock.forward(seconds=20)
        mine = officer.mine()
        calls = [town.sweep, lambda: officer.stand(lon=HOME[0], lat=HOME[1], clock=town.clock)]
        if mine:
            calls += [
                lambda t=mine[0]: answered(town, officer, t, "accept"),
                lambda n=turn: step(town, officer, "state", "with_public" if n % 3 == 0 else "available"),
            ]
        for each in at_once(town.app, *calls):
            assert not isinstance(each, Exception), each
            assert not isinstance(each, TestResponse) or each.status_code in (200, 409)
        if town.tasks() and town.tasks()[0]["state"] == "escalated":
            town.supervisor.post(f"/tasks/{town.tasks()[0]['id']}/reopen")


def test_when_the_planner_fails_the_nearest_officer_is_asked_and_the_fault_is_on_record(town: Town):
    class Failing(PlannerHere):
        def plan(self, officers, tasks, travel, now, chance):
            proposals = nearest_first(officers, tasks, StraightLine(), now)
            return PlanResult(proposals, "nearest-first", 0.0, "late: no plan within 1 s")

    near, far = near_and_far(town)
    town.reads(("B1", "occupied", "09:00"))
    shop = workshop(town.clock, Failing())
    for name in ("stays", "plan"):
        jobs.SWEPT[name](shop, town.id)
    assert (len(far.mine()), len(near.mine())) == (0, 1)
    with town.session() as session:
        planning = session.get(Planning, town.id)
    assert (planning.planned_by, planning.fault) == ("nearest-first", "late: no plan within 1 s")


def test_why_an_assignment_ended_is_on_record(town: Town, officer: Officer):
    overstay(town)
    [task] = officer.mine()
    officer.step(task, "decline", reason="too_far")
    with town.session() as session:
        [assignment] = rows(session, Assignment)
    assert (assignment.state, assignment.end_reason) == ("ended", "declined")
