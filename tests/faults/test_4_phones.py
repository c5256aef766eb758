"""Promise 4. What a phone says ten times, in any order, takes effect once; nothing it recorded is dropped."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from enforcement.simulation.client import ApiFault
from enforcement.simulation.stack import Stack

from ..builders import step
from .history import History
from .saboteur import Saboteur
from .scenes import PACE, OnDuty, Records, at_once, post, says, town

TEN, AT_ONCE = 10, 5
PLACE = {"lon": -0.1276, "lat": 51.5072, "accuracy_m": 5.0}
VISIT = (
    ("accept", {}),
    ("arrive", {}),
    ("sightings", {"plate": "AB12CDE", "valve_front": 3, "valve_rear": 9, **PLACE}),
    ("outcome", {"outcome": "gone_on_arrival", **PLACE}),
)


def sending(officer: OnDuty, history: History, task: dict[str, Any], what: str, body: dict[str, Any]) -> Any:
    """A call from a connection of its own."""
    phone = officer.signed_in(history)
    return lambda: phone.post(f"/tasks/{task['id']}/{what}", body)


def test_each_step_of_a_visit_said_ten_times_across_kills_takes_effect_once(
    stack: Stack, saboteur: Saboteur, history: History, seed: int
):
    borough = town(stack, history)
    officer, records = OnDuty(borough, history), Records(borough)
    phones = [officer.signed_in(history) for _ in range(AT_ONCE)]
    post(borough.network(history), says(borough, 0, "over"))
    task = officer.offered()
    said = []
    for what, more in VISIT:
        body = step(version=task["version"], **more)
        path = f"/tasks/{task['id']}/{what}"
        calls = [lambda phone=phone, body=body, path=path: phone.post(path, body) for phone in phones] * 2
        saboteur_calls = (
            [lambda: saboteur.strike("web killed", PACE)] if what in ("accept", "outcome") else []
        )
        answers = at_once(calls[:AT_ONCE] + saboteur_calls) + at_once(calls[AT_ONCE:])
        saboteur.recover()
        assert not [answer for answer in answers if isinstance(answer, ApiFault)], history
        task = officer.phone.get(f"/tasks/{task['id']}")
        said.append((path, body))
    told = [kind for (kind,) in records(TOLD, task=task["id"])]
    assert [told.count(kind) for kind in ("task.accept", "task.sight", "task.close")] == [1, 1, 1]

    again = said * TEN
    Random(seed).shuffle(again)
    for path, body in again:
        officer.phone.post(path, body)
    assert [kind for (kind,) in records(TOLD, task=task["id"])] == told
    assert (records.count("sightings"), records.count("outcomes")) == (1, 1)
    assert records.count("actions", "subject_id = :task", task=task["id"]) == len(VISIT)
    assert not history.faults, history


def test_a_car_that_an_officer_raised_ten_times_across_a_kill_is_one_case(
    stack: Stack, saboteur: Saboteur, history: History
):
    borough = town(stack, history)
    officer, records = OnDuty(borough, history), Records(borough)
    place = {"street": "High Street", "where": "by the pump", "lon": PLACE["lon"], "lat": PLACE["lat"]}
    said = step(code="01", place=place, **PLACE)
    phones = [officer.signed_in(history) for _ in range(AT_ONCE)]
    calls = [lambda phone=phone: phone.post("/found", said) for phone in phones] * 2
    answers = at_once([*calls[:AT_ONCE], lambda: saboteur.strike("web killed", PACE)])
    answers += at_once(calls[AT_ONCE:])
    saboteur.recover()
    assert not [answer for answer in answers if isinstance(answer, ApiFault)], history
    assert [records.count(table) for table in ("tasks", "assignments")] == [1, 1]
    assert records.count("bays", "spot") == 1
    assert [kind for (kind,) in records(TOLD, task=said["id"])] == ["task.found"]


TOLD = "SELECT kind FROM journal WHERE authority_id = :ours AND subject_id = :task ORDER BY id"


def test_what_was_recorded_offline_is_kept_although_the_task_has_moved_on(stack: Stack, history: History):
    borough = town(stack, history)
    officer = OnDuty(borough, history)
    post(borough.network(history), says(borough, 0, "over"))
    task = officer.on(officer.offered(), "accept")
    borough.administrator.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    seen = step(ahead=timedelta(hours=-2), version=task["version"], plate="AB12CDE", **PLACE)
    ended = step(ahead=timedelta(hours=-1), version=task["version"], outcome="gone_on_arrival", **PLACE)
    calls = [
        sending(officer, history, task, what, body)
        for what, body in (("sightings", seen), ("outcome", ended))
    ]
    for answer in at_once(calls * 3):
        assert isinstance(answer, ApiFault)
        assert (answer.status, answer.problem["kept"]) == (409, True)
    kept = borough.administrator.get("/kept-records")["items"]
    assert {record["record_id"] for record in kept} == {seen["id"], ended["id"]}
    assert len(kept) == 2


@pytest.mark.parametrize("hours", [-30, 3])
def test_a_phone_whose_clock_is_wrong_loses_nothing_and_proves_nothing(
    stack: Stack, history: History, hours: int
):
    """Hours behind: taken, with both times. Hours ahead: the officer is told, and the record is kept."""
    borough = town(stack, history)
    officer, records = OnDuty(borough, history), Records(borough)
    post(borough.network(history), says(borough, 0, "over"))
    task = officer.on(officer.on(officer.offered(), "accept"), "arrive")
    seen = step(ahead=timedelta(hours=hours), version=task["version"], plate="AB12CDE", **PLACE)
    if hours < 0:
        officer.phone.post(f"/tasks/{task['id']}/sightings", seen)
        [(late,)] = records("SELECT received_at - recorded_at FROM sightings WHERE authority_id = :ours")
        assert late >= timedelta(hours=-hours)
    else:
        with pytest.raises(ApiFault, match="clock is wrong") as refused:
            officer.phone.post(f"/tasks/{task['id']}/sightings", seen)
        assert (refused.value.status, refused.value.problem["kept"]) == (422, True)
        assert records.count("sightings") == 0
    found = records.count("sightings") + records.count("kept_records")
    assert found == 1
