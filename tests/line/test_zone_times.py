"""Task → assignment: outside its times nobody is sent to bays because of a zone."""

from enforcement.adapters.tables import Planning

from .scenes import Town, overstay

SHOPS = "Mo-Sa 08:00-18:30"


def keep_hours(town: Town, zone: str, hours: str | None) -> None:
    now = town.supervisor.get(f"/zones/{zone}")
    body = {name: now[name] for name in ("name", "colour", "outline", "version")}
    town.supervisor.put(f"/zones/{zone}", {**body, "hours": hours})


def test_nobody_is_sent_outside_the_times_of_their_zone(town: Town):
    keep_hours(town, town.centre, "Mo-Fr 14:00-18:00")
    officer = town.on_duty(town.centre)
    overstay(town)
    assert officer.mine() == []
    assert [task["state"] for task in town.tasks()] == ["waiting"]


def test_who_has_another_zone_there_that_is_active_is_sent(town: Town):
    keep_hours(town, town.centre, "Mo-Fr 14:00-18:00")
    only, both = town.on_duty(town.centre), town.on_duty(town.centre, town.zone("Around", half=0.02))
    overstay(town)
    assert (only.mine(), len(both.mine())) == ([], 1)


def test_what_waited_is_planned_when_the_zone_becomes_active(town: Town):
    keep_hours(town, town.centre, "Mo-Fr 14:00-18:00")
    officer = town.on_duty(town.centre)
    overstay(town)
    town.clock.set("13:59")
    town.sweep()
    assert officer.mine() == []
    town.clock.set("14:00")
    town.sweep()
    assert len(officer.mine()) == 1


def test_the_planner_is_woken_by_the_opening_of_a_zone_alone(town: Town):
    keep_hours(town, town.centre, "Mo-Fr 14:00-18:00")
    town.on_duty(town.centre)
    overstay(town)
    with town.session() as session:
        planning = session.get_one(Planning, town.id)
        assert planning.next_at == town.clock.set("14:00")


def test_an_event_that_is_called_off_lets_the_zone_rest(town: Town):
    day = town.supervisor.post("/event-days", {"name": "market", "day": "2026-06-29"}, 201)["id"]
    keep_hours(town, town.centre, "EV:market 08:00-18:00")
    officer = town.on_duty(town.centre)
    town.supervisor.delete(f"/event-days/{day}", 204)
    overstay(town)
    assert officer.mine() == []


def test_a_supervisor_may_send_somebody_all_the_same(town: Town):
    keep_hours(town, town.centre, "Mo-Fr 14:00-18:00")
    officer = town.on_duty(town.centre)
    overstay(town)
    [task] = town.tasks()
    town.supervisor.post(f"/tasks/{task['id']}/offer", {"shift_id": officer.shift["id"]})
    assert len(officer.mine()) == 1


def test_a_zone_of_no_times_sends_as_ever(town: Town):
    keep_hours(town, town.centre, SHOPS)
    keep_hours(town, town.centre, None)
    officer = town.on_duty(town.centre)
    overstay(town)
    assert len(officer.mine()) == 1
