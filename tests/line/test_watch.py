"""What runs by itself: networks that fall silent, messages that fail, plans and jobs that do not come, workers that
are gone. Each is told once, and puts itself away."""

from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Engine

from enforcement import jobs
from enforcement.adapters.tables import NetworkGap, Watch, db
from enforcement.domain.troubles import LOOK_EVERY

from ..adapters.push_service import PushService
from ..builders import Officer, at, workshop
from .scenes import Town, at_once, overstay, work
from .test_alerts import alerts


def begins(town: Town) -> None:
    """A worker looks whether all runs, and does nothing else."""
    db.session.remove()
    shop = workshop(town.clock, sender=town.sender)
    jobs.SWEPT["watch"](shop, town.id)


def kept_looking(town: Town) -> None:
    """A worker has looked all the time, since yesterday, and is about to."""
    now = town.clock.now
    row = Watch(authority_id=town.id, looked_at=now - LOOK_EVERY, since=now - timedelta(days=1), look_at=now)
    with town.session() as session:
        session.merge(row)
        session.commit()


def look(town: Town) -> None:
    """The next of its looks."""
    kept_looking(town)
    begins(town)


def looks(town: Town, clock: str) -> list[dict[str, Any]]:
    """The alerts of silent networks after a worker's look at that time."""
    town.clock.set(clock)
    look(town)
    return alerts(town, "network-quiet")


def heard(town: Town, clock: str, day: str = "2026-06-29") -> None:
    """The network tells of B1 at that time."""
    now = town.clock.set(clock, day)
    item = {"sensor": "S-B1", "state": "free", "at": now.isoformat()}
    town.network.post("/readings", {"readings": [item]})


def test_a_network_that_fell_silent_is_one_alarm_and_puts_itself_away_when_it_is_heard(town: Town):
    heard(town, "09:00")
    assert looks(town, "11:59") == []
    [alert] = looks(town, "12:00")
    assert (alert["network"], alert["subject"]) == ("a machine", "key")
    assert alert["facts"] == {"heard_at": at("09:00").isoformat()}
    assert [each["id"] for each in looks(town, "13:00")] == [alert["id"]]
    heard(town, "13:05")
    assert looks(town, "13:06") == []
    assert town.journal(alert["id"]) == ["alert.raised", "alert.resolved"]


def test_what_it_usually_does_at_this_hour_is_learnt(town: Town):
    for day in ("2026-06-26", "2026-06-27", "2026-06-28"):
        for clock in ("08:50", "09:05", "09:20", "09:35", "09:50", "10:05"):
            heard(town, clock, day)
    heard(town, "09:00")
    assert looks(town, "09:44") == []
    assert len(looks(town, "09:45")) == 1


def test_a_gap_is_told_of_every_hour_that_it_touched(town: Town):
    heard(town, "09:50")
    heard(town, "11:10")
    with town.session() as session:
        told = {(row.hour, row.seconds) for row in session.query(NetworkGap)}
    assert told == {(at(clock), 80 * 60.0) for clock in ("09:00", "10:00", "11:00")}


def test_many_silent_sensors_are_no_alarm_while_their_network_speaks(town: Town):
    for number in range(2, 6):
        town.bay(f"B{number}")
    heard(town, "09:00")
    heard(town, "12:00")
    assert looks(town, "12:10") == []
    told = town.supervisor.get("/watch")
    assert (told["sensors"], told["silent_sensors"]) == (5, 4)


def test_a_network_that_was_never_heard_or_whose_key_was_revoked_is_no_alarm(town: Town):
    assert looks(town, "20:00") == []
    heard(town, "20:01")
    [key] = [each for each in town.administrator.get("/keys")["items"] if "readings:write" in each["scopes"]]
    town.administrator.delete(f"/keys/{key['id']}")
    assert looks(town, "23:59") == []


def test_readings_that_are_all_refused_are_no_sign_of_life(town: Town):
    heard(town, "09:00")
    town.clock.set("11:30")
    town.network.post("/readings", {"readings": [{"sensor": "S-B1", "state": "perhaps"}]})
    assert len(looks(town, "12:00")) == 1


def test_what_a_supervisor_put_away_stays_so_until_it_was_heard_and_fell_silent_again(town: Town):
    heard(town, "09:00")
    [alert] = looks(town, "12:00")
    town.supervisor.post(f"/alerts/{alert['id']}/resolve")
    assert looks(town, "14:00") == []
    heard(town, "14:01")
    assert looks(town, "14:02") == []
    assert len(looks(town, "20:00")) == 1


def test_of_two_workers_one_looks(town: Town):
    heard(town, "09:00")
    looks(town, "11:59")
    town.clock.set("12:00")
    kept_looking(town)
    at_once(town.app, *[lambda: begins(town)] * 4)
    [alert] = alerts(town, "network-quiet")
    assert town.journal(alert["id"]) == ["alert.raised"]


def asks_for(phone: Officer, messages: int) -> None:
    """So many are to be sent to the officer's phone."""
    for _ in range(messages):
        phone.phone.post(f"/devices/{phone.device['id']}/test")


def sends(town: Town, phone: Officer, messages: int) -> None:
    """They are sent, and their push service says what it says of them."""
    asks_for(phone, messages)
    work(town)


def troubles(town: Town) -> list[dict[str, Any]]:
    town.clock.forward(seconds=21)
    look(town)
    return alerts(town, "push-trouble")


def test_messages_that_fail_are_one_alarm_that_ends_when_they_arrive(
    town: Town, phone: Officer, service: PushService
):
    service.answer(503)
    sends(town, phone, 2)
    assert troubles(town) == []
    sends(town, phone, 1)
    [alert] = troubles(town)
    assert alert["facts"] == {"messages": 3, "troubled": 3}
    assert len(troubles(town)) == 1
    town.clock.forward(minutes=11)
    assert len(troubles(town)) == 1
    service.answer(201)
    sends(town, phone, 1)
    assert troubles(town) == []
    assert town.journal(alert["id"]) == ["alert.raised", "alert.resolved"]


def test_messages_that_are_taken_late_are_trouble_too(town: Town, phone: Officer, service: PushService):
    asks_for(phone, 3)
    town.clock.forward(seconds=31)
    work(town)
    assert len(troubles(town)) == 1


def test_a_phone_that_is_gone_is_no_trouble_of_the_push_service_and_is_told_by_name(
    town: Town, phone: Officer, service: PushService
):
    assert town.supervisor.get("/watch")["unreached"] == []
    service.answer(410)
    sends(town, phone, 1)
    assert troubles(town) == []
    [unreached] = town.supervisor.get("/watch")["unreached"]
    assert unreached["id"] == phone.id


def no_plan(town: Town) -> None:
    """A car is over its time, and whoever should plan does not."""
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"))
    shop = workshop(town.clock, sender=town.sender)
    db.session.remove()
    jobs.SWEPT["stays"](shop, town.id)


def test_no_plan_for_a_minute_is_an_alarm_and_a_plan_puts_it_away(town: Town, officer: Officer):
    town.sweep()
    no_plan(town)
    look(town)
    assert alerts(town, "planner-trouble") == []
    town.clock.forward(seconds=61)
    look(town)
    [alert] = alerts(town, "planner-trouble")
    assert alert["facts"] == {"tasks": 1, "officers": 1, "overdue": True}
    town.sweep()
    town.clock.forward(seconds=20)
    look(town)
    assert alerts(town, "planner-trouble") == []
    assert town.journal(alert["id"]) == ["alert.raised", "alert.resolved"]


def test_a_trouble_that_a_supervisor_put_away_is_not_told_again_while_it_lasts(town: Town, officer: Officer):
    town.sweep()
    no_plan(town)
    town.clock.forward(seconds=61)
    look(town)
    [alert] = alerts(town, "planner-trouble")
    town.supervisor.post(f"/alerts/{alert['id']}/resolve")
    town.clock.forward(seconds=20)
    look(town)
    assert alerts(town, "planner-trouble") == []


def test_where_nobody_is_on_shift_no_plan_is_missed(town: Town):
    no_plan(town)
    town.clock.forward(minutes=10)
    look(town)
    assert alerts(town, "planner-trouble") == []


def test_jobs_that_nobody_does_are_an_alarm(town: Town, phone: Officer, owner: Engine):
    asks_for(phone, 1)
    look(town)
    assert alerts(town, "jobs-stand") == []
    with owner.begin() as connection:
        connection.execute(text("UPDATE procrastinate_events SET at = at - interval '61 seconds'"))
    town.clock.forward(seconds=21)
    look(town)
    assert len(alerts(town, "jobs-stand")) == 1
    work(town)
    town.clock.forward(seconds=21)
    look(town)
    assert alerts(town, "jobs-stand") == []


def test_that_nobody_works_is_seen_by_who_asks_and_is_on_record_afterwards(town: Town):
    assert town.supervisor.get("/watch")["nobody_works"]
    begins(town)
    assert not town.supervisor.get("/watch")["nobody_works"]
    town.clock.forward(seconds=60)
    assert town.supervisor.get("/watch")["nobody_works"]
    begins(town)
    assert not town.supervisor.get("/watch")["nobody_works"]
    assert town.journal(str(town.id)) == ["work.resumed"]


def test_who_was_away_blames_nobody_for_what_was_left_lying(town: Town, officer: Officer):
    heard(town, "09:00")
    begins(town)
    no_plan(town)
    town.clock.set("15:00")
    begins(town)
    assert alerts(town) == []
    for _ in range(3):
        town.sweep()
        town.clock.forward(seconds=20)
        begins(town)
    assert alerts(town, "network-quiet") == []
    assert alerts(town, "planner-trouble") == []


def test_a_quiet_night_without_anybody_raises_nothing(town: Town):
    overstay(town)
    for _ in range(20):
        town.clock.forward(minutes=5)
        kept_looking(town)
        heard_at = town.clock.now
        item = {"sensor": "S-B1", "state": "occupied", "at": heard_at.isoformat()}
        town.network.post("/readings", {"readings": [item]})
        town.sweep()
    assert [each["kind"] for each in alerts(town)] == []
