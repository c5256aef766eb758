"""What officers raise themselves: a car that no sensor saw, several side by side, each with its own clock."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from enforcement.adapters.tables import Assignment, Bay, JournalRow, StreetSeen, Task
from enforcement.pipeline.seen import overstays_seen

from ..builders import HOME, Council, Officer, at
from .scenes import Town, at_once, count, overstay, rows, task_of

HERE = {"lon": HOME[0], "lat": HOME[1], "accuracy_m": 5}
KERB = {"street": "Judd Street", "where": "outside the bakery", "lon": HOME[0], "lat": HOME[1]}


@pytest.fixture
def town(council: Council) -> Town:
    return Town(council)


@pytest.fixture
def officer(town: Town) -> Officer:
    return town.on_duty(town.centre)


def body(town: Town, code: str = "01", **more: Any) -> dict[str, Any]:
    """A car at the kerb outside the bakery, seen now, unless told otherwise."""
    where = {} if "bay_id" in more else {"place": KERB}
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": code}
    return said | where | HERE | more


def raised(town: Town, officer: Officer, code: str = "01", status: int = 201, **more: Any) -> Any:
    return officer.phone.post("/found", body(town, code, **more), status)


def state_of(town: Town, officer: Officer) -> str:
    return officer.phone.get("/shifts?on=true")["items"][0]["state"]


def test_an_officer_raises_a_car_on_a_yellow_line_and_has_it_in_hand(town: Town, officer: Officer):
    task = raised(town, officer, "01")
    assert (task["state"], task["found"], task["code"], task["stay_id"]) == ("arrived", True, "01", None)
    assert task["officer"]["id"] == officer.id
    assert (task["bay"]["street"], task["bay"]["reference"], task["bay"]["spot"]) == (
        "Judd Street", "outside the bakery", True,
    )  # fmt: skip
    assert task["lawful_from"] == task["overstay_from"] == "2026-06-29T08:00:00Z"
    assert [each["id"] for each in officer.mine()] == [task["id"]]


def test_sent_again_it_is_answered_again_and_nothing_is_raised_twice(town: Town, officer: Officer):
    said = body(town)
    answers = [officer.phone.post("/found", said, 201) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    with town.session() as session:
        assert (count(session, Task), count(session, Assignment), count(session, Bay, Bay.spot)) == (1, 1, 1)


def test_two_phones_that_send_the_same_at_once_raise_one(town: Town, officer: Officer):
    said = body(town, bay_id=town.b1["id"])
    phones = [officer.phone, town.browser()]
    phones[1].client = town.app.test_client()
    cookie = officer.phone.client.get_cookie("openpatrol")
    phones[1].client.set_cookie("openpatrol", cookie.value)
    answers = at_once(town.app, *[lambda phone=phone: phone.call("POST", "/found", said) for phone in phones])
    assert [answer.status_code for answer in answers] == [201, 201]
    with town.session() as session:
        assert (count(session, Task), count(session, Assignment)) == (1, 1)


def test_two_officers_who_name_the_same_place_at_once_have_a_place_each(town: Town, officer: Officer):
    other = town.on_duty(town.centre, name="Ben")
    calls = [lambda phone=each.phone: phone.post("/found", body(town), 201) for each in (officer, other)] * 2
    places = [task["bay"]["reference"] for task in at_once(town.app, *calls)]
    assert sorted(places) == ["outside the bakery", *(f"outside the bakery {n}" for n in (2, 3, 4))]


def test_a_phone_without_signal_goes_on_though_it_knows_no_later_version(town: Town, officer: Officer):
    first = raised(town, officer)
    officer.step(first, "sightings", plate="AB12CDE")
    officer.step(first, "preparation")
    assert officer.step(first, "outcome", outcome="notice_served")["state"] == "closed"


def test_an_id_that_is_a_task_already_is_refused(town: Town, officer: Officer):
    known = overstay(town)
    problem = raised(town, officer, id=known["id"], status=409)
    assert problem["detail"] == "There is a task of this id already. Make a new one."


@pytest.mark.parametrize(
    ("said", "pointer"),
    [({"code": "29"}, "/code"), ({"code": "50"}, "/code"), ({"code": "01", "suffix": "!"}, "/suffix")],
)
def test_only_codes_and_suffixes_of_the_list(
    town: Town, officer: Officer, said: dict[str, str], pointer: str
):
    problem = officer.phone.post("/found", body(town) | said, 422)
    assert problem["errors"][0]["pointer"] == pointer


def test_a_code_that_the_council_does_not_enforce_is_refused_in_words_and_what_was_raised_before_goes_on(
    town: Town, officer: Officer
):
    before = raised(town, officer, "62")
    policy = town.supervisor.get("/authority")["policy"]
    town.administrator.patch("/authority", {"policy": policy | {"codes": ["01", "30"]}})
    problem = officer.phone.post("/found", body(town, "62"), 422)
    assert problem["errors"] == [
        {
            "pointer": "/code",
            "detail": "Your council does not enforce code 62: choose another from its list.",
        }
    ]
    assert raised(town, officer, "01")["code"] == "01"
    assert before["id"] in {each["id"] for each in officer.mine()}


def test_a_suffix_may_be_typed_as_on_a_notice(town: Town, officer: Officer):
    assert raised(town, officer, "12", suffix="R")["suffix"] == "r"


def test_a_bay_or_a_place_not_both_and_not_none(town: Town, officer: Officer):
    officer.phone.post("/found", body(town, place=KERB, bay_id=town.b1["id"]), 422)
    officer.phone.post("/found", body(town, place=None), 422)


def test_off_shift_nothing_is_raised(town: Town):
    officer = town.officer(town.centre)
    problem = raised(town, officer, status=409)
    assert problem["detail"] == "You were not on shift then."


# Side by side


def test_several_run_side_by_side_beside_the_task_in_hand(town: Town, officer: Officer):
    planned = overstay(town)
    planned = officer.step(planned, "accept")
    found = [raised(town, officer, code) for code in ("01", "62", "40")]
    planned = officer.step(planned, "arrive")
    seen = [officer.step(task, "sightings", plate=f"AB1{n} CDE") for n, task in enumerate(found)]
    assert [task["sightings"] for task in seen] == [1, 1, 1]
    assert officer.step(seen[1], "outcome", outcome="notice_served")["state"] == "closed"
    assert {each["id"] for each in officer.mine()} == {planned["id"], found[0]["id"], found[2]["id"]}


def test_who_observes_is_offered_nothing_until_they_say_that_they_are_free(town: Town, officer: Officer):
    raised(town, officer)
    assert state_of(town, officer) == "observing"
    task = overstay(town)
    assert task["state"] == "waiting"
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "state": "available"}
    officer.phone.post(f"/shifts/{officer.shift['id']}/state", step)
    town.sweep()
    assert task_of(town, task)["state"] == "offered"


def test_the_officer_is_free_again_when_the_last_one_is_closed(town: Town, officer: Officer):
    one, other = raised(town, officer, "01"), raised(town, officer, "62")
    officer.step(one, "outcome", outcome="advised_and_moved")
    assert state_of(town, officer) == "observing"
    officer.step(other, "outcome", outcome="no_contravention")
    assert state_of(town, officer) == "available"


def test_more_than_anybody_can_watch_is_refused(town: Town, officer: Officer):
    open_ones = [raised(town, officer, bay_id=town.b1["id"]) for _ in range(20)]
    raised(town, officer, status=409)
    officer.step(open_ones[0], "outcome", outcome="no_contravention")
    raised(town, officer)


def test_nobody_else_is_ever_sent_there(town: Town, officer: Officer):
    task = raised(town, officer, "01")
    other = town.on_duty(town.centre, name="Ben")
    for minutes in (1, 10, 60, 300):
        town.clock.forward(minutes=minutes)
        town.sweep()
    assert task_of(town, task)["state"] == "arrived"
    assert other.mine() == []
    other.step(task, "sightings", 403, plate="AB12CDE")
    town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": other.shift["id"]}, 409)


def test_another_council_knows_nothing_of_it(town: Town, officer: Officer, neighbour: Council):
    task = raised(town, officer)
    there = Town(neighbour)
    stranger = there.on_duty(there.centre)
    stranger.step(task, "sightings", 404, plate="AB12CDE")
    stranger.phone.post("/found", body(there, bay_id=town.b1["id"]), 404)
    # The same id is free there: ids are a council's own.
    assert raised(there, stranger, id=task["id"])["id"] == task["id"]


# When it is lawful


def test_without_a_sensor_the_first_look_counts_as_the_arrival(town: Town, officer: Officer):
    bay = town.bay("B2", sensor=False)
    town.clock.set("09:30")
    task = raised(town, officer, "30", bay_id=bay["id"])
    assert (task["overstay_from"], task["lawful_from"]) == ("2026-06-29T10:30:00Z", "2026-06-29T10:41:00Z")


def test_the_clock_begins_with_the_first_sighting_not_with_the_choice_of_a_code(town: Town, officer: Officer):
    bay = town.bay("B2", sensor=False)
    task = raised(town, officer, "30", bay_id=bay["id"])
    town.clock.forward(minutes=3)
    task = officer.step(task, "sightings", plate="AB12CDE")
    assert task["lawful_from"] == "2026-06-29T10:14:00Z"
    town.clock.forward(minutes=3)
    assert officer.step(task, "sightings", plate="AB12CDE")["lawful_from"] == task["lawful_from"]


def test_what_a_sensor_knows_of_the_car_serves_instead(town: Town, officer: Officer):
    town.clock.set("10:30")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    task = raised(town, officer, "30", bay_id=town.b1["id"])
    assert task["stay_id"]
    assert task["lawful_from"] == "2026-06-29T10:11:00Z"


def test_a_period_that_we_do_not_know_is_over_when_the_officer_says_so_and_grace_follows(
    town: Town, officer: Officer
):
    task = raised(town, officer, "05", suffix="p")
    assert (task["overstay_from"], task["lawful_from"]) == ("2026-06-29T08:00:00Z", "2026-06-29T08:11:00Z")


def test_what_only_presence_tells_is_raised_though_no_sensor_may(town: Town, officer: Officer):
    bay = town.bay("B3", sensor=False, bay_class="disabled", code="40", permitted_minutes=0)
    task = raised(town, officer, "40", bay_id=bay["id"])
    assert task["lawful_from"] == "2026-06-29T08:00:00Z"


def test_a_notice_needs_what_the_policy_asks_for_its_code(town: Town, officer: Officer):
    policy = town.supervisor.get("/authority")["policy"]
    asked = {"code": "01", "minutes": 5, "sightings": 2, "start_rule": "on_arrival"}
    town.administrator.patch("/authority", {"policy": policy | {"observations": [asked]}})
    task = raised(town, officer, "01")
    assert (task["observation_minutes"], task["sightings_needed"]) == (5, 2)
    task = officer.step(task, "sightings", plate="AB12CDE", valve_front=3, valve_rear=9)
    officer.step(task, "outcome", 422, outcome="notice_served")
    town.clock.forward(minutes=5)
    task = officer.step(task, "sightings", plate="AB12CDE", valve_front=3, valve_rear=9)
    assert officer.step(task, "outcome", outcome="notice_served")["state"] == "closed"


# A later look


def test_who_comes_back_later_keeps_it_and_is_free_meanwhile(town: Town, officer: Officer):
    bay = town.bay("B2", sensor=False)
    task = raised(town, officer, "30", bay_id=bay["id"])
    task = officer.step(task, "sightings", plate="AB12CDE")
    task = officer.step(task, "look-again")
    assert (task["state"], task["not_before"]) == ("arrived", task["lawful_from"])
    assert state_of(town, officer) == "available"
    town.clock.set("11:11")
    town.sweep()
    task = task_of(town, task)
    assert (task["state"], task["officer"]["id"]) == ("arrived", officer.id)
    task = officer.step(task, "sightings", plate="AB12CDE")
    assert (task["not_before"], state_of(town, officer)) == (None, "observing")


def test_one_comes_back_when_the_car_was_watched_for_long_enough(town: Town, officer: Officer):
    policy = town.supervisor.get("/authority")["policy"]
    asked = {"code": "01", "minutes": 5, "sightings": 1, "start_rule": "on_arrival"}
    town.administrator.patch("/authority", {"policy": policy | {"observations": [asked]}})
    task = officer.step(raised(town, officer, "01"), "sightings", plate="AB12CDE")
    task = officer.step(task, "look-again")
    assert task["not_before"] == "2026-06-29T08:05:00Z"
    town.clock.forward(minutes=5)
    officer.step(task, "look-again", 409)


def test_loading_is_looked_at_again_by_the_same_officer(town: Town, officer: Officer):
    task = raised(town, officer, "25")
    task = officer.step(task, "outcome", outcome="loading_look_again", details={"minutes": 20})
    assert (task["state"], task["not_before"]) == ("arrived", "2026-06-29T08:20:00Z")
    assert state_of(town, officer) == "available"


# One car, one case


def test_the_sensors_task_for_the_same_car_is_called_off_and_not_raised_again(town: Town, officer: Officer):
    other = town.on_duty(town.centre, name="Ben")
    theirs = overstay(town)
    task = raised(town, officer, "30", bay_id=town.b1["id"])
    assert task_of(town, theirs)["state"] == "withdrawn"
    assert "An officer is at the car" in task_of(town, theirs)["ended_why"]
    town.clock.forward(minutes=5)
    town.reads(("B1", "occupied", "11:09"))
    town.sweep()
    assert [each["id"] for each in town.tasks()] == [task["id"]]
    assert other.mine() == []


def test_no_task_arises_from_a_sensor_while_an_officer_stands_there(town: Town, officer: Officer):
    task = raised(town, officer, "30", bay_id=town.b1["id"])
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "08:55"))
    town.sweep()
    [only] = town.tasks()
    assert (only["id"], only["stay_id"] is not None) == (task["id"], True)


def test_when_it_comes_to_nothing_the_sensors_task_is_work_again(town: Town, officer: Officer):
    theirs = overstay(town)
    task = raised(town, officer, "30", bay_id=town.b1["id"])
    officer.step(task, "outcome", outcome="no_contravention")
    town.sweep()
    assert task_of(town, theirs)["state"] in ("waiting", "offered")


def test_after_a_notice_the_sensors_overstay_is_settled(town: Town, officer: Officer):
    theirs = overstay(town)
    task = raised(town, officer, "30", bay_id=town.b1["id"])
    town.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12CDE")
    officer.step(task, "outcome", outcome="notice_served")
    town.clock.forward(minutes=5)
    town.sweep()
    assert task_of(town, theirs)["state"] == "withdrawn"
    assert town.tasks() == []


def test_what_was_seen_of_the_car_is_not_asked_for_again(town: Town, officer: Officer):
    theirs = overstay(town)
    task = raised(town, officer, "24", bay_id=town.b1["id"])
    officer.step(task, "outcome", outcome="prevented")
    town.clock.forward(minutes=5)
    town.sweep()
    assert task_of(town, theirs)["state"] == "withdrawn"


def test_a_car_that_leaves_only_informs_its_officer(town: Town, officer: Officer):
    town.clock.set("10:30")
    town.reads(("B1", "occupied", "09:00"))
    task = raised(town, officer, "30", bay_id=town.b1["id"])
    town.clock.forward(minutes=5)
    town.reads(("B1", "free", "10:34"))
    town.sweep()
    task = task_of(town, task)
    assert (task["state"], task["may_have_left_at"]) == ("arrived", "2026-06-29T09:34:00Z")


def test_a_car_that_was_never_there_leaves_the_officers_own_first_look(town: Town, officer: Officer):
    town.clock.set("10:30")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    task = raised(town, officer, "30", bay_id=town.b1["id"])
    town.clock.set("10:40")
    town.reads(("B1", "free", "09:00"), ("B1", "free", "09:10"))
    town.sweep()
    task = task_of(town, task)
    assert (task["stay_id"], task["lawful_from"]) == (None, "2026-06-29T11:41:00Z")


def test_who_is_at_the_car_already_keeps_their_visit(town: Town, officer: Officer):
    theirs = officer.step(officer.step(overstay(town), "accept"), "arrive")
    other = town.on_duty(town.centre, name="Ben")
    raised(town, other, "24", bay_id=town.b1["id"])
    assert task_of(town, theirs)["state"] == "arrived"


# The end


def test_what_is_open_ends_with_the_shift_and_what_was_seen_stays(town: Town, officer: Officer):
    task = officer.step(raised(town, officer), "sightings", plate="AB12CDE")
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/end", step)
    task = task_of(town, task)
    assert (task["state"], task["ended_why"], task["sightings"]) == ("withdrawn", "The shift ended.", 1)
    with town.session() as session:
        [assignment] = rows(session, Assignment)
        assert (assignment.state, assignment.end_reason) == ("ended", "shift_ended")


def test_a_supervisor_takes_one_back_and_its_officer_is_free(town: Town, officer: Officer):
    task = raised(town, officer)
    assert [each["id"] for each in town.tasks()] == [task["id"]]
    task = town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "Wrong street"})
    assert (task["state"], task["ended_why"]) == ("withdrawn", "Wrong street")
    assert state_of(town, officer) == "available"


def test_a_day_without_signal_arrives_in_the_evening_with_the_shift_it_was_in(town: Town, officer: Officer):
    town.clock.set("10:00")
    said = body(town, "01")
    town.clock.set("17:00")
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/end", step)
    town.clock.set("19:00")
    task = officer.phone.post("/found", said, 201)
    assert (task["state"], task["lawful_from"]) == ("withdrawn", "2026-06-29T09:00:00Z")
    task = officer.step(task, "sightings", plate="AB12CDE", recorded_at=at("10:01").isoformat())
    task = officer.step(task, "outcome", outcome="notice_served", recorded_at=at("10:06").isoformat())
    assert (task["state"], task["outcome"]) == ("closed", "notice_served")


def test_what_was_seen_after_the_shift_is_none_of_it(town: Town, officer: Officer):
    town.clock.set("17:00")
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/end", step)
    town.clock.set("17:01")
    raised(town, officer, status=409)


@pytest.mark.parametrize("outcome", ["gone_on_arrival", "bay_empty_sensor_wrong", "patrolled"])
def test_what_can_only_be_said_of_work_that_was_given_is_refused(town: Town, officer: Officer, outcome: str):
    officer.step(raised(town, officer), "outcome", 422, outcome=outcome)


def test_an_unsafe_place_is_frozen_whoever_raised_what_there(town: Town, officer: Officer):
    task = officer.step(raised(town, officer), "outcome", outcome="unsafe")
    assert task["state"] == "closed"
    assert len(town.supervisor.get("/freezes")["items"]) == 1


def test_the_log_of_the_day_tells_of_it(town: Town, officer: Officer):
    officer.step(raised(town, officer, "01"), "outcome", outcome="advised_and_moved")
    log = officer.phone.get(f"/shifts/{officer.shift['id']}/log")["document"]
    assert "Raised: code 01 · Judd Street, outside the bakery" in log
    assert "Closed: Advised and moved" in log


def test_an_offer_that_was_never_made_is_counted_nowhere(town: Town, officer: Officer):
    task = raised(town, officer)
    officer.step(task, "outcome", outcome="advised_and_moved")
    assert town.journal(task["id"]) == ["task.found", "task.close"]
    with town.session() as session:
        assert count(session, JournalRow, JournalRow.subject == "assignment") == 0


def test_two_that_were_watched_from_far_apart_have_clocks_of_their_own(town: Town, officer: Officer):
    bays = [town.bay(f"C{n}", sensor=False) for n in (1, 2)]
    one = officer.step(raised(town, officer, "30", bay_id=bays[0]["id"]), "sightings", plate="AB12CDE")
    town.clock.forward(minutes=20)
    other = officer.step(raised(town, officer, "30", bay_id=bays[1]["id"]), "sightings", plate="CD34EFG")
    assert (one["lawful_from"], other["lawful_from"]) == ("2026-06-29T10:11:00Z", "2026-06-29T10:31:00Z")


def test_a_sensor_that_told_a_moment_before_still_serves(town: Town, officer: Officer):
    """What the sweep has not looked at yet is no reason for another clock."""
    town.clock.set("10:30")
    town.reads(("B1", "occupied", "09:00"))
    task = raised(town, officer, "30", bay_id=town.b1["id"])
    town.sweep()
    assert task_of(town, task)["lawful_from"] == "2026-06-29T10:11:00Z"


def test_another_car_in_the_bay_has_a_clock_of_its_own(town: Town, officer: Officer):
    town.clock.set("10:30")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    task = officer.step(raised(town, officer, "30", bay_id=town.b1["id"]), "sightings", plate="AB12CDE")
    town.clock.set("10:40")
    town.reads(("B1", "free", "10:35:00"), ("B1", "occupied", "10:35:10"))
    town.sweep()
    assert task_of(town, task)["lawful_from"] == "2026-06-29T11:46:10Z"


def test_a_plate_is_checked_at_the_kerb(town: Town, officer: Officer):
    sent = {"data": b"plate,right\nXY99ZZZ,permit", "content_type": "text/csv"}
    town.administrator.call("POST", "/import/rights?name=permits", **sent)
    task = raised(town, officer, "12")
    told = officer.phone.post(f"/tasks/{task['id']}/rights", {"plate": "XY99ZZZ"})
    assert told["status"] == "covered"


def test_a_shift_that_was_forgotten_open_ends_though_something_is_open_in_it(town: Town, officer: Officer):
    task = raised(town, officer)
    town.clock.forward(hours=12)
    town.sweep()
    assert task_of(town, task)["ended_why"] == "The shift ended."


def test_what_was_left_open_stands_in_the_log(town: Town, officer: Officer):
    raised(town, officer, "01")
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/end", step)
    log = officer.phone.get(f"/shifts/{officer.shift['id']}/log")["document"]
    assert "Left open at the end of the shift · Judd Street, outside the bakery" in log


def test_how_long_cars_stay_is_learned_from_sensors_alone(town: Town, officer: Officer):
    town.clock.set("10:30")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    raised(town, officer, "24", bay_id=town.b1["id"])
    town.clock.set("11:30")
    town.reads(("B1", "free", "11:20"))
    town.sweep()
    with town.session() as session:
        [seen] = overstays_seen(session, at("00:00"), town.clock())
    assert (seen.overstay_from, seen.ended) == (at("11:00"), at("11:20"))


def test_the_visit_to_a_spot_tells_nothing_of_the_street_that_an_officer_named(town: Town, officer: Officer):
    policy = town.supervisor.get("/authority")["policy"] | {"street_seen_days": 7}
    town.administrator.patch("/authority", {"policy": policy})
    place = KERB | {"street": "Somewhere Else"}
    officer.step(raised(town, officer, place=place), "outcome", outcome="advised_and_moved")
    with town.session() as session:
        assert "Somewhere Else" not in [row.street for row in rows_of_streets(session)]


def rows_of_streets(session: Any) -> list[Any]:
    ours = select(StreetSeen).where(StreetSeen.authority_id == session.info["authority_id"])
    return list(session.scalars(ours))
