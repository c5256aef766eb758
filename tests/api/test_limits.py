"""How much one caller may ask for: beyond it 429, with the time to wait, and nobody else is kept waiting."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from enforcement.config import Settings
from routes.limits import Allowance, TooMuch, limits_of

from ..builders import Council
from .test_bad_input import refused
from .walk import device


class Watch:
    """A clock in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def strict(council: Council, settings: Settings) -> Iterator[None]:
    """An installation that takes three readings and five writes a minute."""
    app = council.app
    assert council.supervisor
    assert council.administrator
    assert council.network  # they sign in at leisure
    before = app.extensions["openpatrol.limits"]
    app.extensions["openpatrol.limits"] = limits_of(
        replace(settings, readings_per_minute=3, writes_per_minute=5)
    )
    yield
    app.extensions["openpatrol.limits"] = before


def reading(council: Council, key: str) -> dict[str, str]:
    return {"sensor": "S-B1", "state": "free", "at": council.clock().isoformat(), "key": key}


def test_an_allowance_is_spent_at_once_and_fills_steadily():
    watch = Watch()
    allowance = Allowance(60, watch)
    allowance.take("a", 60)
    with pytest.raises(TooMuch) as refusal:
        allowance.take("a", 10)
    assert refusal.value.extra == {"retry_after": 10}
    watch.now = 9.9
    with pytest.raises(TooMuch):
        allowance.take("a", 10)
    watch.now = 10
    allowance.take("a", 10)
    allowance.take("b", 60)


def test_what_was_refused_costs_nothing():
    watch = Watch()
    allowance = Allowance(60, watch)
    allowance.take("a", 60)
    for _ in range(100):
        with pytest.raises(TooMuch):
            allowance.take("a")
    watch.now = 1
    allowance.take("a")


def test_a_batch_larger_than_the_allowance_is_taken_by_one_who_has_rested_and_paid_for_after():
    watch = Watch()
    allowance = Allowance(60, watch)
    allowance.take("a", 600)
    watch.now = 599
    with pytest.raises(TooMuch):
        allowance.take("a", 600)
    watch.now = 600
    allowance.take("a", 600)


def test_callers_who_have_rested_are_forgotten():
    watch = Watch()
    allowance = Allowance(60, watch)
    for number in range(10_000):
        allowance.take(f"stranger {number}")
    watch.now = 60
    allowance.take("another")
    assert list(allowance._full_at) == ["another"]


def test_a_key_may_send_so_many_readings_a_minute_however_they_are_packed(council: Council, strict: None):
    network = council.network
    network.post("/readings", {"readings": [reading(council, "1"), reading(council, "2")]}, 200)
    answer = network.call("POST", "/readings", {"readings": [reading(council, k) for k in "345"]})
    assert refused(answer, 429)["type"].endswith("/too-many-requests")
    assert answer.headers["Retry-After"] == "40"
    network.post("/readings", {"readings": [{}]}, 200)
    for path in ("/webhooks/things-stack", "/webhooks/chirpstack?event=join"):
        refused(network.call("POST", path, {"end_device_ids": {}}), 429)
    with council.session() as session:
        assert council.supervisor.get("/readings")["items"][0]["sensor"] == "S-B1"
        assert len(council.supervisor.get("/readings")["items"]) == 2
        session.rollback()
    council.with_key("readings:write").post("/readings", {"readings": [reading(council, "6")]}, 200)


def test_a_person_may_write_so_often_a_minute_and_read_on(council: Council, strict: None):
    supervisor = council.supervisor
    answers = [supervisor.call("POST", "/devices", device()) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [429]
    refused(answers[-1], 429)
    assert answers[-1].headers["Retry-After"] == "12"
    for _ in range(10):
        supervisor.get("/tasks")
    council.administrator.post("/devices", device(), 201)


def test_no_limit_holds_back_a_call_for_help(council: Council, strict: None):
    _, phone = council.person("officer")
    for _ in range(6):
        phone.call("POST", "/devices", device())
    phone.post("/sos", {"id": str(uuid4())}, 200)


def test_a_stranger_who_is_refused_costs_nobody_anything(council: Council, strict: None):
    for _ in range(20):
        refused(council.browser().call("POST", "/zones", {}), 401)
    council.supervisor.post("/devices", device(), 201)


def test_reset_links_cannot_be_guessed_without_end(council: Council):
    stranger = council.browser()
    guess = {"token": f"op_{council.id.hex}_guess", "password": "quite another one"}
    answers = [stranger.call("POST", "/password", guess) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert answers[-1].headers["Retry-After"] == "3"


def test_the_usual_limits_are_above_what_the_line_is_measured_with(settings: Settings):
    """Five thousand readings a second by one key; a phone that comes back with a day's work."""
    usual = limits_of(settings)
    assert usual.readings.most >= 2 * 5_000 * 60
    assert usual.writes.most >= 1_000
