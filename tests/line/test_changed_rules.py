"""A bay's restriction changes while a car stands there: it is judged by what was in force when its clock started."""

from ..builders import at
from .scenes import Town


def put_in_force(town: Town, minutes: int, since: str) -> None:
    rule = {"bay_class": "limited-waiting", "hours": "24/7", "permitted_minutes": minutes, "code": "30"}
    restriction = town.supervisor.post("/restrictions", rule)["id"]
    body = {"restriction_id": restriction, "valid_from": at(since).isoformat()}
    town.supervisor.post(f"/bays/{town.b1['id']}/restrictions", body)


def over_at(town: Town, clock: str) -> list[str]:
    """From when the open tasks say that their cars are over."""
    town.clock.set(clock)
    town.sweep()
    return [task["overstay_from"] for task in town.tasks()]


def test_a_stricter_rule_from_now_on_is_for_the_next_car(town: Town):
    town.clock.set("10:00")
    town.reads(("B1", "occupied", "09:00"))
    put_in_force(town, 30, since="10:00")
    assert over_at(town, "10:59") == []
    assert over_at(town, "11:00") == ["2026-06-29T10:00:00Z"]
    town.clock.set("11:20")
    town.reads(("B1", "free", "11:05"), ("B1", "occupied", "11:10"))
    assert over_at(town, "11:39") == []
    assert over_at(town, "11:40") == ["2026-06-29T10:40:00Z"]


def test_a_late_report_is_judged_by_the_rule_of_its_time(town: Town):
    put_in_force(town, 30, since="10:00")
    town.clock.set("10:50")
    town.reads(("B1", "occupied", "10:10"))
    assert over_at(town, "10:50") == ["2026-06-29T09:40:00Z"]
    town.reads(("B1", "occupied", "09:50"))  # it had come before the stricter rule
    assert over_at(town, "10:51") == []
    assert over_at(town, "11:50") == ["2026-06-29T10:50:00Z"]


def test_a_rule_that_was_entered_wrongly_is_put_right_for_the_car_that_is_there(town: Town):
    town.reads(("B1", "occupied", "09:00"))
    put_in_force(town, 30, since="08:00")
    assert over_at(town, "09:30") == ["2026-06-29T08:30:00Z"]
