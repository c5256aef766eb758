"""Sensors that lie elsewhere than we thought: their readings go to the bay where they lay at the time."""

from contextlib import ExitStack
from functools import partial
from itertools import cycle
from typing import Any

import pytest
from sqlalchemy.orm import Session

from enforcement import pipeline
from enforcement.adapters.tables import Bay, ReadingRow, Sensor, Task
from enforcement.places.sensors import add_sensor, map_sensor

from ..builders import Officer, at
from .scenes import Town, arrived, at_once, overstay, rows, task_of
from .test_locks import running


@pytest.fixture
def b2(town: Town) -> dict[str, Any]:
    """A second two-hour bay, without a sensor."""
    return town.bay("B2", sensor=False)


def sensor_of(town: Town, reference: str = "S-B1") -> str:
    return next(s["id"] for s in town.supervisor.get("/sensors")["items"] if s["reference"] == reference)


def remap(town: Town, bay: dict[str, Any] | None, since: str | None, sensor: str | None = None) -> Any:
    body = {"bay_id": bay and bay["id"], "valid_from": since and at(since).isoformat()}
    return town.supervisor.post(f"/sensors/{sensor or sensor_of(town)}/bay", body, 200)


def cars(town: Town, bay: dict[str, Any]) -> list[tuple[str, str | None]]:
    """The stays that stand at a bay, as (arrived, departed) in London's time."""
    stays = town.supervisor.get(f"/stays?bay={bay['id']}")["items"]
    standing = [stay for stay in stays if not stay["superseded_at"]]
    return sorted((london(s["arrived_at"]), s["departed_at"] and london(s["departed_at"])) for s in standing)


def london(time: str) -> str:
    return f"{int(time[11:13]) + 1:02}:{time[14:16]}"


def state(town: Town, bay: dict[str, Any]) -> str:
    return town.supervisor.get(f"/bays/{bay['id']}")["state"]


def test_a_mapping_that_began_earlier_moves_the_readings_since_then(town: Town, b2: dict[str, Any]):
    town.clock.set("12:00")
    town.reads(("B1", "occupied", "09:00"), ("B1", "free", "10:00"), ("B1", "occupied", "10:30"))
    remap(town, b2, "10:15")
    assert cars(town, town.b1) == [("09:00", "10:00")]
    assert cars(town, b2) == [("10:30", None)]
    town.sweep()
    assert (state(town, town.b1), state(town, b2)) == ("unknown", "occupied")


def test_a_mapping_that_was_wrong_from_the_beginning_takes_everything_along(town: Town, b2: dict[str, Any]):
    town.clock.set("12:00")
    town.reads(("B1", "occupied", "09:00"), ("B1", "free", "10:00"))
    remap(town, b2, "00:00")
    assert (cars(town, town.b1), cars(town, b2)) == ([], [("09:00", "10:00")])


def test_moved_there_and_back_a_stay_is_what_it_was(town: Town, b2: dict[str, Any]):
    task = overstay(town)
    remap(town, b2, "00:00")
    town.sweep()
    assert [each["bay"]["reference"] for each in town.tasks()] == ["B2"]
    assert task_of(town, task)["state"] == "withdrawn"
    remap(town, town.b1, "00:00")
    town.sweep()
    [again] = town.tasks()
    assert (again["id"], again["stay_id"]) == (task["id"], task["stay_id"])
    assert town.journal(task["id"])[-1] == "task.revive"


def test_an_outcome_stays_with_its_task_when_the_readings_move_away(
    town: Town, b2: dict[str, Any], officer: Officer
):
    closed = officer.step(arrived(town, officer), "outcome", outcome="within_time")
    remap(town, b2, "00:00")
    town.sweep()
    kept = task_of(town, closed)
    assert (kept["state"], kept["outcome"]) == ("closed", "within_time")


def test_two_sensors_that_were_mixed_up_are_put_right_one_after_the_other(town: Town):
    b2 = town.bay("B2")
    town.clock.set("12:00")
    town.reads(("B1", "occupied", "09:00"), ("B2", "occupied", "10:00"), ("B2", "free", "11:00"))
    first, second = sensor_of(town), sensor_of(town, "S-B2")
    remap(town, b2, "00:00", first)
    remap(town, town.b1, "00:00", second)
    assert (cars(town, town.b1), cars(town, b2)) == ([("10:00", "11:00")], [("09:00", None)])


def test_a_late_report_counts_for_the_bay_where_its_sensor_lay_at_the_time(town: Town, b2: dict[str, Any]):
    town.clock.set("11:00")
    remap(town, b2, None)
    town.clock.set("12:00")
    town.reads(("B1", "occupied", "10:00"), ("B1", "free", "10:30"), ("B1", "occupied", "11:30"))
    assert (cars(town, town.b1), cars(town, b2)) == ([("10:00", "10:30")], [("11:30", None)])


def test_a_late_report_from_before_a_sensor_was_retired_counts_for_its_bay(town: Town):
    town.clock.set("11:00")
    town.supervisor.patch(f"/sensors/{sensor_of(town)}", {"retired": True})
    town.clock.set("12:00")
    answer = town.reads(("B1", "occupied", "10:00"), ("B1", "free", "11:30"))
    assert (answer["taken"], answer["unmapped"]) == (1, 1)
    assert cars(town, town.b1) == [("10:00", None)]


def test_readings_older_than_the_window_stay_where_they_were_folded(town: Town, b2: dict[str, Any]):
    town.clock.set("12:00")
    town.reads(("B1", "occupied", "09:00"), ("B1", "free", "10:00"))
    town.clock.set("11:00", "2026-06-30")
    town.network.post("/readings", {"readings": [item("free", "10:00", "2026-06-30")]})
    remap(town, b2, "00:00")
    assert cars(town, town.b1) == [("09:00", "10:00")]
    assert (cars(town, b2), state(town, b2)) == ([], "free")


def item(said: str, clock: str, day: str = "2026-06-29") -> dict[str, Any]:
    return {"sensor": "S-B1", "state": said, "at": at(clock, day).isoformat()}


def test_a_sensor_that_lay_nowhere_finds_its_bay_afterwards(town: Town, b2: dict[str, Any]):
    remap(town, None, "00:00")
    town.clock.set("12:00")
    assert town.reads(("B1", "occupied", "10:00"))["unmapped"] == 1
    remap(town, b2, "09:30")
    assert (cars(town, town.b1), cars(town, b2)) == ([], [("10:00", None)])


def test_a_reading_on_its_way_in_while_its_sensor_is_mapped_anew_reaches_the_new_bay(
    town: Town, b2: dict[str, Any]
):
    """The mapping is changed and not committed yet; the reading has been looked up by the old one."""
    town.network.post("/readings", {"readings": []})  # its key is in use already
    with town.session() as session:
        [sensor] = rows(session, Sensor)
        bay = session.get_one(Bay, (town.id, b2["id"]))
        map_sensor(session, sensor, bay, at("08:00"), town.clock())
        with running(town, session, partial(town.reads, ("B1", "occupied", "08:30"))) as reading:
            session.commit()
            assert reading.result()["taken"] == 1
    assert (cars(town, town.b1), cars(town, b2)) == ([], [("08:30", None)])


def test_an_unknown_sensors_reading_on_its_way_in_while_the_sensor_is_added_finds_its_bay(
    town: Town, b2: dict[str, Any]
):
    town.network.post("/readings", {"readings": []})
    with town.session() as session:
        sensor = add_sensor(session, {"reference": "S-B2"}, town.clock())
        bay = session.get_one(Bay, (town.id, b2["id"]))
        map_sensor(session, sensor, bay, at("08:00"), town.clock())
        with running(town, session, partial(town.reads, ("B2", "occupied", "08:30"))) as reading:
            session.commit()
            assert reading.result()["taken"] == 1
    assert cars(town, b2) == [("08:30", None)]


def test_a_reading_is_taken_however_often_its_sensor_is_mapped_anew_meanwhile(
    town: Town, b2: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    """Each time that it has been looked up, somebody maps the sensor: to and fro."""
    town.clock.set("12:00")
    sensor, places, fold = sensor_of(town), cycle([b2, town.b1]), pipeline.stays.fold_bays
    with ExitStack() as meanwhile:

        def mapped_before(session: Session, *news: Any) -> None:
            mapping = partial(remap, town, next(places), "08:00", sensor)
            meanwhile.enter_context(running(town, session, mapping))
            fold(session, *news)

        monkeypatch.setattr(pipeline.stays, "fold_bays", mapped_before)
        assert town.reads(("B1", "occupied", "09:00"))["taken"] == 1
    assert (cars(town, town.b1), cars(town, b2)) == ([("09:00", None)], [])


def test_readings_and_mappings_at_once_end_with_every_reading_where_it_belongs(
    town: Town, b2: dict[str, Any]
):
    """One supervisor moves the sensor to and fro while its network reports."""
    sensor = sensor_of(town)
    machine = town.with_key("readings:write")
    town.supervisor.get("/bays")
    town.clock.set("12:00")

    def move() -> None:
        for bay in (b2, town.b1) * 4:
            remap(town, bay, "00:00", sensor)

    def report() -> None:
        for minute in range(30):
            said = "free" if minute % 3 == 2 else "occupied"
            machine.post("/readings", {"readings": [item(said, f"10:{minute:02}")]})

    assert at_once(town.app, move, report) == [None, None]
    with town.session() as session:
        kept = rows(session, ReadingRow)
        assert len(kept) == 30
        assert {str(row.bay_id) for row in kept} == {town.b1["id"]}
    assert cars(town, b2) == []
    expected = [(f"10:{m:02}", f"10:{m + 2:02}") for m in range(0, 30, 3)]
    assert cars(town, town.b1) == expected


def test_a_restriction_put_right_brings_its_task_back(town: Town):
    task = overstay(town)
    old, longer = (
        town.supervisor.post(
            "/restrictions",
            {"bay_class": "limited-waiting", "hours": "24/7", "permitted_minutes": minutes, "code": "30"},
        )["id"]
        for minutes in (120, 180)
    )
    for rule, tasks in ((longer, []), (old, [task["id"]])):
        body = {"restriction_id": rule, "valid_from": at("08:00").isoformat()}
        town.supervisor.post(f"/bays/{town.b1['id']}/restrictions", body)
        town.sweep()
        assert [each["id"] for each in town.tasks()] == tasks
    with town.session() as session:
        assert len(rows(session, Task)) == 1
