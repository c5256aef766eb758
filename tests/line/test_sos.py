"""SOS: in every state, whatever else is wrong."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from ..builders import HOME, Officer
from .scenes import Town, arrived, overstay
from .test_alerts import alerts

PLACE = {"lon": HOME[0], "lat": HOME[1], "accuracy_m": 8.0}


def call(officer: Officer, **more) -> dict:
    return officer.phone.post("/sos", {"id": str(uuid4()), **more}, 200)


def go(town: Town, officer: Officer, state: str) -> None:
    """Bring the officer into this state."""
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    if state == "ended":
        officer.phone.post(f"/shifts/{officer.shift['id']}/end", step)
    elif state != "available":
        officer.phone.post(f"/shifts/{officer.shift['id']}/state", {**step, "state": state})


@pytest.mark.parametrize(
    "state", ["available", "observing", "serving", "with_public", "incident", "break", "ended"]
)
def test_help_is_called_in_every_state(town: Town, officer: Officer, state: str):
    go(town, officer, state)
    call(officer, **PLACE)
    [alert] = alerts(town, "sos")
    assert alert["officer"]["id"] == officer.id
    assert alert["position"]["lon"] == HOME[0]


def test_an_officer_without_a_shift_or_a_place_calls_too(town: Town):
    officer = town.officer(town.centre)
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    call(officer)
    [alert] = alerts(town, "sos")
    assert alert["position"] is None


def test_a_phone_with_a_wrong_clock_or_a_newer_app_calls_too(town: Town, officer: Officer):
    call(officer, recorded_at=(town.clock() + timedelta(days=400)).isoformat(), newer="member")
    assert len(alerts(town, "sos")) == 1


def test_sent_again_it_is_one_alarm_at_the_place_last_told(town: Town, officer: Officer):
    body = {"id": str(uuid4()), **PLACE}
    first = officer.phone.post("/sos", body)
    town.clock.forward(seconds=20)
    again = officer.phone.post("/sos", {**body, "lon": HOME[0] + 0.001})
    other = call(officer, lon=HOME[0] + 0.002, lat=HOME[1])
    assert first["id"] == again["id"] == other["id"]
    [alert] = alerts(town, "sos")
    assert alert["position"]["lon"] == HOME[0] + 0.002
    assert alert["position"]["at"] == alert["again_at"]
    assert town.journal(first["id"]) == ["alert.raised", "alert.moved", "alert.moved"]


def test_sent_again_from_the_same_place_it_is_no_news(town: Town, officer: Officer):
    body = {"id": str(uuid4()), **PLACE}
    first = officer.phone.post("/sos", body)
    town.clock.forward(seconds=20)
    officer.phone.post("/sos", body)
    officer.phone.post("/sos", {"id": body["id"]})
    assert town.journal(first["id"]) == ["alert.raised"]


def test_a_call_that_is_sent_again_after_its_end_raises_no_second_alarm_but_a_new_one_does(
    town: Town, officer: Officer
):
    body = {"id": str(uuid4())}
    first = officer.phone.post("/sos", body)
    town.supervisor.post(f"/alerts/{first['id']}/resolve")
    assert officer.phone.post("/sos", body)["resolved_at"]
    assert alerts(town) == []
    call(officer)
    assert len(alerts(town, "sos")) == 1


def test_an_id_that_was_used_for_something_else_silences_nobody(town: Town, officer: Officer):
    used = str(uuid4())
    step = {"id": used, "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/state", {**step, "state": "break"})
    officer.phone.post("/sos", {"id": used}, 200)
    assert len(alerts(town, "sos")) == 1


def test_a_hundred_calls_are_not_too_many(town: Town, officer: Officer):
    for _ in range(100):
        call(officer)
    assert len(alerts(town, "sos")) == 1


def test_taken_back_at_once_it_is_over(town: Town, officer: Officer):
    made = call(officer)
    town.clock.forward(seconds=20)
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    assert officer.phone.post(f"/sos/{made['id']}/cancel", step)["resolved_at"]
    assert alerts(town) == []
    assert town.journal(made["id"]) == ["alert.raised", "alert.taken-back"]


@pytest.mark.parametrize("late", [True, False])
def test_taken_back_late_or_once_it_was_seen_a_supervisor_still_asks(
    town: Town, officer: Officer, late: bool
):
    made = call(officer)
    if late:
        town.clock.forward(seconds=31)
    else:
        town.supervisor.post(f"/alerts/{made['id']}/acknowledge")
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    taken_back = officer.phone.post(f"/sos/{made['id']}/cancel", step)
    assert taken_back["cleared_at"]
    assert not taken_back["resolved_at"]
    assert [each["id"] for each in alerts(town)] == [made["id"]]
    call(officer)
    assert len(alerts(town, "sos")) == 2


def test_who_calls_for_help_is_asked_to_nothing_until_it_is_over(town: Town, officer: Officer):
    made = call(officer)
    overstay(town)
    assert officer.mine() == []
    town.supervisor.post(f"/alerts/{made['id']}/resolve")
    town.clock.forward(seconds=15)
    town.sweep()
    assert len(officer.mine()) == 1


def test_nobody_takes_back_what_another_called(town: Town, officer: Officer):
    made = call(officer)
    other = town.on_duty(town.centre)
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    other.phone.post(f"/sos/{made['id']}/cancel", step, 403)


def test_where_the_officer_is_stays_out_of_the_journal_and_is_told_to_supervisors_alone(
    town: Town, officer: Officer
):
    arrived(town, officer)
    made = call(officer, **PLACE)
    assert "lon" not in str(made)
    assert officer.phone.call("GET", "/alerts").status_code == 403
    with town.session() as session:
        told = session.execute(
            text("SELECT facts::text FROM journal WHERE subject_id = :id"), {"id": made["id"]}
        ).scalars()
        assert not [facts for facts in told if "lon" in facts or str(HOME[0]) in facts]
