"""The demo on a real server of its own: sensors that report over HTTP, and officers who answer."""

import json
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Thread

import psutil
import pytest

from enforcement.config import Clock
from enforcement.simulation import own_database
from enforcement.simulation.borough import COUNTRY, SLUG, SUBDIVISION, TIME_ZONE, borough
from enforcement.simulation.client import ApiClient
from enforcement.simulation.pace import Pace
from enforcement.simulation.sensor_network import SensorNetwork, states_of
from enforcement.simulation.stack import Stack
from enforcement.simulation.verdicts import demo_verdict
from enforcement.simulation.walkers import Habits, Walker

from ..builders import PASSWORD
from ..stacks import found

CLOCK = Clock(datetime(2026, 6, 29, 9, tzinfo=UTC), 120.0, time.time())
HABITS = Habits(real_poll=0.1, real_step=0.1, looks_for=(20.0, 40.0))
ADMINISTRATOR = "ada@camford.example"


@dataclass(frozen=True)
class Town:
    """Camford with its people, its sensors' key, and a desk to look on from."""

    stack: Stack
    desk: ApiClient
    key: str

    def network(self, pace):
        return SensorNetwork(ApiClient(self.stack.url, key=self.key), borough(), pace, Random(1))


@pytest.fixture(scope="module")
def town(database_server):
    with Stack(durable=False) as stack:
        stack.serve(CLOCK)
        found(stack, SLUG, ADMINISTRATOR, (TIME_ZONE, COUNTRY, SUBDIVISION))
        desk = ApiClient(stack.url)
        desk.sign_in(ADMINISTRATOR, PASSWORD)
        camford = borough()
        desk.post_text("/import/bays", json.dumps(camford.bays_geojson), "application/geo+json")
        desk.post_text("/import/zones", json.dumps(camford.zones_geojson), "application/geo+json")
        desk.post_text("/import/sensors", camford.sensors_csv, "text/csv")
        scopes = ["readings:write", "places:read"]
        yield Town(stack, desk, desk.post("/keys", {"name": "sensors", "scopes": scopes})["key"])


@contextmanager
def at_work(*works, pace):
    """These run beside the test, and are over when it goes on."""
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        pace.stop.set()
        for thread in threads:
            thread.join(30)
    assert not any(thread.is_alive() for thread in threads)


def wait_for(look, seconds=40.0):
    give_up_at = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < give_up_at, "it did not happen"
        time.sleep(0.1)
    return found


def test_a_first_start_tells_of_the_hours_before_so_that_a_task_is_there_at_once(town):
    pace = Pace(CLOCK)
    with at_work(town.network(pace).run, pace=pace):
        wait_for(lambda: town.desk.get("/tasks", state="open")["items"])
        assert "occupied" in states_of(town.desk).values()
    assert not town.desk.get("/sensors/unknown")["items"]


def test_a_network_that_starts_again_goes_on_and_does_not_tell_the_past_anew(town):
    before = {stay["id"] for stay in town.desk.every("/stays")}
    restarted = CLOCK()
    pace = Pace(CLOCK)
    with at_work(town.network(pace).run, pace=pace):
        new = wait_for(lambda: [stay for stay in town.desk.every("/stays") if stay["id"] not in before])
    assert all(datetime.fromisoformat(stay["arrived_at"]) >= restarted for stay in new)


def test_an_officer_goes_on_duty_accepts_walks_and_closes_a_visit(town):
    pace = Pace(CLOCK)
    person = {"email": "olu@camford.example", "name": "Olu", "role": "officer", "password": PASSWORD}
    now = CLOCK()
    town.desk.post(
        "/shifts",
        {
            "officer_id": town.desk.post("/people", person)["id"],
            "zones": [zone["id"] for zone in town.desk.all_of("/zones")],
            "planned_from": now.isoformat(),
            "planned_to": (now + timedelta(hours=12)).isoformat(),
        },
    )
    phone = ApiClient(town.stack.url)
    phone.sign_in(person["email"], PASSWORD)
    beat = [bay.at for bay in borough().bays]
    olu = Walker(phone, pace, Random(1), demo_verdict(Random(1)), beat[0], habits=HABITS, beat=beat)
    with at_work(town.network(pace).run, olu.run, pace=pace):
        closed = wait_for(lambda: town.desk.get("/tasks", state="closed")["items"])
    assert closed[0]["officer"]["name"] == "Olu"
    assert closed[0]["outcome"]


def test_nothing_is_left_of_a_stack_that_a_fault_ended(monkeypatch):
    monkeypatch.setattr(own_database, "find_model", None)  # as outside of tests: it makes its tables itself
    stack, children = Stack(durable=False), []
    with pytest.raises(RuntimeError, match="a fault"):
        _start_and_fail(stack, children)
    assert not stack.folder.exists()
    assert len(children) == 2
    wait_for(lambda: not any(_runs(child) for child in children))


def _start_and_fail(stack, children):
    with stack:
        stack.serve(Clock())
        children += [child.pid for child in stack._children.values()]
        assert all(_runs(child) for child in children)
        raise RuntimeError("a fault")


def _runs(child):
    """Is anyone of its process group still there? Whom nobody has fetched yet (a zombie) is not."""
    here = (each for each in psutil.process_iter(["status"]) if each.info["status"] != psutil.STATUS_ZOMBIE)
    return any(_group(each.pid) == child for each in here)


def _group(pid):
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None
