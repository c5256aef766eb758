"""Stay → overstay → task: when there is work, when there is none, and when it is over."""

from uuid import UUID

import pytest
from sqlalchemy import text

from enforcement import jobs
from enforcement.adapters.tables import Notification, Task
from enforcement.domain.policy import sample_policy_data
from enforcement.pipeline.overstays import BATCH

from ..adapters.push_service import PushService
from ..builders import Council, Officer, at, workshop
from .rights_scenes import import_list, swept_and_asked
from .scenes import Town, accepted, arrived, at_once, count, overstay, rows, task_of

DAY_HOURS = "Mo-Sa 08:30-18:30; PH off"


def swept(town: Town, now: str, day: str = "2026-06-29") -> list[dict]:
    """The open tasks after the sweep at this time."""
    town.clock.set(now, day)
    town.sweep()
    return town.tasks()


def reads_on(town: Town, bay: str, state: str, now: str, day: str) -> None:
    item = {"sensor": f"S-{bay}", "state": state, "at": at(now, day).isoformat()}
    assert town.network.post("/readings", {"readings": [item]})["taken"] == 1


def test_a_task_is_raised_when_the_time_is_over_and_not_before(town: Town):
    town.reads(("B1", "occupied", "09:00"))
    assert swept(town, "10:59:59") == []
    [task] = swept(town, "11:00")
    assert (task["overstay_from"], task["code"]) == ("2026-06-29T10:00:00Z", "30")


def test_ten_minutes_of_grace_must_be_exceeded(town: Town):
    assert overstay(town)["lawful_from"] == "2026-06-29T10:11:00Z"


def test_outside_the_controlled_hours_no_time_runs(town: Town):
    town.bay("B2", hours=DAY_HOURS)
    town.clock.set("07:00")
    town.reads(("B2", "occupied", "07:00"))
    assert swept(town, "10:29") == []
    assert len(swept(town, "10:30")) == 1


def test_a_bank_holiday_is_no_controlled_day(council: Council):
    council.clock.set("09:00", "2026-08-31")
    council.bay("B2", hours=DAY_HOURS)
    reads_on(council, "B2", "occupied", "09:00", "2026-08-31")
    assert swept(council, "18:00", "2026-08-31") == []
    [task] = swept(council, "10:30", "2026-09-01")
    assert task["overstay_from"] == "2026-09-01T09:30:00Z"


def test_a_car_in_a_suspended_bay_is_a_task_with_code_21_and_no_grace(town: Town):
    suspend(town, "09:00", "15:00")
    town.clock.set("09:30")
    town.reads(("B1", "occupied", "09:30"))
    [task] = swept(town, "09:30")
    assert (task["code"], task["why"]) == ("21", "Parked in a suspended bay")
    assert task["lawful_from"] == task["overstay_from"] == "2026-06-29T08:30:00Z"


def test_a_bay_that_is_suspended_under_an_overstay_changes_why_the_officer_is_sent(town: Town):
    task = overstay(town)
    suspend(town, "11:00", "15:00")
    [same] = swept(town, "11:06")
    assert (same["id"], same["code"]) == (task["id"], "21")
    assert (same["why"], same["lawful_from"]) == ("Parked in a suspended bay", "2026-06-29T10:00:00Z")


def suspend(town: Town, starts: str, ends: str) -> None:
    body = {
        "bay_id": town.b1["id"],
        "starts_at": at(starts).isoformat(),
        "ends_at": at(ends).isoformat(),
        "why": "Water main",
    }
    town.supervisor.post("/suspensions", body)


def test_codes_of_mere_presence_are_off_until_the_council_switches_them_on(town: Town):
    town.bay("P1", bay_class="permit", code="12", suffix="r", reason="no_permit", permitted_minutes=0)
    town.reads(("P1", "occupied", "09:00"))
    assert swept(town, "12:00") == []
    policy = sample_policy_data("single-sighting") | {"presence_codes": ["12"]}
    town.administrator.patch("/authority", {"policy": policy})
    import_list(town, "plate,bay,right,from,to")
    town.clock.set("12:03")
    town.reads(("P1", "free", "12:01"), ("P1", "occupied", "12:02"))
    assert swept(town, "12:11") == []
    town.clock.set("12:12")
    [task] = swept_and_asked(town)
    assert task["code"] == "12"


def test_a_paused_bay_raises_no_task_until_it_is_back_in_use(town: Town):
    town.supervisor.patch(f"/bays/{town.b1['id']}", {"paused_why": "Sign is missing"})
    town.reads(("B1", "occupied", "09:00"))
    assert swept(town, "11:05") == []
    town.supervisor.patch(f"/bays/{town.b1['id']}", {"paused_why": None})
    assert len(swept(town, "11:06")) == 1


def test_a_retired_bay_raises_no_task(town: Town):
    town.reads(("B1", "occupied", "09:00"))
    town.supervisor.delete(f"/bays/{town.b1['id']}")
    assert swept(town, "11:05") == []


def test_a_silent_sensor_raises_no_task_until_it_is_heard_again(town: Town):
    quiet = town.bay("Q1", sensor=False)
    town.supervisor.post("/sensors", {"reference": "S-Q1", "bay": "Q1", "heartbeat_minutes": 30})
    town.reads(("Q1", "occupied", "09:00"))
    assert swept(town, "10:31") == []
    assert town.supervisor.get(f"/bays/{quiet['id']}")["state"] == "unknown"
    assert swept(town, "11:05") == []
    town.clock.set("11:10")
    town.reads(("Q1", "occupied", "11:10"))
    assert town.supervisor.get(f"/bays/{quiet['id']}")["state"] == "occupied"
    assert len(swept(town, "11:10")) == 1
    assert town.journal(quiet["id"])[-2:] == ["bay.unknown", "bay.known"]


def test_an_old_report_that_comes_late_does_not_make_a_silent_sensor_heard(town: Town):
    quiet = town.bay("Q1", sensor=False)
    town.supervisor.post("/sensors", {"reference": "S-Q1", "bay": "Q1", "heartbeat_minutes": 30})
    town.reads(("Q1", "occupied", "09:00"))
    swept(town, "11:05")
    town.reads(("Q1", "occupied", "09:20"))
    assert town.supervisor.get(f"/bays/{quiet['id']}")["state"] == "unknown"
    assert swept(town, "11:06") == []


def test_a_car_that_leaves_may_have_left_at_once_and_is_withdrawn_when_the_debounce_time_is_over(
    town: Town, officer: Officer
):
    subscribe(officer)
    task = accepted(town, officer)
    town.clock.set("11:06:10")
    town.reads(("B1", "free", "11:06"))
    [told] = swept(town, "11:06:10")
    assert (told["state"], told["may_have_left_at"]) == ("accepted", "2026-06-29T10:06:00Z")
    assert swept(town, "11:06:30") == []
    ended = task_of(town, task)
    assert (ended["state"], ended["ended_why"]) == ("withdrawn", "The car has left.")
    assert officer.mine() == []
    with town.session() as session:
        assert [row.kind for row in rows(session, Notification)] == ["offer", "withdrawn"]
        assert rows(session, Notification)[1].payload["notification"]["title"] == "The car has left"


def subscribe(officer: Officer) -> None:
    """The officer's phone wants to be told."""
    with PushService() as service:
        officer.phone.post("/devices", service.subscribe().info)


def test_nobody_is_sent_to_a_car_that_may_have_left(town: Town):
    overstay(town)
    town.reads(("B1", "free", "11:04:50"))
    swept(town, "11:05")
    officer = town.on_duty(town.centre)
    town.sweep()
    assert officer.mine() == []


def test_a_car_back_within_the_debounce_time_has_its_clock_started_again(town: Town, officer: Officer):
    subscribe(officer)
    task = accepted(town, officer)
    town.clock.set("11:06:30")
    town.reads(("B1", "free", "11:06"), ("B1", "occupied", "11:06:20"))
    assert swept(town, "11:06:30") == []
    ended = task_of(town, task)
    assert ended["ended_why"] == "The bay was free for a moment: the clock has started again."
    assert swept(town, "13:06:19") == []
    [second] = swept(town, "13:06:20")
    assert second["id"] != task["id"]
    assert second["stay_id"] == task["stay_id"]
    with town.session() as session:
        [_, called_off, *_] = rows(session, Notification)
    assert called_off.payload["notification"]["title"].startswith("The bay was free for a moment")


def test_once_the_officer_has_arrived_a_departure_only_informs(town: Town, officer: Officer):
    task = arrived(town, officer)
    town.clock.set("11:07")
    town.reads(("B1", "free", "11:06"))
    [told] = swept(town, "11:07")
    assert (told["id"], told["state"]) == (task["id"], "arrived")
    assert told["may_have_left_at"]
    assert officer.step(told, "outcome", outcome="drove_away_before_preparation")["state"] == "closed"


def test_a_departed_car_whose_officer_went_home_is_withdrawn_and_waits_for_nobody(
    town: Town, officer: Officer
):
    task = arrived(town, officer)
    town.clock.set("11:07")
    town.reads(("B1", "free", "11:06"))
    swept(town, "11:07")
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    assert swept(town, "11:08") == []
    assert task_of(town, task)["ended_why"] == "The car has left."


@pytest.mark.parametrize("taken", [False, True])
def test_a_task_ends_with_the_controlled_hours(town: Town, officer: Officer, taken: bool):
    town.bay("B2", hours=DAY_HOURS)
    task = overstay(town, "B2")
    if taken:
        officer.step(officer.mine()[0], "accept")
    assert swept(town, "18:30") == []
    assert task_of(town, task)["ended_why"] == "The controlled hours have ended."


def test_the_same_car_over_its_time_on_the_next_day_is_a_new_task(town: Town):
    town.bay("B2", hours=DAY_HOURS)
    first = overstay(town, "B2")
    swept(town, "18:30")
    assert swept(town, "10:29", "2026-06-30") == []
    [second] = swept(town, "10:30", "2026-06-30")
    assert second["id"] != first["id"]
    assert second["stay_id"] == first["stay_id"]


def test_a_claim_that_moves_gives_the_same_task_new_times(town: Town):
    town.clock.set("11:00")
    town.says_over("B1", "10:30", "11:00")
    [first] = swept(town, "11:00")
    town.clock.set("11:10")
    town.says_over("B1", "10:50", "11:10")
    [second] = swept(town, "11:10")
    assert second["id"] == first["id"]
    assert (first["overstay_from"], second["overstay_from"]) == (
        "2026-06-29T09:30:00Z",
        "2026-06-29T09:50:00Z",
    )
    assert second["lawful_from"] == "2026-06-29T10:01:00Z"
    assert "task.retimed" in town.journal(first["id"])


def test_a_bay_that_now_allows_longer_takes_the_task_back_in_words_that_are_true(town: Town):
    task = overstay(town)
    longer = {
        "name": "3 h",
        "bay_class": "limited-waiting",
        "hours": "24/7",
        "permitted_minutes": 180,
        "code": "30",
    }
    restriction = town.supervisor.post("/restrictions", longer)
    body = {"restriction_id": restriction["id"], "valid_from": at("08:00").isoformat()}
    town.supervisor.post(f"/bays/{town.b1['id']}/restrictions", body)
    assert swept(town, "11:06") == []
    assert task_of(town, task)["ended_why"] == "The car is within its time after all."


def test_a_task_that_the_supervisor_took_back_is_not_raised_again(town: Town):
    task = overstay(town)
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    assert swept(town, "11:30") == []


def test_a_car_that_an_officer_settled_does_not_cover_the_next_car_in_the_bay(town: Town, officer: Officer):
    task = arrived(town, officer)
    officer.step(task, "outcome", outcome="right_seen", details={"which": "permit"})
    town.clock.set("11:20:30")
    town.reads(("B1", "free", "11:20"), ("B1", "occupied", "11:20:20"))
    assert swept(town, "13:20:19") == []
    assert len(swept(town, "13:20:20")) == 1


def test_a_sweep_that_runs_twice_does_nothing_new(town: Town, officer: Officer):
    overstay(town)
    before = town.supervisor.get("/journal")["cursor"]
    town.sweep()
    town.sweep()
    assert town.supervisor.get(f"/journal?cursor={before}")["items"] == []


def test_two_workers_that_sweep_at_once_raise_one_task_and_offer_it_once(town: Town, officer: Officer):
    for number in range(2, 6):
        town.bay(f"B{number}")
    town.clock.set("11:05")
    town.reads(*((f"B{number}", "occupied", "09:00") for number in range(1, 6)))
    for _ in range(3):
        assert at_once(town.app, town.sweep, town.sweep, town.sweep) == [None] * 3
    tasks = town.tasks()
    assert len({task["stay_id"] for task in tasks}) == len(tasks) == 5
    assert [task["state"] for task in tasks].count("offered") == 1
    with town.session() as session:
        assert count(session, Task) == 5


def test_a_sweep_says_whether_more_is_due_so_that_a_worker_with_trouble_rests(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    def in_trouble(shop: jobs.Workshop, authority_id: UUID) -> int:
        raise RuntimeError("in trouble")

    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    shop = workshop(town.clock)
    for step, more in ((in_trouble, False), (lambda *_: 1, False), (lambda *_: BATCH, True)):
        monkeypatch.setattr(jobs, "SWEPT", dict.fromkeys(jobs.SWEPT, step))
        assert jobs.sweep(shop) is more


def test_a_stay_that_can_not_be_judged_holds_nobody_else_up(council: Council):
    council.zone()
    broken = council.bay("B1", permitted_minutes=60)
    council.bay("B2")
    with council.session() as session:
        where = {"bay": broken["restriction"]["id"]}
        session.execute(text("UPDATE restrictions SET hours = 'no hours at all' WHERE id = :bay"), where)
        session.commit()
    council.clock.set("11:30")
    council.reads(("B1", "occupied", "09:00"), ("B2", "occupied", "09:00"))
    council.sweep()
    assert [task["bay"]["reference"] for task in council.tasks()] == ["B2"]
