"""Two who want the same things at the same moment wait for each other in line, never in a circle.

Each test holds a lock as one step of the line does, lets another step run into it, and then takes the next
lock of the first: PostgreSQL would end one of them with "deadlock detected".
"""

import json
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from shapely import box
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from enforcement import jobs, pipeline
from enforcement.adapters.tables import Assignment, Bay, Shift, StayRow, Task
from enforcement.domain.dispatch import Proposal
from enforcement.pipeline.rules import rules_of
from enforcement.places import bay_files, sensor_files
from enforcement.places.restrictions import look_again
from enforcement.places.sensors import change_sensor
from enforcement.places.zones import Drawn, add_zone

from .. import waiting
from ..builders import HOME, Officer, PlannerHere, workshop
from .scenes import Town, accepted, arrived, count, overstay, rows, task_of


def running(town: Town, session: Session, step: Callable[[], Any]) -> AbstractContextManager[Future[Any]]:
    """The step in a thread of its own, by now waiting for what `session` holds."""

    def run() -> Any:
        with town.app.app_context():
            return step()

    return waiting.running(run, partial(waits_for, session))


def waits_for(session: Session) -> bool:
    blocked = text("SELECT count(*) FROM pg_locks w WHERE pg_backend_pid() = ANY(pg_blocking_pids(w.pid))")
    return bool(session.scalar(blocked))


def hold(session: Session, table: Any) -> Any:
    """Lock the council's only row of this table."""
    ours = select(table).where(table.authority_id == session.info["authority_id"])
    return session.scalars(ours.with_for_update()).one()


def test_arriving_by_position_while_the_sweep_looks_at_the_car(town: Town, officer: Officer):
    accepted(town, officer)
    town.clock.forward(seconds=10)
    officer.stand(lon=HOME[0], lat=HOME[1], clock=town.clock)
    town.clock.forward(seconds=10)
    with town.session() as sweep:
        hold(sweep, StayRow)
        with running(
            town, sweep, lambda: officer.stand(lon=HOME[0], lat=HOME[1], clock=town.clock)
        ) as arrival:
            hold(sweep, Task)
            sweep.commit()
            assert arrival.result()["arrived_task"]["state"] == "arrived"


@pytest.mark.parametrize("state", ["break", "available"])
def test_changing_what_one_does_while_a_step_on_the_task_is_under_way(
    town: Town, officer: Officer, state: str
):
    overstay(town)
    with town.session() as visit:
        hold(visit, StayRow)
        hold(visit, Task)
        with running(town, visit, lambda: change(town, officer, state)) as changing:
            hold(visit, Shift)
            pipeline.tasks.want_plan(visit, town.clock())
            visit.commit()
            assert changing.result()["state"] == state


def change(town: Town, officer: Officer, state: str) -> Any:
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "state": state}
    return officer.phone.post(f"/shifts/{officer.shift['id']}/state", step)


def test_a_sweep_of_missed_offers_while_an_officer_declines_one(town: Town):
    town.bay("B2")
    officers = [town.on_duty(town.centre) for _ in range(2)]
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"), ("B2", "occupied", "09:00"))
    town.sweep()
    assert [len(officer.mine()) for officer in officers] == [1, 1]
    town.clock.forward(seconds=61)
    shop = workshop(town.clock)
    with town.session() as decline:
        later = rows(decline, Task)[-1]
        pipeline.tasks.lock(decline, later.id)
        with running(town, decline, lambda: jobs.SWEPT["offers"](shop, town.id)) as missing:
            pipeline.tasks.want_plan(decline, town.clock())
            decline.commit()
            assert missing.result() == 2


def test_a_shift_ends_while_what_its_officer_raised_is_being_recorded(town: Town, officer: Officer):
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "01"}
    for _ in range(2):
        found = officer.phone.post("/found", said | {"id": str(uuid4()), "bay_id": town.b1["id"]}, 201)
    with town.session() as sighting:
        pipeline.tasks.lock_with_stay(sighting, found["id"])
        release = f"/shifts/{officer.shift['id']}/release"
        with running(town, sighting, lambda: town.supervisor.post(release)) as ending:
            hold(sighting, Shift)
            sighting.commit()
            assert ending.result()["state"] == "ended"
    assert task_of(town, found)["state"] == "withdrawn"


def test_an_officer_raises_a_car_while_the_sweep_looks_at_it(town: Town, officer: Officer):
    task = overstay(town)
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "30"}
    with town.session() as sweep:
        hold(sweep, StayRow)
        sent = said | {"bay_id": town.b1["id"]}
        with running(town, sweep, lambda: officer.phone.post("/found", sent, 201)) as raised:
            hold(sweep, Task)
            pipeline.tasks.want_plan(sweep, town.clock())
            sweep.commit()
            assert raised.result()["state"] == "arrived"
    assert task_of(town, task)["state"] == "withdrawn"


def test_a_plan_that_is_out_of_date_while_an_officer_accepts(town: Town):
    """The plan would send two officers; one of them has the other's task by now and is saying yes to it."""
    town.bay("B2")
    first, second = [town.on_duty(town.centre, name=name) for name in ("First", "Second")]
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"), ("B2", "occupied", "09:00"))
    shop = workshop(town.clock)
    jobs.SWEPT["stays"](shop, town.id)
    with town.session() as session:
        [one, two] = rows(session, Task)
        problem = pipeline.planning.load_problem(session, town.clock())
    town.supervisor.post(f"/tasks/{two.id}/offer", {"shift_id": first.shift["id"]})
    pairs = ((first, one), (second, two))
    proposals = [Proposal(officer.shift["id"], task.id, 1.0, 1.0, 1.0, "") for officer, task in pairs]
    plan = PlannerHere().plan([], [], None, town.clock(), None)
    plan.proposals.extend(proposals)
    with town.session() as accept:
        pipeline.tasks.lock(accept, two.id)
        with running(town, accept, lambda: apply(town, problem, plan)) as planning:
            pipeline.shifts.find(accept, first.shift["id"], lock=True)
            accept.commit()
            assert planning.result() == 0


def apply(town: Town, problem: Any, plan: Any) -> int:
    with town.session() as session:
        policy = rules_of(session, town.clock()).policy
        made = pipeline.planning.apply_plan(session, problem, plan, policy, town.clock())
        session.commit()
    return made


def test_an_offer_made_at_the_moment_when_its_officer_goes_home_goes_to_somebody_else(
    town: Town, officer: Officer
):
    change(town, officer, "with_public")
    task = overstay(town)
    change(town, officer, "available")
    with town.session() as offer:
        policy = rules_of(offer, town.clock()).policy
        proposal = Proposal(officer.shift["id"], task["id"], 1.0, 1.0, 1.0, "nearest")
        assert pipeline.offers.offer_all(offer, [proposal], policy, town.clock())
        offer.flush()
        release = f"/shifts/{officer.shift['id']}/release"
        with running(town, offer, lambda: town.supervisor.post(release)) as ending:
            offer.commit()
            assert ending.result()["ended_at"]
    assert task_of(town, task)["state"] == "waiting"
    with town.session() as session:
        assert count(session, Assignment, Assignment.state != "ended") == 0


def file_of_b1(town: Town, **said: Any) -> bytes:
    point = {"type": "Point", "coordinates": [town.b1["lon"], town.b1["lat"]]}
    properties = {"reference": "B1", "street": town.b1["street"], **said}
    bay = {"type": "Feature", "geometry": point, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [bay]}).encode()


def test_a_task_is_raised_while_its_bay_is_in_a_file_that_is_coming_in(town: Town, officer: Officer):
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    with town.session() as desk:
        calendar = rules_of(desk, town.clock()).calendar
        bay_files.bays(desk, file_of_b1(town, street="Renamed Street"), calendar, town.clock(), "person:desk")
        with running(town, desk, town.sweep):
            look_again(desk, [UUID(town.b1["id"])], town.clock())
            desk.commit()
    assert officer.mine()[0]["bay"]["street"] == "Renamed Street"


def test_readings_come_in_while_a_file_of_sensors_does(town: Town, monkeypatch: pytest.MonkeyPatch):
    """Between its first sensor, which is changed, and its second, which moves, both are heard."""
    for bay in ("B2", "B3"):
        town.bay(bay, sensor=bay == "B2")
    town.network.post("/readings", {"readings": []})  # its key is in use already
    body = b"reference,bay,heartbeat_minutes\nS-B1,B1,77\nS-B2,B3,77\n"
    with town.session() as desk, ExitStack() as meanwhile:
        desk.execute(text("SET LOCAL lock_timeout = '500ms'"))  # before PostgreSQL looks for circles
        batch: list[Future[Any]] = []

        def heard_after(*given: Any) -> Any:
            changed = change_sensor(*given)
            if not batch:
                both = partial(town.reads, ("B1", "occupied", "09:00"), ("B2", "occupied", "09:00"))
                batch.append(meanwhile.enter_context(running(town, desk, both)))
            return changed

        monkeypatch.setattr(sensor_files, "change_sensor", heard_after)
        sensor_files.sensors(desk, body, town.clock(), "person:desk", settle=desk.commit)
        assert batch[0].result()["taken"] == 2


def test_signs_are_found_defective_while_the_desk_changes_the_bay(town: Town, officer: Officer):
    task = arrived(town, officer)
    with town.session() as desk:
        desk.refresh(rows(desk, Bay)[0], with_for_update={"key_share": True})
        with running(town, desk, lambda: officer.step(task, "outcome", outcome="signs_defective")) as visit:
            look_again(desk, [UUID(town.b1["id"])], town.clock())
            desk.commit()
            assert visit.result()["state"] == "closed"


def test_a_task_is_taken_out_of_a_hand_while_somebody_withdraws_it(town: Town, officer: Officer):
    task = accepted(town, officer)
    body = {"shift_id": officer.shift["id"]}
    with town.session() as withdrawal:
        hold(withdrawal, StayRow)
        back = f"/tasks/{task['id']}/take-back"
        with running(town, withdrawal, lambda: town.supervisor.post(back, body)) as taking:
            hold(withdrawal, Task)
            withdrawal.commit()
            assert taking.result()["state"] == "waiting"


def test_a_call_for_help_that_is_sent_again_as_it_is_taken_back_raises_no_second_alarm(
    town: Town, officer: Officer
):
    call = {"id": str(uuid4())}
    alarm = officer.phone.post("/sos", call)["id"]
    with town.session() as taking_back:
        pipeline.sos.take_back(taking_back, UUID(alarm), UUID(officer.id), town.clock())
        with running(town, taking_back, lambda: officer.phone.post("/sos", call)) as again:
            taking_back.commit()
            assert again.result()["id"] == alarm
    assert town.supervisor.get("/alerts")["items"] == []


def test_what_an_officer_raised_is_withdrawn_while_a_plan_is_made(town: Town, officer: Officer):
    said = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "code": "01"}
    found = officer.phone.post("/found", said | {"bay_id": town.b1["id"]}, 201)
    withdraw = f"/tasks/{found['id']}/withdraw"
    with town.session() as plan:
        hold(plan, Shift)
        with running(town, plan, lambda: town.supervisor.post(withdraw, {"why": "By mistake"})) as withdrawal:
            pipeline.tasks.want_plan(plan, town.clock())
            plan.commit()
            assert withdrawal.result()["state"] == "withdrawn"


def test_a_bay_that_is_moved_while_a_zone_is_drawn_around_its_new_place_lies_in_it(town: Town):
    lon, lat = HOME[0] + 0.1, HOME[1]
    place = {"lon": lon, "lat": lat}
    with town.session() as desk:
        drawn = Drawn("Afar", "#005a5b", box(lon - 0.001, lat - 0.001, lon + 0.001, lat + 0.001))
        add_zone(desk, drawn, "person:desk", town.clock())
        moved = partial(town.supervisor.call, "PATCH", f"/bays/{town.b1['id']}", place)
        with running(town, desk, moved):
            desk.commit()
    assert {zone["name"]: zone["bays"] for zone in town.supervisor.get("/zones")["items"]}["Afar"] == 1
