"""What needs a supervisor: raised once, seen, put away; tasks that nobody took, a batch at a time."""

from ..builders import HOME, Officer
from .scenes import Town, overstay, task_of
from .test_asked import does


def alerts(town: Town, kind: str | None = None, state: str = "open") -> list[dict]:
    """The alerts as a supervisor sees them."""
    listed = town.supervisor.get(f"/alerts?state={state}")["items"]
    return [each for each in listed if kind in (None, each["kind"])]


def nobody_takes(town: Town, *bays: str) -> None:
    """Offers at these bays (with B1) go unanswered until they are the supervisor's."""
    for bay in bays:
        town.bay(bay)
    town.clock.set("11:05")
    town.reads(*((bay, "occupied", "09:00") for bay in ("B1", *bays)))
    for _ in range(3):
        town.sweep()
        town.clock.forward(seconds=60)
        town.sweep()


def test_tasks_that_nobody_took_come_in_one_alert(town: Town):
    for _ in range(8):
        town.on_duty(town.centre)
    nobody_takes(town, "B2")
    assert [task["state"] for task in town.tasks()] == ["escalated"] * 2
    assert alerts(town) == []
    town.clock.forward(seconds=60)
    town.sweep()
    [alert] = alerts(town)
    assert (alert["kind"], set(alert["tasks"])) == ("escalated", {task["id"] for task in town.tasks()})
    assert alert["officer"] is None
    town.clock.forward(minutes=10)
    town.sweep()
    assert len(alerts(town)) == 1


def test_what_somebody_took_meanwhile_alerts_nobody(town: Town):
    officers = [town.on_duty(town.centre) for _ in range(4)]
    nobody_takes(town)
    [task] = town.tasks()
    town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": officers[0].shift["id"]})
    town.clock.forward(seconds=59)
    officers[0].step(task_of(town, task), "accept")
    town.clock.forward(seconds=5)
    town.sweep()
    assert alerts(town) == []


def test_a_missed_offer_is_counted_against_nobody(town: Town):
    officer = town.on_duty(town.centre)
    overstay(town)
    town.clock.forward(seconds=60)
    town.sweep()
    [shift] = town.supervisor.get("/shifts?on=true")["items"]
    assert not [name for name in shift if "miss" in name or "offer" in name]
    assert officer.mine() == []


def test_an_alert_is_seen_and_put_away_by_a_person_each_once(town: Town):
    officer = town.on_duty(town.centre)
    call = officer.phone.post("/sos", {"id": "0197a0f0-0000-7000-8000-000000000001"})
    for _ in range(2):
        seen = town.supervisor.post(f"/alerts/{call['id']}/acknowledge")
    assert seen["acknowledged_by"]["name"] == "Sunita"
    for _ in range(2):
        town.supervisor.post(f"/alerts/{call['id']}/resolve")
    assert alerts(town) == []
    assert [each["id"] for each in alerts(town, state="resolved")] == [call["id"]]
    assert town.journal(call["id"]) == ["alert.raised", "alert.acknowledged", "alert.resolved"]


def test_leaving_the_zones_tells_the_supervisor_once_and_coming_back_puts_it_away(town: Town):
    officer = town.on_duty(town.centre)
    edge = HOME[0] + 0.01
    for metres, told in ((10, 0), (40, 1), (60, 1), (-40, 0), (40, 1)):
        town.clock.forward(minutes=1)
        officer.stand(lon=edge + metres / 69_500, lat=HOME[1], clock=town.clock)
        assert len(alerts(town, "out-of-zones")) == told, metres
    assert len(alerts(town, "out-of-zones", "resolved")) == 1
    [alert] = alerts(town)
    assert alert["position"]["lon"] > edge
    assert alert["officer"]["id"] == officer.id


def test_an_officer_whose_place_is_vague_has_not_left(town: Town):
    officer = town.on_duty(town.centre)
    town.clock.forward(minutes=1)
    officer.stand(lon=HOME[0] + 0.011, lat=HOME[1], clock=town.clock, accuracy_m=100.0)
    assert alerts(town) == []


def test_who_goes_home_from_outside_is_no_longer_looked_for(town: Town):
    officer = town.on_duty(town.centre)
    town.clock.forward(minutes=1)
    officer.stand(lon=HOME[0] + 0.02, lat=HOME[1], clock=town.clock)
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    assert alerts(town) == []


def outside(town: Town, officer: Officer, metres: float = 100) -> None:
    """The officer stands so far east of their zone."""
    town.clock.forward(minutes=1)
    officer.stand(lon=HOME[0] + 0.01 + metres / 69_500, lat=HOME[1], clock=town.clock)


def test_a_break_outside_the_zones_is_nobodys_business_and_after_it_they_are_looked_for_again(town: Town):
    officer = town.on_duty(town.centre)
    outside(town, officer)
    assert len(alerts(town, "out-of-zones")) == 1
    does(town, officer, "break")
    assert alerts(town) == []
    town.clock.forward(minutes=30)
    does(town, officer, "available")
    assert alerts(town) == []
    outside(town, officer)
    assert len(alerts(town, "out-of-zones")) == 1


def test_who_was_sent_outside_is_where_they_should_be_until_it_is_done(town: Town):
    officer = town.on_duty(town.centre)
    town.bay("B2", lon=HOME[0] + 0.02)
    town.clock.set("11:15")
    town.reads(("B2", "occupied", "09:00"))
    town.sweep()
    [task] = town.tasks()
    town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": officer.shift["id"]})
    outside(town, officer)
    assert len(alerts(town, "out-of-zones")) == 1
    accepted = officer.step(task_of(town, task), "accept")
    outside(town, officer, metres=120)
    assert alerts(town, "out-of-zones") == []
    officer.step(accepted, "decline", reason="too_far")
    outside(town, officer, metres=140)
    assert len(alerts(town, "out-of-zones")) == 1
