"""Reading → stay: what sensor networks send, kept once and folded, however it comes."""

import copy
from dataclasses import fields
from datetime import timedelta
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError

from enforcement import pipeline
from enforcement.adapters.tables import BayState, ReadingRow, Sensor, StayRow
from enforcement.domain.readings import Assertion, Reading, State
from enforcement.domain.stays import Stay, fold
from enforcement.places.bays import add_bay
from enforcement.places.sensors import add_sensor, map_sensor

from ..adapters.test_chirpstack import STATUS, UP
from ..adapters.test_things_stack import SAMPLE
from ..builders import Council, Officer, at
from .scenes import Town, at_once, count, rows

DEBOUNCE = timedelta(seconds=30)
FATES = {"taken": 0, "repeated": 0, "late": 0, "unmapped": 0, "refused": []}


def stays_of(town: Town) -> list[dict[str, Any]]:
    return town.supervisor.get(f"/stays?bay={town.b1['id']}")["items"]


def bay_now(town: Town) -> str:
    return town.supervisor.get(f"/bays/{town.b1['id']}")["state"]


def test_a_batch_is_answered_item_by_item(town: Town):
    town.clock.set("12:00")
    answer = town.network.post(
        "/readings",
        {
            "readings": [
                {"sensor": "S-B1", "state": "occupied", "at": at("11:00").isoformat()},
                {"sensor": "S-B1", "state": "parked", "at": at("11:00").isoformat()},
                {"sensor": "S-B1", "state": "occupied", "at": at("11:00").isoformat()},
                {"sensor": "S-B1", "state": "free", "at": at("11:00", "2026-06-27").isoformat()},
                {"sensor": "NOBODY-S", "state": "free", "at": at("11:00").isoformat()},
            ]
        },
    )
    assert {**answer, "refused": None} == {
        "taken": 1,
        "repeated": 1,
        "late": 1,
        "unmapped": 1,
        "refused": None,
    }
    [refused] = answer["refused"]
    assert (refused["index"], refused["pointer"]) == (1, "/readings/1/state")


def test_the_same_reading_a_hundred_times_is_one_reading_and_one_stay(town: Town):
    item = {"sensor": "S-B1", "state": "occupied", "at": at("09:00").isoformat()}
    for _ in range(4):
        town.network.post("/readings", {"readings": [item] * 25})
    with town.session() as session:
        assert count(session, ReadingRow) == 1
        assert count(session, StayRow) == 1


def test_two_networks_that_send_the_same_batch_at_once_make_one_stay_of_each_car(town: Town):
    for name in ("B2", "B3"):
        town.bay(name)
    cars = [
        {"sensor": f"S-{bay}", "state": state, "at": at(f"08:{minute:02}").isoformat()}
        for bay in ("B1", "B2", "B3")
        for minute, state in enumerate(["occupied", "free", "occupied", "free", "occupied"] * 2, 10)
    ]
    machines = [town.with_key("readings:write") for _ in range(2)]
    for batch in (cars, cars[::-1]):
        answers = at_once(town.app, *(partial(m.post, "/readings", {"readings": batch}) for m in machines))
        assert sum(a["taken"] + a["repeated"] for a in answers) == 2 * len(cars)
    with town.session() as session:
        assert count(session, ReadingRow) == len(cars)
        told = {row.bay_id: [] for row in rows(session, StayRow)}
        for row in rows(session, StayRow, StayRow.superseded_at.is_(None)):
            told[row.bay_id].append(row.departed_at)
    assert [len(cars_) for cars_ in told.values()] == [5, 5, 5]
    assert [cars_.count(None) for cars_ in told.values()] == [1, 1, 1]


def test_networks_that_send_overlapping_batches_in_other_orders_never_stop_each_other(town: Town):
    bays = [f"N{i}" for i in range(8)]
    for bay in bays:
        town.bay(bay)
    machines = [town.with_key("readings:write") for _ in range(4)]

    def send(number: int) -> None:
        for turn in range(8):
            order = bays if (number + turn) % 2 else bays[::-1]
            minute = f"08:{number * 8 + turn:02}:{number:02}"
            items = [{"sensor": f"S-{b}", "state": "occupied", "at": at(minute).isoformat()} for b in order]
            assert machines[number].post("/readings", {"readings": items})["taken"] == len(bays)

    assert at_once(town.app, *(partial(send, number) for number in range(4))) == [None] * 4
    with town.session() as session:
        assert count(session, StayRow, StayRow.superseded_at.is_(None)) == len(bays)


reports = st.lists(
    st.builds(
        lambda seconds, state, since: Assertion(
            at("06:00") + timedelta(seconds=seconds),
            state,
            at("06:00") + timedelta(seconds=seconds - since) if state is State.OVER else None,
        ),
        st.integers(0, 600).map(lambda n: n * 10),
        st.sampled_from([State.OCCUPIED, State.OCCUPIED, State.FREE, State.FREE, State.OVER]),
        st.integers(0, 200).map(lambda n: n * 10),
    ),
    min_size=1,
    max_size=14,
)


@given(day=reports, chance=st.randoms(use_true_random=False))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
def test_a_days_stays_depend_on_what_was_reported_and_not_on_the_order_or_number_of_deliveries(
    town: Town, day: list[Assertion], chance: Any
):
    bay_id, sensor = another_bay(town)
    sent = day + chance.choices(day, k=len(day) // 2)
    chance.shuffle(sent)
    with town.session() as session:
        while sent:
            batch, sent = sent[: (size := chance.randint(1, 5))], sent[size:]
            pipeline.readings.take(session, [told(sensor, a) for a in batch], town.clock(), DEBOUNCE)
            session.commit()
            assert (
                count(session, StayRow, StayRow.bay_id == bay_id, *STANDING, StayRow.departed_at.is_(None))
                < 2
            )
        found = sorted(
            rows(session, StayRow, StayRow.bay_id == bay_id, *STANDING), key=attrgetter("arrived_at")
        )
        state = session.get(BayState, (town.id, bay_id))
    expected, _ = fold(day, DEBOUNCE)
    assert [facts_of(row) for row in found] == [facts_of(stay) for stay in expected]
    assert state.state == ("occupied" if expected and expected[-1].departed_at is None else "free")


STANDING = (StayRow.superseded_at.is_(None),)


def facts_of(stay: Stay | StayRow) -> dict[str, Any]:
    return {field.name: getattr(stay, field.name) for field in fields(Stay)}


def told(sensor: str, said: Assertion) -> Reading:
    return Reading("test", f"{sensor}:{said.state}@{said.since}", sensor, said.state, said.at, said.since)


def another_bay(town: Town) -> tuple[Any, str]:
    """Another bay with a sensor, by the pipeline's own steps: faster than by HTTP."""
    with town.session() as session:
        name = uuid4().hex[:8].upper()
        bay = add_bay(session, name, "Judd Street", 0.0, 51.5, None, town.clock())
        sensor = add_sensor(session, {"reference": f"S-{name}"}, town.clock())
        map_sensor(session, sensor, bay, town.clock(), town.clock())
        session.commit()
    return bay.id, sensor.reference


def test_two_bays_reports_that_cross_are_folded_each_in_its_own_order(town: Town):
    town.bay("B2")
    town.clock.set("12:00")
    town.reads(("B1", "free", "11:00"), ("B2", "occupied", "09:00"))
    town.reads(("B1", "occupied", "10:00"), ("B2", "free", "11:30"))
    [first] = stays_of(town)
    assert (first["arrived_at"], first["departed_at"]) == ("2026-06-29T09:00:00Z", "2026-06-29T10:00:00Z")


def test_an_unknown_sensors_readings_are_kept_and_listed_until_it_is_mapped(town: Town):
    town.clock.set("12:00")
    item = {"sensor": "s-new", "state": "occupied", "at": at("11:00").isoformat(), "model": "Nwave"}
    assert town.network.post("/readings", {"readings": [item]})["unmapped"] == 1
    town.network.post("/readings", {"readings": [{**item, "at": at("11:30").isoformat()}]})
    [listed] = town.supervisor.get("/sensors/unknown")["items"]
    assert (listed["reference"], listed["readings"], listed["model"]) == ("S-NEW", 2, "Nwave")
    town.bay("B9", sensor=False)
    town.supervisor.post("/sensors", {"reference": "S-NEW", "bay": "B9"})
    assert town.supervisor.get("/sensors/unknown")["items"] == []
    assert (
        town.network.post("/readings", {"readings": [{**item, "at": at("11:59").isoformat()}]})["taken"] == 1
    )
    with town.session() as session:
        assert count(session, ReadingRow) == 3


def test_a_things_stack_uplink_is_a_reading_of_the_bay(town: Town):
    town.supervisor.post(
        "/sensors", {"reference": "70B3D57ED0051A2B", "bay": "B1", "model": "bosch/parking-lot-sensor"}
    )
    town.clock.set("11:13")
    assert town.network.post("/webhooks/things-stack", SAMPLE) == {**FATES, "taken": 1}
    assert town.network.post("/webhooks/things-stack", SAMPLE) == {**FATES, "repeated": 1}
    assert bay_now(town) == "occupied"


def test_other_messages_of_the_things_stack_are_no_readings(town: Town):
    joined = {name: SAMPLE[name] for name in ("end_device_ids", "received_at")} | {"join_accept": {}}
    town.clock.set("11:13")
    assert town.network.post("/webhooks/things-stack", joined) == FATES


def test_a_chirpstack_uplink_is_a_reading_and_its_status_tells_of_the_device(town: Town):
    sensor = town.supervisor.post(
        "/sensors", {"reference": "70b3d57ed0051a2b", "bay": "B1", "model": "TPS110"}
    )
    town.clock.set("11:13")
    assert town.network.post("/webhooks/chirpstack?event=up", UP) == {**FATES, "taken": 1}
    assert town.network.post("/webhooks/chirpstack?event=status", STATUS) == {**FATES, "taken": 1}
    with town.session() as session:
        row = session.get(Sensor, (town.id, sensor["id"]))
    assert row.health["battery_percent"] == pytest.approx(87.4)
    assert row.last_heard_at.isoformat() == "2026-06-29T10:12:20+00:00"
    assert bay_now(town) == "occupied"


def test_a_start_up_frame_moves_nothing(town: Town):
    town.supervisor.post("/sensors", {"reference": "70B3D57ED0051A2B", "bay": "B1", "model": "TPS110"})
    town.clock.set("11:13")
    started = copy.deepcopy(SAMPLE)
    started["uplink_message"] |= {
        "f_port": 3,
        "f_cnt": 1,
        "decoded_payload": {"occupied": True, "type": "startup"},
    }
    assert town.network.post("/webhooks/things-stack", started)["taken"] == 1
    assert stays_of(town) == []
    with town.session() as session:
        [kept] = rows(session, ReadingRow)
    assert (kept.state, kept.folded) == ("device", False)


def test_a_report_more_than_a_day_late_is_kept_and_changes_no_stay(town: Town):
    town.clock.set("12:00")
    town.reads(("B1", "occupied", "11:00"))
    late = {"sensor": "S-B1", "state": "free", "at": at("11:59", "2026-06-28").isoformat()}
    assert town.network.post("/readings", {"readings": [late]})["late"] == 1
    in_time = {**late, "at": at("12:01", "2026-06-28").isoformat()}
    assert town.network.post("/readings", {"readings": [in_time]})["taken"] == 1
    [stay] = stays_of(town)
    assert stay["arrived_after"] == "2026-06-28T11:01:00Z"
    items = town.supervisor.get(f"/readings?bay={town.b1['id']}")["items"]
    assert [each["fate"] for each in items] == ["taken", "late", "taken"]
    [shown] = town.supervisor.get("/readings?late=true")["items"]
    assert (shown["event_at"], shown["folded"]) == ("2026-06-28T10:59:00Z", False)
    assert 'openpatrol_readings_total{fate="late"}' in town.app.test_client().get("/metrics").text


def test_what_a_device_tells_of_itself_is_kept_from_its_newest_report(town: Town):
    town.clock.set("12:00")
    for minute, percent in (("11:30", 80), ("11:00", 90)):
        item = {"sensor": "S-B1", "state": "free", "at": at(minute).isoformat(), "battery_percent": percent}
        town.network.post("/readings", {"readings": [item]})
    with town.session() as session:
        [sensor] = rows(session, Sensor)
    assert sensor.health["battery_percent"] == 80
    assert sensor.last_heard_at == at("11:30")


def test_a_late_report_supersedes_a_stay_and_deletes_none(town: Town):
    town.clock.set("12:00")
    town.reads(("B1", "occupied", "10:00"), ("B1", "free", "10:05"), ("B1", "occupied", "10:06"))
    town.reads(("B1", "free", "09:59"), ("B1", "occupied", "10:05:10"))
    told_of = stays_of(town)
    assert len(told_of) == 2
    [standing] = [stay for stay in told_of if not stay["superseded_at"]]
    assert (standing["possible_swap"], standing["departed_at"]) == (True, None)
    assert standing["counted_from"] == "2026-06-29T09:05:10Z"


def test_a_late_report_lets_the_stay_that_has_a_task_keep_its_id(town: Town):
    town.clock.set("12:00")
    town.reads(("B1", "occupied", "09:00"))
    town.sweep()
    [task] = town.tasks()
    town.reads(("B1", "occupied", "08:00"), ("B1", "free", "08:30"))
    town.sweep()
    assert [each["id"] for each in town.tasks()] == [task["id"]]
    assert task["stay_id"] in [stay["id"] for stay in stays_of(town) if not stay["superseded_at"]]


def test_a_late_report_that_joins_a_car_to_the_one_that_left_just_before_lets_the_task_keep_its_stay(
    town: Town, officer: Officer
):
    town.clock.set("12:05")
    town.reads(("B1", "occupied", "09:00"), ("B1", "free", "10:00"), ("B1", "occupied", "10:00:40"))
    town.sweep()
    [task] = officer.mine()
    town.reads(("B1", "occupied", "10:00:30"))  # free for no longer than the debounce time
    town.sweep()
    [standing] = [stay for stay in stays_of(town) if not stay["superseded_at"]]
    assert (standing["id"], standing["possible_swap"]) == (task["stay_id"], True)
    assert [each["id"] for each in officer.mine()] == [task["id"]]


def test_what_a_sensor_said_before_it_was_mapped_counts_for_its_bay(council: Council):
    bay = council.bay("B9", sensor=False)
    assert council.reads(("B9", "occupied", "08:10"), ("B9", "free", "08:40"), ("B9", "occupied", "08:50"))
    assert council.supervisor.get(f"/bays/{bay['id']}")["state"] == "unknown"
    council.supervisor.post("/sensors", {"reference": "S-B9", "bay": "B9"}, 201)
    assert council.supervisor.get(f"/bays/{bay['id']}")["state"] == "occupied"
    stays = council.supervisor.get(f"/stays?bay={bay['id']}")["items"]
    assert sorted(stay["arrived_at"] for stay in stays) == ["2026-06-29T07:10:00Z", "2026-06-29T07:50:00Z"]


def test_a_deadlock_is_ours_to_try_again(council: Council, monkeypatch: pytest.MonkeyPatch):
    council.bay("B1")
    faults = [OperationalError("INSERT", {}, DeadlockDetected())]
    take = pipeline.readings.take

    def once_in_a_deadlock(*args: Any) -> Any:
        if faults:
            raise faults.pop()
        return take(*args)

    monkeypatch.setattr(pipeline.readings, "take", once_in_a_deadlock)
    assert council.reads(("B1", "occupied", "09:00"))["taken"] == 1


def test_an_eui_is_the_same_device_with_and_without_separators(council: Council):
    bay = council.bay("B1", sensor=False)
    council.supervisor.post("/sensors", {"reference": "70b3d57ed0051a2b", "bay": "B1"}, 201)
    item = {"sensor": "70-B3-D5-7E-D0-05-1A-2B", "state": "occupied", "at": at("09:00").isoformat()}
    assert council.network.post("/readings", {"readings": [item]})["taken"] == 1
    assert council.supervisor.get(f"/bays/{bay['id']}")["state"] == "occupied"
