"""Event days: what a bay allows on a match day."""

from ..builders import Council

MATCH = "Mo-Su 08:00-18:00; EV:match 08:00-22:00"


def test_on_a_match_day_the_hours_of_the_match_count(council: Council):
    zone = council.zone()
    council.supervisor.post("/event-days", {"name": "match", "day": "2026-06-29"}, 201)
    council.bay("B1", hours=MATCH, permitted_minutes=60)
    council.clock.set("18:30")
    officer = council.on_duty(zone)
    council.clock.set("19:30")
    council.reads(("B1", "occupied", "18:20"))
    council.sweep()
    (task,) = officer.mine()
    assert task["lawful_until"] == "2026-06-29T21:00:00Z"


def test_when_the_match_is_called_off_the_task_is_withdrawn(council: Council):
    council.zone()
    day = council.supervisor.post("/event-days", {"name": "match", "day": "2026-06-29"}, 201)
    council.bay("B1", hours=MATCH, permitted_minutes=60)
    council.clock.set("19:30")
    council.reads(("B1", "occupied", "18:20"))
    council.sweep()
    council.supervisor.delete(f"/event-days/{day['id']}", 204)
    council.sweep()
    assert [task["state"] for task in council.tasks("withdrawn")] == ["withdrawn"]


def test_hours_that_name_an_unknown_event_are_refused(council: Council):
    rule = {"bay_class": "paid", "hours": "EV:carnival 08:00-22:00", "permitted_minutes": 60, "code": "05"}
    refused = council.supervisor.post("/restrictions", rule, 422)
    assert "carnival" in refused["detail"]


def test_a_day_counts_once_and_its_name_is_one_that_hours_can_hold(council: Council):
    council.supervisor.post("/event-days", {"name": "market", "day": "2026-07-01"}, 201)
    council.supervisor.post("/event-days", {"name": "market", "day": "2026-07-01"}, 409)
    refused = council.supervisor.post("/event-days", {"name": "big match", "day": "2026-07-01"}, 422)
    assert refused["errors"][0]["pointer"] == "/name"
    assert [each["name"] for each in council.supervisor.get("/event-days")["items"]] == ["market"]
