"""Standing patrols: asked for in each window, offered as any work is, and never silently lost."""

from datetime import datetime
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from enforcement import jobs
from enforcement.adapters.tables import Bay, Notification, Patrol, Task
from enforcement.domain.policy import sample_policy
from enforcement.pipeline import patrols, tasks
from enforcement.pipeline.free import officers
from enforcement.pipeline.planning import load_problem
from enforcement.pipeline.rules import rules_of

from ..api.walk import patrol
from ..builders import HOME, Officer, at, square, workshop
from .scenes import Town, arrived, at_once, count, overstay, rows, subscribe, task_of

SUNDAY = "2026-06-28"


@pytest.fixture
def before_school(town: Town) -> Town:
    """Sunday noon: the next window is that of Monday morning."""
    town.clock.set("12:00", SUNDAY)
    return town


def set_up(town: Town, **more: Any) -> dict[str, Any]:
    return town.supervisor.post("/patrols", patrol(**more), 201)


def morning(town: Town, clock: str = "08:15", day: str = "2026-06-29") -> list[dict[str, Any]]:
    """What is open at that time of a day, swept."""
    town.clock.set(clock, day)
    town.sweep()
    return town.tasks()


def rounds(town: Town, patrol_: dict[str, Any]) -> list[dict[str, Any]]:
    return town.supervisor.get(f"/patrols/{patrol_['id']}/rounds")["items"]


def alerts(town: Town) -> list[str]:
    return [alert["kind"] for alert in town.supervisor.get("/alerts")["items"]]


def there(town: Town, officer: Officer) -> dict[str, Any]:
    """The officer has gone to the school gate."""
    town.sweep()
    [task] = officer.mine()
    return officer.step(officer.step(task, "accept"), "arrive")


def at_b1(town: Town, **more: Any) -> dict[str, Any]:
    return set_up(town, place={"bay_id": town.b1["id"]}, **more)


def pause_b1(town: Town, why: str | None) -> None:
    town.supervisor.patch(f"/bays/{town.b1['id']}", {"paused_why": why}, 200)


def check_at(town: Town, patrol_: dict[str, Any]) -> datetime | None:
    """When the sweep looks at it next."""
    with town.session() as session:
        [row] = rows(session, Patrol, Patrol.id == UUID(patrol_["id"]))
    return row.check_at


def give_up(town: Town, patrol_: dict[str, Any], how: str) -> None:
    if how == "paused":
        town.supervisor.patch(f"/patrols/{patrol_['id']}", {"paused_why": "Road works"}, 200)
    elif how == "retired":
        town.supervisor.delete(f"/patrols/{patrol_['id']}", 204)
    else:
        town.supervisor.delete(f"/bays/{patrol_['place']['id']}", 204)


def raise_again(town: Town, task: dict[str, Any]) -> None:
    """As a sweep does that looked before the patrol was given up."""
    with town.session() as session:
        row = tasks.lock(session, UUID(task["id"]))
        tasks.revive(session, row, town.clock())
        session.commit()


def end_shift(officer: Officer) -> None:
    step = {"id": str(uuid4()), "recorded_at": officer.phone.now().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/end", step, 200)


def waits_for_a_lock(session: Session) -> bool:
    return bool(session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def test_each_window_asks_for_one_task_that_tells_what_to_do(before_school: Town):
    told = set_up(before_school, instructions="Zigzags on both sides")
    assert (told["window_from"], told["window_until"]) == ("2026-06-29T07:15:00Z", "2026-06-29T08:15:00Z")
    assert morning(before_school, "08:14") == []
    [task] = morning(before_school)
    assert task["patrol"] == {
        "id": told["id"], "name": "School run", "instructions": "Zigzags on both sides", "minutes": 20,
        "window_from": "2026-06-29T07:15:00Z", "window_until": "2026-06-29T08:15:00Z",
    }  # fmt: skip
    assert (task["overstay_from"], task["stay_id"], task["code"]) == (None, None, "26")
    assert task["bay"] | {"id": ""} == {
        "id": "", "street": "Judd Street", "reference": "the school gate", "spot": True,
        "lon": HOME[0], "lat": HOME[1],
    }  # fmt: skip


def test_a_window_that_is_looked_at_twice_asks_once(before_school: Town):
    set_up(before_school)
    [task] = morning(before_school)
    with before_school.session() as session:
        session.execute(
            update(Patrol).where(Patrol.authority_id == before_school.id).values(check_at=at("08:15"))
        )
        session.commit()
    assert [each["id"] for each in morning(before_school, "08:20")] == [task["id"]]


def test_two_workers_ask_once(before_school: Town):
    set_up(before_school)
    before_school.clock.set("08:15")
    shop = workshop(before_school.clock)
    at_once(before_school.app, *[lambda: jobs.SWEPT["patrols"](shop, before_school.id)] * 4)
    assert len(before_school.tasks()) == 1


def test_it_is_offered_to_an_officer_of_the_zone_as_any_task_is(before_school: Town):
    set_up(before_school)
    before_school.clock.set("08:00")
    officer = before_school.on_duty(before_school.centre)
    before_school.clock.set("08:15")
    before_school.sweep()
    [task] = officer.mine()
    assert (task["state"], task["why"]) == ("offered", "School run")
    assert officer.step(task, "accept")["state"] == "accepted"


def test_the_plan_knows_that_nothing_leaves_how_long_it_takes_and_when_it_is_over(before_school: Town):
    set_up(before_school)
    morning(before_school)
    with before_school.session() as session:
        [asked] = load_problem(session, before_school.clock()).tasks
    assert (asked.minutes_over, asked.pace, asked.work_seconds, asked.spare) == (None, 1.0, 1200, False)
    assert (asked.lawful_from, asked.until, asked.value) == (at("08:15"), at("09:15"), 50.0)


def test_who_stands_at_a_patrol_is_not_planned_for_until_its_time_is_nearly_over(before_school: Town):
    set_up(before_school)
    before_school.clock.set("08:15")
    officer = before_school.on_duty(before_school.centre)
    there(before_school, officer)
    policy = sample_policy("single-sighting")

    def free_in(clock: str) -> list[float]:
        now = before_school.clock.set(clock)
        with before_school.session() as session:
            return [(each.free_at - now).total_seconds() for each in officers(session, policy, now)]

    assert (free_in("08:16"), free_in("08:30")) == ([], [300.0])


def test_a_car_in_the_way_now_comes_before_a_patrol_that_is_worth_less(town: Town, officer: Officer):
    town.supervisor.post("/patrols", patrol(hours="Mo-Fr 11:00-12:00", priority=1), 201)
    car = overstay(town)
    assert [task["id"] for task in officer.mine()] == [car["id"]]


def test_patrolled_and_nothing_found_ends_it_for_this_window(before_school: Town):
    told = set_up(before_school)
    before_school.clock.set("08:15")
    officer = before_school.on_duty(before_school.centre)
    task = there(before_school, officer)
    before_school.clock.set("08:40")
    officer.step(task, "outcome", outcome="patrolled")
    assert morning(before_school, "08:41") == []
    assert morning(before_school, "09:15") == []
    [done] = rounds(before_school, told)
    assert (done["outcome"], done["officer"]["name"]) == ("patrolled", "Olu")
    assert done["arrived_at"] == "2026-06-29T07:15:00Z"
    assert alerts(before_school) == []
    assert len(morning(before_school, day="2026-06-30")) == 1


def test_a_notice_at_a_patrol_is_a_case_of_its_own_and_the_officer_looks_on(before_school: Town):
    told = set_up(before_school)
    before_school.clock.set("08:15")
    officer = before_school.on_duty(before_school.centre)
    task = there(before_school, officer)
    refused = officer.step(task, "outcome", 422, outcome="notice_served")
    assert refused["errors"][0]["detail"] == "The car has not been sighted yet."
    task = officer.step(task, "sightings", plate="AB12CDE")
    before_school.clock.set("08:25")
    officer.step(task, "outcome", outcome="notice_served")
    before_school.sweep()
    [again] = officer.mine()
    assert again["id"] != task["id"]
    assert again["patrol"]["window_from"] == "2026-06-29T07:25:00Z"
    assert (again["patrol"]["window_until"], again["sightings"]) == ("2026-06-29T08:15:00Z", 0)
    assert [each["outcome"] for each in rounds(before_school, told)] == [None, "notice_served"]


def test_a_notice_at_the_very_end_asks_for_nothing_more(before_school: Town):
    told = set_up(before_school)
    before_school.clock.set("09:00")
    officer = before_school.on_duty(before_school.centre)
    task = there(before_school, officer)
    task = officer.step(task, "sightings", plate="AB12CDE")
    before_school.clock.set("09:16")
    officer.step(task, "outcome", outcome="notice_served")
    before_school.sweep()
    assert [each["outcome"] for each in rounds(before_school, told)] == ["notice_served"]
    assert alerts(before_school) == []


def test_a_window_in_which_nobody_was_there_is_told_and_not_lost(before_school: Town):
    told = set_up(before_school)
    morning(before_school)
    assert morning(before_school, "09:15") == []
    [missed] = rounds(before_school, told)
    assert (missed["state"], missed["outcome"]) == ("withdrawn", None)
    assert missed["ended_why"] == "Nobody was there before the window ended."
    assert alerts(before_school) == ["not-reached"]
    assert "patrol.not-reached" in before_school.journal(told["id"])


def test_an_officer_on_the_way_when_the_window_ends_is_called_off(before_school: Town):
    set_up(before_school)
    before_school.clock.set("09:05")
    officer = before_school.on_duty(before_school.centre, lon=HOME[0] + 0.002)
    before_school.sweep()
    [task] = officer.mine()
    officer.step(task, "accept")
    assert morning(before_school, "09:15") == []
    assert task_of(before_school, task)["state"] == "withdrawn"


def test_an_officer_who_is_there_when_the_window_ends_closes_it_themselves(before_school: Town):
    set_up(before_school)
    before_school.clock.set("09:10")
    officer = before_school.on_duty(before_school.centre)
    task = there(before_school, officer)
    assert [each["state"] for each in morning(before_school, "09:20")] == ["arrived"]
    officer.step(task, "outcome", outcome="patrolled")
    assert alerts(before_school) == []


def test_an_officer_who_closes_while_the_window_ends_is_in_nobodys_way(before_school: Town):
    told = set_up(before_school, hours="Mo-Fr 08:00-08:30,09:00-09:30,10:00-10:30,11:00-11:30")
    before_school.clock.set("08:05")
    officer = before_school.on_duty(before_school.centre)
    shop = workshop(before_school.clock)
    for hour in ("08", "09", "10", "11"):
        before_school.clock.set(f"{hour}:10")
        task = there(before_school, officer)
        before_school.clock.set(f"{hour}:30")
        done = at_once(
            before_school.app,
            lambda task=task: officer.step(task, "outcome", outcome="advised_and_moved"),
            *[lambda: jobs.SWEPT["patrols"](shop, before_school.id)] * 2,
        )
        assert not [each for each in done if isinstance(each, Exception)]
        before_school.sweep()
        assert before_school.tasks() == []
    assert {each["outcome"] for each in rounds(before_school, told)} == {"advised_and_moved"}
    assert alerts(before_school) == []


def test_the_sweep_waits_for_nobody_who_has_a_patrols_task_in_hand(before_school: Town):
    told = set_up(before_school)
    [task] = morning(before_school)
    before_school.clock.set("09:15")
    shop = workshop(before_school.clock)
    with before_school.session() as somebody:
        tasks.lock(somebody, UUID(task["id"]))
        assert jobs.SWEPT["patrols"](shop, before_school.id) == 1
        assert "patrol.not-reached" not in before_school.journal(told["id"])
    jobs.SWEPT["patrols"](shop, before_school.id)
    assert "patrol.not-reached" in before_school.journal(told["id"])


def test_a_patrol_that_can_not_be_looked_at_holds_up_no_other(before_school: Town):
    broken, whole = set_up(before_school, name="Broken"), set_up(before_school, name="Whole")
    with before_school.session() as session:
        session.execute(
            update(Patrol)
            .where(Patrol.authority_id == before_school.id, Patrol.id == UUID(broken["id"]))
            .values(terms=[["not a day", "2026-01-01"]], window_from=None, window_until=None)
        )
        session.commit()
    assert [task["patrol"]["id"] for task in morning(before_school)] == [whole["id"]]
    with before_school.session() as session:
        [row] = rows(session, Patrol, Patrol.name == "Broken")
    assert row.check_at == at("08:20")


def test_windows_that_passed_while_no_worker_ran_are_told_too(before_school: Town):
    told = set_up(before_school)
    for _ in range(3):
        assert morning(before_school, "10:00", "2026-06-30") == []
    days = [each["window_from"] for each in rounds(before_school, told)]
    assert days == ["2026-06-30T07:15:00Z", "2026-06-29T07:15:00Z"]
    assert alerts(before_school) == ["not-reached"]


def test_what_a_supervisor_called_off_is_not_asked_for_again_nor_missed(before_school: Town):
    set_up(before_school)
    [task] = morning(before_school)
    before_school.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "The school is shut"})
    assert morning(before_school, "08:30") == []
    assert morning(before_school, "09:15") == []
    assert alerts(before_school) == []


def test_a_patrol_set_up_within_its_window_is_asked_for_at_once(before_school: Town):
    before_school.clock.set("08:45")
    set_up(before_school)
    [task] = morning(before_school, "08:45")
    assert task["patrol"]["window_from"] == "2026-06-29T07:45:00Z"


def test_new_hours_take_back_what_is_asked_for_and_ask_anew(before_school: Town):
    told = set_up(before_school)
    [task] = morning(before_school)
    before_school.clock.set("08:20")
    before_school.supervisor.patch(f"/patrols/{told['id']}", {"hours": "Mo-Fr 08:00-09:30"})
    [other] = morning(before_school, "08:20")
    assert task_of(before_school, task)["ended_why"] == "The patrol was changed."
    assert other["patrol"]["window_until"] == "2026-06-29T08:30:00Z"


def test_a_new_name_leaves_what_is_asked_for_as_it_is(before_school: Town):
    told = set_up(before_school)
    [task] = morning(before_school)
    before_school.supervisor.patch(f"/patrols/{told['id']}", {"instructions": "Mind the crossing"})
    [same] = morning(before_school, "08:20")
    assert (same["id"], same["patrol"]["instructions"]) == (task["id"], "Mind the crossing")


def test_paused_it_is_not_asked_for_and_put_back_it_is(before_school: Town):
    told = set_up(before_school)
    morning(before_school)
    paused = before_school.supervisor.patch(f"/patrols/{told['id']}", {"paused_why": "Road works"})
    assert (paused["paused_why"], paused["window_from"]) == ("Road works", None)
    assert morning(before_school, "08:30") == []
    before_school.supervisor.patch(f"/patrols/{told['id']}", {"paused_why": None})
    assert len(morning(before_school, "08:30")) == 1


def test_a_patrol_that_is_retired_is_asked_for_no_more_and_its_history_stays(before_school: Town):
    told = set_up(before_school)
    [task] = morning(before_school)
    before_school.supervisor.delete(f"/patrols/{told['id']}", 204)
    assert morning(before_school, "08:30") == []
    assert task_of(before_school, task)["patrol"]["name"] == "School run"
    assert before_school.supervisor.get("/patrols")["items"] == []
    assert set_up(before_school)["name"] == "School run"


def test_a_patrol_that_was_retired_by_mistake_is_asked_for_again_in_what_is_left_of_its_window(
    before_school: Town,
):
    told = set_up(before_school)
    morning(before_school)
    before_school.supervisor.delete(f"/patrols/{told['id']}", 204)
    assert morning(before_school, "08:20") == []
    again = before_school.supervisor.post(f"/patrols/{told['id']}/restore")
    assert again["place"] == told["place"]
    assert before_school.supervisor.post(f"/patrols/{told['id']}/restore")["version"] == again["version"]
    [task] = morning(before_school, "08:30")
    assert task["patrol"]["name"] == "School run"


def test_a_patrol_whose_name_is_taken_by_now_is_not_brought_back(before_school: Town):
    told = set_up(before_school)
    before_school.supervisor.delete(f"/patrols/{told['id']}", 204)
    set_up(before_school)
    refused = before_school.supervisor.post(f"/patrols/{told['id']}/restore", None, 409)
    assert "already" in refused["detail"]


def test_signs_found_defective_pause_the_patrol(before_school: Town):
    told = set_up(before_school)
    before_school.clock.set("08:15")
    officer = before_school.on_duty(before_school.centre)
    officer.step(there(before_school, officer), "outcome", outcome="signs_defective")
    now = before_school.supervisor.get(f"/patrols/{told['id']}")
    assert now["paused_why"] == "Signs defective"
    assert morning(before_school, day="2026-06-30") == []


def test_at_a_bay_that_is_paused_nobody_patrols_and_at_a_retired_one_never_again(before_school: Town):
    told = set_up(before_school, place={"bay_id": before_school.b1["id"]})
    before_school.supervisor.patch(f"/bays/{before_school.b1['id']}", {"paused_why": "Dug up"})
    assert morning(before_school) == []
    before_school.supervisor.patch(f"/bays/{before_school.b1['id']}", {"paused_why": None})
    assert len(morning(before_school, "08:30")) == 1
    before_school.supervisor.delete(f"/bays/{before_school.b1['id']}")
    assert morning(before_school, "08:31") == []
    now = before_school.supervisor.get(f"/patrols/{told['id']}")
    assert now["paused_why"] == "The bay is no longer in use."


def test_a_bay_paused_within_a_window_takes_its_patrol_back_and_is_patrolled_in_what_is_left(
    before_school: Town,
):
    told = at_b1(before_school)
    [task] = morning(before_school)
    before_school.clock.set("08:20")
    pause_b1(before_school, "Dug up")
    assert morning(before_school, "08:20") == []
    assert task_of(before_school, task)["ended_why"] == "The bay is paused."
    before_school.clock.set("08:40")
    pause_b1(before_school, None)
    [again] = morning(before_school, "08:40")
    assert again["patrol"]["window_from"] == "2026-06-29T07:40:00Z"
    assert check_at(before_school, told) == at("09:15")


def test_a_patrol_called_off_because_its_bay_was_paused_was_not_missed(before_school: Town):
    at_b1(before_school)
    morning(before_school)
    before_school.clock.set("08:20")
    pause_b1(before_school, "Dug up")
    morning(before_school, "08:20")
    assert morning(before_school, "09:15") == []
    assert alerts(before_school) == []


def test_a_bay_paused_by_an_officer_is_patrolled_by_no_other_round_either(before_school: Town):
    at_b1(before_school)
    at_b1(before_school, name="Evening", hours="Mo-Fr 08:15-10:00")
    before_school.clock.set("08:15")
    officer = before_school.on_duty(before_school.centre)
    officer.step(there(before_school, officer), "outcome", outcome="signs_defective")
    assert morning(before_school, "08:16") == []


def test_a_bay_back_on_the_street_within_a_window_is_patrolled_again(before_school: Town):
    told = at_b1(before_school)
    morning(before_school)
    before_school.clock.set("08:20")
    before_school.supervisor.delete(f"/bays/{before_school.b1['id']}", 204)
    with before_school.session() as session:
        session.execute(update(Bay).where(Bay.authority_id == before_school.id).values(retired_at=None))
        session.commit()
    [again] = morning(before_school, "08:21")
    assert again["patrol"]["window_from"] == "2026-06-29T07:21:00Z"
    assert check_at(before_school, told) == at("09:15")


def test_a_visit_that_outlasts_its_window_does_not_take_the_next_one_away(before_school: Town):
    set_up(before_school, hours="Mo-Fr 08:00-09:00,09:15-10:00")
    before_school.clock.set("08:50")
    officer = before_school.on_duty(before_school.centre)
    first = there(before_school, officer)
    morning(before_school, "09:00")
    assert {task["state"] for task in morning(before_school, "09:15")} == {"arrived", "waiting"}
    before_school.clock.set("09:20")
    officer.step(first, "outcome", outcome="patrolled")
    officer.step(there(before_school, officer), "outcome", outcome="patrolled")
    assert morning(before_school, "10:00") == []
    assert alerts(before_school) == []


def test_a_visit_that_outlasts_its_window_does_not_answer_for_the_next_one(before_school: Town):
    set_up(before_school, hours="Mo-Fr 08:00-09:00,09:15-10:00")
    before_school.clock.set("08:50")
    there(before_school, before_school.on_duty(before_school.centre))
    for clock in ("09:00", "09:15", "10:00"):
        morning(before_school, clock)
    assert alerts(before_school) == ["not-reached"]


def test_who_was_to_look_again_after_the_window_was_there(before_school: Town):
    told = set_up(before_school)
    before_school.clock.set("08:50")
    officer = before_school.on_duty(before_school.centre)
    officer.step(
        there(before_school, officer), "outcome", outcome="loading_look_again", details={"minutes": 30}
    )
    assert morning(before_school, "09:15") == []
    assert alerts(before_school) == []
    assert [each["ended_why"] for each in rounds(before_school, told)] == ["The window is over."]


def test_who_arrived_and_then_went_off_duty_was_there(before_school: Town):
    set_up(before_school)
    before_school.clock.set("08:50")
    officer = before_school.on_duty(before_school.centre)
    there(before_school, officer)
    before_school.clock.set("09:00")
    end_shift(officer)
    assert morning(before_school, "09:15") == []
    assert alerts(before_school) == []


def test_an_outcome_that_comes_in_after_the_window_says_that_somebody_was_there(before_school: Town):
    told = set_up(before_school)
    before_school.clock.set("08:30")
    officer = before_school.on_duty(before_school.centre)
    before_school.sweep()
    [task] = officer.mine()
    task = officer.step(task, "accept")
    morning(before_school, "09:15")
    assert alerts(before_school) == ["not-reached"]
    before_school.clock.set("09:30")
    officer.step(task, "outcome", outcome="patrolled", recorded_at=at("08:55").isoformat())
    assert alerts(before_school) == []
    assert [each["outcome"] for each in rounds(before_school, told)] == ["patrolled"]


def test_an_outcome_that_comes_in_late_says_nothing_of_a_window_missed_since(before_school: Town):
    set_up(before_school)
    before_school.clock.set("08:30")
    officer = before_school.on_duty(before_school.centre)
    before_school.sweep()
    [task] = officer.mine()
    task = officer.step(task, "accept")
    for day in ("2026-06-29", "2026-06-30"):
        morning(before_school, "08:15", day)
        morning(before_school, "09:15", day)
    officer.step(task, "outcome", outcome="patrolled", recorded_at=at("08:55").isoformat())
    assert alerts(before_school) == ["not-reached"]


@pytest.mark.parametrize("given_up", ["paused", "retired"])
def test_a_task_raised_while_its_patrol_is_given_up_is_taken_back(before_school: Town, given_up: str):
    told = set_up(before_school)
    [task] = morning(before_school)
    before_school.clock.set("08:20")
    give_up(before_school, told, given_up)
    raise_again(before_school, task)
    assert morning(before_school, "08:20") == []
    assert check_at(before_school, told) is None


def test_a_patrol_whose_next_window_is_years_away_is_looked_at_every_day(before_school: Town):
    told = set_up(before_school, hours="2026 Jun 29 08:15-09:15; 2027 Dec 01 08:15-09:15")
    morning(before_school)
    morning(before_school, "09:15")
    before_school.sweep()
    assert check_at(before_school, told) == at("09:15", "2026-06-30")
    before_school.clock.set("10:00", "2027-11-01")
    before_school.sweep()
    assert check_at(before_school, told) == at("09:15", "2027-12-01")


def test_a_patrol_can_be_paused_whatever_became_of_its_windows(before_school: Town):
    told = set_up(before_school, hours="2026 Jun 29 08:15-09:15")
    before_school.clock.set("12:00", "2026-07-01")
    paused = before_school.supervisor.patch(f"/patrols/{told['id']}", {"paused_why": "It is over"}, 200)
    assert paused["paused_why"] == "It is over"
    before_school.supervisor.patch(f"/patrols/{told['id']}", {"paused_why": None}, 200)
    before_school.supervisor.patch(f"/patrols/{told['id']}", {"hours": "2026 Jun 29 08:15-09:15"}, 422)


@pytest.mark.parametrize("given_up", ["paused", "retired", "bay retired"])
def test_who_gives_a_patrol_up_and_the_sweep_that_plans_for_it_do_not_block_each_other(
    before_school: Town, given_up: str
):
    told = at_b1(before_school)
    morning(before_school)
    held, done = Event(), Event()

    def sweep() -> None:
        with before_school.session() as session:
            patrols.lock(session, UUID(told["id"]))
            held.set()
            while not done.is_set() and not waits_for_a_lock(session):
                pass
            tasks.want_plan(session, before_school.clock())
            session.commit()

    def other() -> None:
        held.wait(10)
        try:
            give_up(before_school, told, given_up)
        finally:
            done.set()

    assert at_once(before_school.app, sweep, other) == [None, None]
    assert morning(before_school, "08:16") == []


@pytest.mark.parametrize("outcome", ["gone_on_arrival", "within_time", "bay_empty_sensor_wrong"])
def test_what_is_said_of_a_sensors_car_is_not_said_of_a_patrol(before_school: Town, outcome: str):
    set_up(before_school)
    before_school.clock.set("08:15")
    officer = before_school.on_duty(before_school.centre)
    refused = officer.step(there(before_school, officer), "outcome", 422, outcome=outcome)
    assert refused["errors"][0]["pointer"] == "/outcome"


def test_nor_the_other_way_round(town: Town, officer: Officer):
    officer.step(arrived(town, officer), "outcome", 422, outcome="patrolled")


def test_a_place_in_no_zone_is_refused_for_nobody_could_be_sent(town: Town):
    far = {"street": "Elm Road", "at": "the gate", "lon": HOME[0] + 1, "lat": HOME[1]}
    refused = town.supervisor.post("/patrols", patrol(place=far), 422)
    assert refused["errors"][0]["pointer"] == "/place"
    with town.session() as session:
        assert count(session, Bay, Bay.spot) == 0


def test_redrawn_zones_know_where_patrols_stand(before_school: Town):
    told = set_up(before_school)
    east = before_school.supervisor.post(
        "/zones", {"name": "East", "outline": square(HOME[0], HOME[1], 0.001)}
    )
    assert sorted(before_school.supervisor.get(f"/patrols/{told['id']}")["zones"]) == sorted(
        [before_school.centre, east["id"]]
    )


def test_a_spot_is_no_bay(before_school: Town):
    spot = set_up(before_school)["place"]["id"]
    supervisor = before_school.supervisor
    assert [bay["reference"] for bay in supervisor.get("/bays")["items"]] == ["B1"]
    assert supervisor.get("/zones")["items"][0]["bays"] == 1
    supervisor.patch(f"/bays/{spot}", {"street": "Elsewhere"}, 404)
    supervisor.post("/sensors", {"reference": "S9", "bay": "the school gate"}, 422)
    supervisor.post("/suspensions", {"bay_id": spot, "why": "x", "starts_at": "2026-08-01T06:00Z",
                                     "ends_at": "2026-08-02T06:00Z"}, 404)  # fmt: skip


def test_a_town_has_many_school_gates(before_school: Town):
    references = {set_up(before_school, name=name)["place"]["reference"] for name in ("Elm", "Oak", "Ash")}
    assert references == {"the school gate", "the school gate 2", "the school gate 3"}


def test_two_patrols_of_one_name_would_be_mistaken_for_each_other(before_school: Town):
    set_up(before_school)
    before_school.supervisor.post("/patrols", patrol(), 409)


def test_a_look_before_the_window_changes_nothing_and_the_next_is_when_it_begins(before_school: Town):
    told = set_up(before_school, place={"bay_id": before_school.b1["id"]})
    before_school.supervisor.patch(f"/bays/{before_school.b1['id']}", {"paused_why": None})
    before_school.sweep()
    with before_school.session() as session:
        [row] = rows(session, Patrol)
    assert (row.check_at, told["id"]) == (at("08:15"), str(row.id))


def test_a_market_day_that_is_added_or_dropped_moves_the_windows(before_school: Town):
    supervisor = before_school.supervisor
    day = supervisor.post("/event-days", {"name": "market", "day": "2026-07-04"}, 201)
    told = set_up(before_school, hours="EV:market 06:00-10:00")
    assert told["window_from"] == "2026-07-04T05:00:00Z"
    supervisor.post("/event-days", {"name": "market", "day": "2026-06-29"}, 201)
    [task] = morning(before_school, "06:00")
    [today] = [each for each in supervisor.get("/event-days")["items"] if each["day"] == "2026-06-29"]
    supervisor.delete(f"/event-days/{today['id']}")
    assert morning(before_school, "06:05") == []
    assert task_of(before_school, task)["state"] == "withdrawn"
    supervisor.delete(f"/event-days/{day['id']}")
    before_school.sweep()
    now = supervisor.get(f"/patrols/{told['id']}")
    assert (now["window_from"], now["paused_why"]) == (None, None)


def test_the_push_names_the_place_and_the_end_and_nothing_that_a_person_wrote(
    before_school: Town, service: Any
):
    set_up(before_school, name="Mr Smith again", instructions="Ask Mr Smith")
    before_school.clock.set("08:00")
    officer = before_school.on_duty(before_school.centre)
    subscribe(officer, service)
    morning(before_school)
    with before_school.session() as session:
        [note] = rows(session, Notification)
    said = note.payload["notification"]
    assert said["title"] == "Judd Street, the school gate"
    assert said["body"] == "Standing patrol · until 09:15 · 10 m walk"
    assert "Smith" not in str(note.payload)


def test_the_evidence_of_a_notice_tells_of_the_patrol(before_school: Town):
    set_up(before_school)
    before_school.clock.set("08:15")
    officer = before_school.on_duty(before_school.centre)
    task = officer.step(there(before_school, officer), "sightings", plate="AB12CDE")
    before_school.clock.set("08:25")
    officer.step(task, "outcome", outcome="notice_served")
    page = before_school.supervisor.call("GET", f"/tasks/{task['id']}/evidence").get_data(as_text=True)
    assert "Judd Street, the school gate" in page
    assert "standing patrol “School run”" in page
    assert "The stay on which the case rests is not on record" not in page


def test_the_log_of_the_shift_names_the_place(before_school: Town):
    set_up(before_school)
    before_school.clock.set("08:15")
    officer = before_school.on_duty(before_school.centre)
    officer.step(there(before_school, officer), "outcome", outcome="patrolled")
    log = officer.phone.get(f"/shifts/{officer.shift['id']}/log")["document"]
    assert "Closed: Patrolled: nothing found, or nothing more · Judd Street, the school gate" in log


def test_a_patrol_does_not_make_a_bay_a_trouble_spot(before_school: Town):
    set_up(before_school, place={"bay_id": before_school.b1["id"]})
    morning(before_school)
    morning(before_school, "09:15")
    car = overstay(before_school)
    assert not any("time here this week" in reason for reason in car["priority_reasons"])


def test_the_calendar_of_rules_knows_events_that_patrols_name(before_school: Town):
    before_school.supervisor.post("/event-days", {"name": "market", "day": "2026-07-04"}, 201)
    set_up(before_school, hours="EV:market 06:00-10:00")
    with before_school.session() as session:
        assert "market" in rules_of(session, before_school.clock()).calendar.events
        assert count(session, Task) == 0
