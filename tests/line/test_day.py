"""An officer's day: busy for so long, a forgotten shift, signs of life, what a phone sends late."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ..builders import HOME, Officer, at
from .scenes import Town, accepted, overstay
from .test_alerts import alerts


def say(town: Town, officer: Officer, what: str, status: int | None = None, when: str | None = None, **more):
    """A step of a shift, done now or at another time."""
    done = (at(when) if when else town.clock()).isoformat()
    body = {"id": str(uuid4()), "recorded_at": done, **more}
    return officer.phone.post(f"/shifts/{officer.shift['id']}/{what}", body, status)


def shift(town: Town, officer: Officer) -> dict:
    [found] = town.supervisor.get(f"/shifts?officer={officer.id}")["items"]
    return found


def minutes_pass(town: Town, minutes: int) -> None:
    town.clock.forward(minutes=minutes)
    town.sweep()


def test_busy_for_so_long_ends_by_itself(town: Town, officer: Officer):
    say(town, officer, "state", state="with_public", minutes=10)
    minutes_pass(town, 9)
    assert shift(town, officer)["state"] == "with_public"
    minutes_pass(town, 1)
    assert shift(town, officer)["state"] == "available"


@pytest.mark.parametrize("state", ["break", "incident", "available"])
def test_a_break_or_an_incident_ends_by_word_only(town: Town, officer: Officer, state: str):
    say(town, officer, "state", 422, state=state, minutes=10)


def test_who_says_something_else_meanwhile_is_left_alone(town: Town, officer: Officer):
    say(town, officer, "state", state="with_public", minutes=10)
    say(town, officer, "state", state="break")
    minutes_pass(town, 11)
    assert shift(town, officer)["state"] == "break"


def test_a_shift_forgotten_open_ends_half_an_hour_after_its_time(town: Town):
    officer = town.officer(town.centre, hours=1)
    officer.start(clock=town.clock)
    minutes_pass(town, 84)
    assert shift(town, officer)["state"] == "available"
    minutes_pass(town, 1)
    assert shift(town, officer)["ended_at"]
    assert alerts(town, "overrun") == []


@pytest.mark.parametrize("busy", ["accepted", "incident"])
def test_where_work_is_under_way_the_supervisor_is_asked_instead(town: Town, busy: str):
    officer = town.officer(town.centre, hours=3)
    officer.start(clock=town.clock)
    accepted(town, officer)
    if busy == "incident":
        say(town, officer, "state", state="incident")
    town.clock.set("12:25")
    town.sweep()
    assert shift(town, officer)["ended_at"] is None
    [alert] = alerts(town, "overrun")
    assert alert["officer"]["id"] == officer.id
    minutes_pass(town, 31)
    assert len(alerts(town, "overrun")) == 1


def lone(town: Town, officer: Officer, minutes: int = 20) -> None:
    town.supervisor.put(f"/shifts/{officer.shift['id']}/check-ins", {"minutes": minutes}, 200)


def test_a_dead_phone_alarms(town: Town, officer: Officer):
    lone(town, officer)
    minutes_pass(town, 19)
    assert alerts(town) == []
    minutes_pass(town, 1)
    [alert] = alerts(town, "check-in")
    assert alert["officer"]["id"] == officer.id
    assert alert["position"]["lon"] == HOME[0]
    minutes_pass(town, 60)
    assert len(alerts(town)) == 1


@pytest.mark.parametrize("sign", ["check-in", "position", "action", "refused action"])
def test_any_sign_of_life_counts(town: Town, officer: Officer, sign: str):
    lone(town, officer)
    for _ in range(4):
        minutes_pass(town, 15)
        if sign == "check-in":
            assert say(town, officer, "check-in")["check_in_by"]
        elif sign == "position":
            officer.stand(lon=HOME[0], lat=HOME[1], clock=town.clock)
        elif sign == "action":
            say(town, officer, "state", state="available")
        else:
            say(town, officer, "state", 422, state="available", minutes=5)
    assert alerts(town) == []


def test_life_after_the_alarm_is_told_but_a_supervisor_still_asks(town: Town, officer: Officer):
    lone(town, officer)
    minutes_pass(town, 20)
    say(town, officer, "check-in")
    [alert] = alerts(town, "check-in")
    assert alert["cleared_at"]
    minutes_pass(town, 20)
    assert len(alerts(town, "check-in")) == 2


def test_a_break_pauses_the_check_ins_and_the_end_of_the_shift_ends_them(town: Town, officer: Officer):
    lone(town, officer)
    say(town, officer, "state", state="break")
    minutes_pass(town, 45)
    say(town, officer, "state", state="available")
    minutes_pass(town, 19)
    assert alerts(town) == []
    say(town, officer, "end")
    minutes_pass(town, 45)
    assert alerts(town) == []


def test_a_supervisor_who_speaks_with_the_officer_by_radio_has_a_sign_of_life(town: Town, officer: Officer):
    lone(town, officer)
    minutes_pass(town, 15)
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), "step": "state"}
    town.supervisor.post(f"/shifts/{officer.shift['id']}/radio", {**step, "state": "available"})
    minutes_pass(town, 15)
    assert alerts(town) == []


def test_an_officer_asks_for_check_ins_and_only_a_supervisor_makes_them_rarer(town: Town, officer: Officer):
    path = f"/shifts/{officer.shift['id']}/check-ins"
    assert officer.phone.put(path, {"minutes": 30}, 200)["check_in_minutes"] == 30
    officer.phone.put(path, {"minutes": 15}, 200)
    officer.phone.put(path, {"minutes": 60}, 403)
    officer.phone.put(path, {"minutes": None}, 403)
    other = town.on_duty(town.centre)
    other.phone.put(path, {"minutes": 5}, 403)
    assert town.supervisor.put(path, {"minutes": None}, 200)["check_in_by"] is None
    minutes_pass(town, 90)
    assert alerts(town) == []


def test_a_state_sent_late_does_not_overwrite_a_newer_one(town: Town, officer: Officer):
    town.clock.set("10:00")
    say(town, officer, "state", state="break", when="09:50")
    say(town, officer, "state", state="with_public", when="09:40")
    assert shift(town, officer)["state"] == "break"
    say(town, officer, "state", state="available", when="09:55")
    assert shift(town, officer)["state"] == "available"


def test_a_day_spent_offline_is_judged_by_when_it_was(town: Town):
    officer = town.officer(town.centre, hours=4)
    town.clock.set("15:00")
    say(town, officer, "start", when="09:10")
    say(town, officer, "state", state="break", when="10:00")
    say(town, officer, "state", state="available", when="10:30")
    say(town, officer, "end", when="12:50")
    day = shift(town, officer)
    assert (day["started_at"], day["ended_at"]) == ("2026-06-29T08:10:00Z", "2026-06-29T11:50:00Z")


def test_positions_of_an_offline_break_are_not_kept(town: Town):
    officer = town.officer(town.centre, hours=4)
    town.clock.set("12:00")
    say(town, officer, "start", when="09:10")
    say(town, officer, "state", state="break", when="10:00")
    say(town, officer, "state", state="available", when="10:30")
    fixes = [
        {"lon": HOME[0], "lat": HOME[1], "accuracy_m": 5, "at": at(when).isoformat()}
        for when in ("09:05", "09:30", "10:10", "10:45")
    ]
    kept = officer.phone.post("/positions", {"id": str(uuid4()), "fixes": fixes})["kept"]
    assert kept == 2


def test_a_shift_is_not_started_hours_after_it_was(town: Town):
    officer = town.officer(town.centre, hours=1)
    town.clock.forward(hours=3)
    say(town, officer, "start", 409)


def test_near_its_end_an_officer_is_asked_only_to_what_can_begin_in_time(town: Town):
    officer = town.officer(town.centre, hours=2.1)
    officer.start(clock=town.clock, lat=HOME[1] + 0.004)
    overstay(town, now="11:00")
    assert officer.mine() == []


def test_the_sweep_that_finds_a_shift_ended_meanwhile_leaves_it(town: Town):
    officer = town.officer(town.centre, hours=1)
    officer.start(clock=town.clock)
    say(town, officer, "end")
    town.clock.forward(hours=2)
    town.sweep()
    assert shift(town, officer)["ended_at"] == (at("09:00") + timedelta()).isoformat().replace("+00:00", "Z")


def log(town: Town, officer: Officer) -> list[str]:
    """The log's lines with a time of their own: the hour, and what was done."""
    document = officer.phone.get(f"/shifts/{officer.shift['id']}/log")["document"]
    lines = [line for line in document.splitlines() if line.startswith("2026-")]
    return [f"{line[11:16]} {line.split(' ', 3)[3]}" for line in lines]


DAY = ["09:10 Now: available", "10:00 Now: break", "10:30 Now: available", "12:50 Shift ended"]


def test_a_day_spent_offline_leaves_the_right_log(town: Town):
    officer = town.officer(town.centre, hours=4)
    town.clock.set("18:00")
    for what, when, more in (
        ("start", "09:10", {}),
        ("state", "10:00", {"state": "break"}),
        ("state", "10:30", {"state": "available"}),
        ("end", "12:50", {}),
    ):
        say(town, officer, what, when=when, **more)
        town.sweep()  # which ends what was forgotten open
    assert log(town, officer) == DAY


def test_what_comes_after_the_sweep_has_ended_the_shift_is_in_its_log(town: Town):
    officer = town.officer(town.centre, hours=4)
    say(town, officer, "start", when="09:00")
    town.clock.set("13:30")
    town.sweep()
    assert shift(town, officer)["ended_at"] == "2026-06-29T12:30:00Z"
    say(town, officer, "state", state="break", when="10:00")
    say(town, officer, "state", state="available", when="10:30")
    assert log(town, officer) == ["09:00 Now: available", *DAY[1:3], "13:30 Shift ended"]
    assert shift(town, officer)["state"] == "ended"
    ended = say(town, officer, "end", when="12:50")
    assert ended["ended_at"] == "2026-06-29T11:50:00Z"
    assert log(town, officer) == ["09:00 Now: available", *DAY[1:]]


def test_who_ends_a_shift_that_is_over_later_than_it_was_does_not_make_it_longer(town: Town):
    officer = town.officer(town.centre, hours=4)
    say(town, officer, "start")
    town.clock.set("12:00")
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    town.clock.set("14:00")
    assert say(town, officer, "end")["ended_at"] == "2026-06-29T11:00:00Z"


def test_a_log_that_was_signed_is_not_changed_by_what_comes_later(town: Town):
    officer = town.officer(town.centre, hours=4)
    say(town, officer, "start")
    town.clock.set("12:00")
    say(town, officer, "end")
    path = f"/shifts/{officer.shift['id']}/log"
    seen = officer.phone.get(path)["sha256"]
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    signed = officer.phone.post(f"{path}/sign", {**step, "name": "Olu", "sha256": seen})["document"]
    say(town, officer, "end", when="11:00")
    say(town, officer, "state", state="break", when="10:00")
    assert shift(town, officer)["ended_at"] == "2026-06-29T11:00:00Z"
    assert officer.phone.get(path)["document"] == signed


def test_positions_are_judged_by_what_the_officer_did_then_in_whatever_order_it_came(town: Town):
    officer = town.officer(town.centre, hours=4)
    say(town, officer, "start")
    town.clock.set("12:00")
    say(town, officer, "state", state="with_public", when="11:00")
    say(town, officer, "state", state="break", when="10:00")
    fixes = [
        {"lon": HOME[0], "lat": HOME[1], "accuracy_m": 5, "at": at(when).isoformat()}
        for when in ("09:30", "10:30", "11:30")
    ]
    assert officer.phone.post("/positions", {"id": str(uuid4()), "fixes": fixes})["kept"] == 2


def test_minutes_with_the_public_run_from_when_they_began(town: Town, officer: Officer):
    town.clock.set("10:00")
    say(town, officer, "state", state="with_public", minutes=10, when="09:55")
    minutes_pass(town, 4)
    assert shift(town, officer)["state"] == "with_public"
    minutes_pass(town, 1)
    assert shift(town, officer)["state"] == "available"


def test_what_was_done_yesterday_and_comes_today_is_in_yesterdays_log(town: Town):
    officer = town.officer(town.centre, hours=4)
    yesterday = officer.shift
    say(town, officer, "start")
    town.clock.set("12:00")
    say(town, officer, "end")
    town.clock.set("09:00", day="2026-06-30")
    begins = town.clock()
    day = {"planned_from": begins.isoformat(), "planned_to": (begins + timedelta(hours=4)).isoformat()}
    shift_in = {"officer_id": officer.id, "zones": [town.centre], **day}
    officer.shift = town.supervisor.post("/shifts", shift_in)
    say(town, officer, "start")
    today, officer.shift = officer.shift, yesterday
    say(town, officer, "state", state="break", when="10:00")
    assert log(town, officer) == ["09:00 Now: available", "10:00 Now: break", "12:00 Shift ended"]
    officer.shift = today
    assert log(town, officer) == ["09:00 Now: available"]
