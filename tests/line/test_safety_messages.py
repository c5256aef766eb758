"""What goes through to a phone whatever its officer does, and what never does: off shift, only their own SOS."""

import time
from uuid import UUID, uuid4

import pytest

from ..adapters.push_service import PushService
from ..builders import HOME, Caller, Officer
from .scenes import Town, accepted, overstay, subscribe, work
from .test_alerts import alerts
from .test_messages import fates


@pytest.fixture
def desk(town: Town, service: PushService, queued: None) -> Caller:
    """A supervisor whose browser agreed to be told."""
    town.supervisor.post("/devices", service.subscribe(town.supervisor.get("/push")["key"]).info)
    return town.supervisor


def say(town: Town, officer: Officer, what: str, **more) -> None:
    body = {"id": str(uuid4()), "recorded_at": town.clock().isoformat(), **more}
    officer.phone.post(f"/shifts/{officer.shift['id']}/{what}", body)


def titles(service: PushService) -> list[str]:
    return [message.json["notification"]["title"] for message in service.received]


def test_an_sos_reaches_the_supervisors_at_once_and_says_neither_who_nor_where(
    town: Town, officer: Officer, desk: Caller, service: PushService
):
    for _ in range(2):
        officer.phone.post("/sos", {"id": str(uuid4()), "lon": HOME[0], "lat": HOME[1]})
    work(town)
    [message] = service.received
    assert message.json["notification"]["title"] == "SOS from an officer"
    assert message.headers["urgency"] == "high"
    assert not [word for word in ("Olu", str(HOME[0]), officer.id) if word in message.content.decode()]


def test_that_it_was_seen_reaches_the_officer_off_shift_too(town: Town, phone: Officer, service: PushService):
    say(town, phone, "end")
    made = phone.phone.post("/sos", {"id": str(uuid4())})
    town.supervisor.post(f"/alerts/{made['id']}/acknowledge")
    work(town)
    assert titles(service) == ["Your SOS has been seen"]


def test_that_it_was_taken_back_reaches_who_was_alarmed(
    town: Town, officer: Officer, desk: Caller, service: PushService
):
    made = officer.phone.post("/sos", {"id": str(uuid4())})
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/sos/{made['id']}/cancel", step)
    work(town)
    assert sorted(titles(service)) == ["SOS from an officer", "The officer has taken the SOS back"]
    assert len({message.headers["topic"] for message in service.received}) == 1


def unsafe(town: Town) -> None:
    """Another officer finds it unsafe at B1."""
    finder = town.on_duty(town.centre, name="Finder")
    overstay(town)
    [task] = finder.mine()
    finder.step(task, "decline", reason="unsafe")


@pytest.mark.parametrize("state", ["break", "with_public"])
def test_keep_away_goes_through_whatever_an_officer_does(
    town: Town, phone: Officer, service: PushService, state: str
):
    say(town, phone, "state", state=state)
    unsafe(town)
    work(town)
    assert "Unsafe near Judd Street: keep away" in titles(service)


def test_keep_away_is_not_sent_to_who_went_home_meanwhile(town: Town, phone: Officer, service: PushService):
    say(town, phone, "state", state="break")
    unsafe(town)
    say(town, phone, "end")
    work(town)
    assert ("keep-away", "dropped", "off shift") in fates(town)
    assert titles(service) == []


def test_who_works_elsewhere_is_not_told_to_keep_away(town: Town, service: PushService, queued: None):
    elsewhere = town.zone("Elsewhere", lon=HOME[0] + 0.1)
    stranger = subscribe(town.on_duty(elsewhere, lon=HOME[0] + 0.1), service)
    unsafe(town)
    work(town)
    assert stranger.mine() == []
    assert titles(service) == []


def test_who_is_on_the_way_is_called_back(town: Town, phone: Officer, service: PushService):
    accepted(town, phone)
    town.bay("B2", lat=HOME[1] + 0.0009)
    town.reads(("B2", "occupied", "09:00"))
    town.clock.set("11:06")
    finder = town.on_duty(town.centre)
    town.sweep()
    [task] = finder.mine()
    finder.step(task, "decline", reason="unsafe")
    town.sweep()
    work(town)
    assert "Unsafe there: keep away" in titles(service)
    assert phone.mine() == []


def test_the_phone_is_asked_two_minutes_before_a_check_in_is_missed(
    town: Town, phone: Officer, desk: Caller, service: PushService
):
    town.supervisor.put(f"/shifts/{phone.shift['id']}/check-ins", {"minutes": 20})
    town.clock.forward(minutes=18)
    town.sweep()
    work(town)
    assert titles(service) == ["Are you all right? Check in now"]
    assert service.received[0].headers["ttl"] == "120"
    town.clock.forward(minutes=2)
    town.sweep()
    work(town)
    assert titles(service)[1:] == ["No sign of life from an officer"]


@pytest.mark.parametrize("state", ["break", "with_public", "incident", "observing", "serving"])
def test_an_offer_that_is_queued_when_the_officer_becomes_busy_is_not_sent(
    town: Town, phone: Officer, service: PushService, state: str
):
    overstay(town)
    say(town, phone, "state", state=state)
    work(town)
    assert fates(town) == [("offer", "dropped", "no longer on offer")]
    assert service.requests == 0


def test_who_is_on_the_way_hears_that_it_is_called_off_on_a_break_too(
    town: Town, phone: Officer, service: PushService
):
    task = accepted(town, phone)
    say(town, phone, "state", state="break")
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    work(town)
    assert titles(service) == ["Your supervisor has called this one off"]


def test_a_message_that_is_tried_again_is_not_sent_to_who_went_home_meanwhile(
    town: Town, phone: Officer, service: PushService
):
    service.answer(503, Retry_After="1")
    overstay(town)
    work(town)
    service.answer(201)
    say(town, phone, "end")
    time.sleep(1.1)
    work(town)
    assert fates(town) == [("offer", "dropped", "off shift")]
    assert service.received == []


def test_a_shift_that_the_sweep_ends_gets_no_messages_either(town: Town, service: PushService, queued: None):
    officer = town.officer(town.centre, hours=1)
    officer.start(clock=town.clock)
    subscribe(officer, service)
    overstay(town, now="11:05")
    town.clock.forward(minutes=1)
    town.sweep()
    work(town)
    assert titles(service) == []


def test_tasks_that_nobody_took_buzz_once(town: Town, desk: Caller, service: PushService):
    for _ in range(8):
        town.on_duty(town.centre)
    town.bay("B2")
    town.clock.set("11:05")
    town.reads(("B1", "occupied", "09:00"), ("B2", "occupied", "09:00"))
    for _ in range(5):
        town.sweep()
        town.clock.forward(seconds=60)
    town.sweep()
    work(town)
    [message] = service.received
    assert message.json["notification"]["body"] == "2 tasks need you."
    assert message.json["notification"]["data"]["alert"] == alerts(town)[0]["id"]
    assert UUID(message.json["notification"]["data"]["notification"])


def test_that_somebody_is_on_it_takes_the_alarms_place_at_the_other_supervisors_once(
    town: Town, officer: Officer, desk: Caller, service: PushService
):
    made = officer.phone.post("/sos", {"id": str(uuid4())})
    for step in ("acknowledge", "resolve"):
        town.administrator.post(f"/alerts/{made['id']}/{step}")
    work(town)
    assert sorted(titles(service)) == ["SOS from an officer", "Somebody is on it"]
    assert len({message.headers["topic"] for message in service.received}) == 1
    assert len({message.json["notification"]["tag"] for message in service.received}) == 1


def test_who_is_on_it_is_not_told_so(town: Town, officer: Officer, desk: Caller, service: PushService):
    made = officer.phone.post("/sos", {"id": str(uuid4())})
    town.supervisor.post(f"/alerts/{made['id']}/acknowledge")
    work(town)
    assert titles(service) == ["SOS from an officer"]


def test_what_is_over_by_itself_is_taken_back_too(
    town: Town, officer: Officer, desk: Caller, service: PushService
):
    town.clock.forward(minutes=1)
    officer.stand(lon=HOME[0] + 0.02, lat=HOME[1], clock=town.clock)
    town.clock.forward(minutes=1)
    officer.stand(lon=HOME[0], lat=HOME[1], clock=town.clock)
    work(town)
    assert sorted(titles(service)) == ["An officer has left their zones", "It is over"]
