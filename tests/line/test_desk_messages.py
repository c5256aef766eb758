"""A few words from the desk to an officer on shift: told by push, read in the app, and the desk sees that."""

from typing import Any
from uuid import uuid4

from sqlalchemy import select

from enforcement.adapters.tables import Notification

from ..api.walk import device
from ..builders import Officer
from .scenes import Town

WORDS = "Come to the market when you are done, please"


def write(town: Town, officer: Officer, status: int | None = None, **more: Any) -> Any:
    body = {"id": str(uuid4()), "text": WORDS, **more}
    return town.supervisor.post(f"/people/{officer.id}/messages", body, status)


def acknowledge(town: Town, officer: Officer, message: dict[str, Any], status: int | None = None) -> Any:
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    return officer.phone.post(f"/messages/{message['id']}/read", step, status)


def waiting(officer: Officer) -> list[str]:
    return [each["text"] for each in officer.phone.get("/me")["messages"]]


def pushed(town: Town) -> list[Notification]:
    with town.session() as session:
        told = select(Notification).where(
            Notification.authority_id == town.id, Notification.kind == "message"
        )
        return list(session.scalars(told))


def test_it_waits_on_the_phone_until_it_is_read_and_the_desk_sees_that(town: Town):
    officer = town.on_duty(town.centre)
    message = write(town, officer)
    assert waiting(officer) == [WORDS]
    for _ in range(2):
        town.clock.forward(minutes=1)
        acknowledge(town, officer, message)
    assert waiting(officer) == []
    [told] = town.supervisor.get(f"/people/{officer.id}/messages")["items"]
    assert (told["read_at"], told["sent_by"]["name"]) == ("2026-06-29T08:01:00Z", "Sunita")
    assert town.journal(message["id"]) == ["message.sent", "message.read"]


def test_the_push_says_nothing_of_what_was_written(town: Town):
    officer = town.on_duty(town.centre)
    officer.phone.post("/devices", device(), 201)
    write(town, officer)
    [row] = pushed(town)
    assert WORDS not in str(row.payload)
    assert row.payload["notification"]["title"] == "A message from your supervisor"


def test_sent_twice_it_is_told_once(town: Town):
    officer = town.on_duty(town.centre)
    officer.phone.post("/devices", device(), 201)
    again = {"id": str(uuid4())}
    assert write(town, officer, **again) == write(town, officer, **again)
    assert len(pushed(town)) == 1
    write(town, officer, 409, **again, text="Something else")


def test_nobody_is_written_to_outside_their_hours(town: Town):
    officer = town.officer(town.centre)
    assert write(town, officer, 409)["detail"].startswith("Olu is not on shift")


def test_what_was_not_read_in_a_shift_does_not_wait_for_the_next(town: Town):
    officer = town.on_duty(town.centre)
    write(town, officer)
    town.supervisor.post(f"/shifts/{officer.shift['id']}/release")
    assert waiting(officer) == []


def test_nobody_else_reads_it(town: Town):
    officer, other = town.on_duty(town.centre), town.on_duty(town.centre, name="Ben")
    message = write(town, officer)
    assert waiting(other) == []
    acknowledge(town, other, message, 404)


def test_the_journal_has_no_word_of_it(town: Town):
    officer = town.on_duty(town.centre)
    message = write(town, officer)
    assert "market" not in str(town.supervisor.get(f"/journal?subject_id={message['id']}"))
