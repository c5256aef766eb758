"""Assignment → notification: from an overstay to words on a phone, through a real queue and a real push service."""

import json
import time
from base64 import urlsafe_b64encode
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from enforcement import pipeline
from enforcement.adapters.tables import Assignment, Bay, Device, Notification, Task, db

from ..adapters.push_service import PushService
from ..builders import Officer
from .scenes import Town, accepted, arrived, overstay, rows, subscribe, work

PERSONAL = ("Olu", "example.org", "AB12")


class Narrow(PushService):
    """A push service that takes small messages only."""

    def take(self, path: str, headers: dict[str, str], body: bytes) -> Any:
        self.answer(413 if len(body) > 350 else 201)
        return super().take(path, headers, body)


def messages(town: Town) -> list[Notification]:
    with town.session() as session:
        return rows(session, Notification)


def device(town: Town) -> Device:
    with town.session() as session:
        [found] = rows(session, Device)
    return found


def topic_of(task: dict[str, Any]) -> str:
    return urlsafe_b64encode(UUID(task["id"]).bytes).rstrip(b"=").decode()


def test_an_overstay_becomes_words_on_a_phone(town: Town, phone: Officer, service: PushService):
    task = overstay(town)
    work(town)
    [message] = service.wait_for(1)
    shown = message.json["notification"]
    assert shown["title"] == "Judd Street, bay B1"
    assert shown["body"] == "5 min over · lawful from 11:11 · 10 m walk"
    assert shown["navigate"] == f"/patrol/?task={task['id']}"
    [sent] = messages(town)
    assert shown["data"] == {"kind": "task.offered", "task": task["id"], "notification": str(sent.id)}
    assert message.headers["ttl"] == "60"
    assert message.headers["urgency"] == "high"
    assert message.headers["topic"] == topic_of(task)
    assert (sent.state, sent.status, sent.attempts) == ("sent", 201, 1)
    assert town.journal(str(sent.id)) == ["notification.sent"]


def test_the_message_is_in_the_language_that_its_reader_chose(
    town: Town, phone: Officer, service: PushService
):
    phone.phone.patch("/me", {"language": "cy"})
    overstay(town)
    work(town)
    [message] = service.wait_for(1)
    shown = message.json["notification"]
    assert shown["title"] == "Judd Street, bae B1"
    assert shown["body"] == "5 mun dros amser · cyfreithlon o 11:11 · 10 m ar droed"


def test_the_message_says_no_more_than_it_must(town: Town, phone: Officer, service: PushService):
    task = arrived(town, phone)
    town.clock.set("11:12")
    phone.step(task, "sightings", plate="AB12CDE", note="Olu saw it")
    work(town)
    with town.session() as session:
        told = json.dumps([row.payload for row in rows(session, Notification)])
    assert not [word for word in PERSONAL if word in told]


def test_an_officer_on_the_way_hears_that_the_supervisor_called_it_off(
    town: Town, phone: Officer, service: PushService
):
    task = accepted(town, phone)
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "Mrs Brown of number 4 is ill"})
    work(town)
    [message] = service.wait_for(1)
    assert message.json["notification"]["title"] == "Your supervisor has called this one off"
    assert message.json["notification"]["data"]["kind"] == "task.withdrawn"
    assert message.headers["topic"] == topic_of(task)
    assert "Brown" not in message.content.decode()


def fates(town: Town) -> list[tuple[str, str, str | None]]:
    return [(row.kind, row.state, row.detail) for row in messages(town)]


def test_nothing_is_sent_for_an_offer_that_is_over(town: Town, phone: Officer, service: PushService):
    [task] = [overstay(town)]
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    work(town)
    assert fates(town)[0] == ("offer", "dropped", "no longer on offer")
    assert [message.json["notification"]["data"]["kind"] for message in service.received] == [
        "task.withdrawn"
    ]


def test_nothing_is_sent_after_its_time(town: Town, phone: Officer, service: PushService):
    overstay(town)
    town.clock.forward(seconds=60)
    work(town)
    assert fates(town) == [("offer", "dropped", "too late")]
    assert service.requests == 0


def test_nothing_is_sent_to_an_officer_off_shift(town: Town, phone: Officer, service: PushService):
    accepted(town, phone)
    task = town.tasks()[0]
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    town.supervisor.post(f"/shifts/{phone.shift['id']}/release")
    work(town)
    assert {detail for _, _, detail in fates(town)} == {"off shift"}
    assert service.requests == 0


def test_nothing_is_sent_to_a_phone_that_signed_out(town: Town, phone: Officer, service: PushService):
    overstay(town)
    phone.phone.post("/sign-out")
    work(town)
    assert fates(town) == [("offer", "dropped", "signed out")]
    assert service.requests == 0


def test_a_phone_that_signed_out_gets_no_messages_any_more(town: Town, phone: Officer, service: PushService):
    phone.phone.post("/sign-out")
    overstay(town)
    assert messages(town) == []


def test_a_sign_in_that_ran_out_gets_no_messages(town: Town, phone: Officer, service: PushService):
    overstay(town)
    with Session(db.engine) as session:
        session.info["authority_id"] = town.id
        session.execute(text("UPDATE sign_ins SET expires_at = :now"), {"now": town.clock()})
        session.commit()
    work(town)
    assert fates(town) == [("offer", "dropped", "signed out")]


@pytest.mark.parametrize(
    ("status", "body", "rests"),
    [
        (404, "", "gone"),
        (410, "", "gone"),
        (400, "BadTopic", "active"),
        (403, "BadJwtToken", "active"),
        (403, "VapidPkHashMismatch", "renew"),
    ],
)
def test_what_a_push_service_refuses_for_good_is_not_sent_again(
    town: Town, phone: Officer, service: PushService, status: int, body: str, rests: str
):
    service.answer(status, body)
    overstay(town)
    work(town)
    work(town)
    [row] = messages(town)
    assert (row.state, row.status, service.requests) == ("failed", status, 1)
    assert device(town).state == rests
    assert town.journal(str(row.id)) == ["notification.failed"]


def test_a_phone_hears_that_its_subscription_is_dead_and_makes_another(
    town: Town, phone: Officer, service: PushService
):
    service.answer(410)
    overstay(town)
    work(town)
    dead = device(town)
    keys = {"p256dh": dead.p256dh, "auth": dead.auth}
    again = phone.phone.post("/devices", {"endpoint": dead.endpoint, "keys": keys})
    assert again == {"id": str(dead.id), "state": "gone"}
    assert device(town).state == "gone"


def test_a_phone_that_subscribes_anew_is_told_again(town: Town, phone: Officer, service: PushService):
    service.answer(410)
    overstay(town)
    work(town)
    service.answer(201)
    subscribe(phone, service)
    town.clock.forward(minutes=1)
    town.sweep()
    town.clock.forward(minutes=6)
    town.sweep()
    work(town)
    assert len(service.received) == 1


def test_a_message_that_is_too_large_is_sent_shrunk(town: Town, officer: Officer, queued: None):
    with Narrow() as narrow:
        subscribe(officer, narrow)
        task = overstay(town)
        work(town)
        work(town)
        [message] = narrow.received
    assert set(message.json["notification"]) == {"title", "navigate", "tag"}
    assert message.json["notification"]["navigate"].endswith(task["id"])
    assert [(row.state, row.attempts) for row in messages(town)] == [("sent", 2)]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_push_service_is_asked_again_when_it_said(
    town: Town, phone: Officer, service: PushService, status: int
):
    service.answer(status, Retry_After="1")
    overstay(town)
    work(town)
    assert [(row.state, row.attempts, row.status) for row in messages(town)] == [("queued", 1, status)]
    service.answer(201)
    work(town)
    assert service.received == []
    time.sleep(1.1)
    work(town)
    assert len(service.received) == 1
    [row] = messages(town)
    assert (row.state, row.attempts) == ("sent", 2)
    assert device(town).state == "active"


def test_what_could_only_come_too_late_is_given_up(town: Town, phone: Officer, service: PushService):
    service.answer(503, Retry_After="60")
    overstay(town)
    work(town)
    assert [row.state for row in messages(town)] == ["failed"]
    assert device(town).state == "active"


def test_a_delivery_that_is_taken_up_again_sends_nothing_that_was_sent(
    town: Town, phone: Officer, service: PushService
):
    overstay(town)
    work(town)
    with town.session() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'todo' WHERE status = 'succeeded'"))
        session.commit()
    work(town)
    assert len(service.received) == 1
    assert [row.attempts for row in messages(town)] == [1]


def test_the_phones_own_receipt_is_kept_and_nobody_elses(town: Town, phone: Officer, service: PushService):
    overstay(town)
    work(town)
    [row] = messages(town)
    other = town.on_duty(town.centre)
    other.phone.post(f"/notifications/{row.id}/receipt", status=404)
    for _ in range(2):
        phone.phone.post(f"/notifications/{row.id}/receipt", status=204)
    assert messages(town)[0].received_at == town.clock()
    assert town.journal(str(row.id)) == ["notification.sent", "notification.received"]


def test_each_phone_of_an_officer_is_told_once_of_each_offer(
    town: Town, phone: Officer, service: PushService
):
    subscribe(phone, service)
    overstay(town)
    with town.session() as session:
        [task], [assignment] = rows(session, Task), rows(session, Assignment)
        bay = session.get_one(Bay, (town.id, task.bay_id))
        for _ in range(3):
            pipeline.messages.tell_offered(session, [(assignment, task, bay)], town.clock())
        session.commit()
    assert len({row.device_id for row in messages(town)}) == len(messages(town)) == 2
    work(town)
    assert len(service.received) == 2


def test_a_test_message_reaches_the_phone_at_any_time(town: Town, phone: Officer, service: PushService):
    phone.phone.post(f"/devices/{phone.device['id']}/test", status=202)
    work(town)
    [message] = service.received
    assert message.json["notification"]["title"] == "Messages reach this phone"
