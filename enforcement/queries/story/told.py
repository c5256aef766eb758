"""What phones were told of a task, and what the desk wrote to those who had it."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from ...adapters.tables import Assignment, DeskMessage, Device, Notification, Person

PUSH = (
    "id", "kind", "state", "queued_at", "sent_at", "received_at", "expires_at", "attempts", "status", "detail",
)  # fmt: skip
WRITTEN = ("id", "text", "sent_at", "read_at")
Sender = aliased(Person)


def pushes(session: Session, task_id: UUID) -> list[dict[str, Any]]:
    """The messages to phones about it, in that order, with what became of each."""
    rows = session.execute(
        select(Notification, Person)
        .join(
            Device,
            (Device.authority_id == Notification.authority_id) & (Device.id == Notification.device_id),
        )
        .join(Person, (Person.authority_id == Device.authority_id) & (Person.id == Device.person_id))
        .where(Notification.authority_id == session.info["authority_id"], Notification.task_id == task_id)
        .order_by(Notification.queued_at, Notification.id)
    )
    return [{name: getattr(row, name) for name in PUSH} | {"officer": person} for row, person in rows]


def words_meanwhile(session: Session, task_id: UUID) -> list[dict[str, Any]]:
    """What the desk wrote to an officer while the task was theirs, in that order."""
    had_it = exists().where(
        Assignment.authority_id == DeskMessage.authority_id,
        Assignment.task_id == task_id,
        Assignment.officer_id == DeskMessage.officer_id,
        Assignment.offered_at <= DeskMessage.sent_at,
        or_(Assignment.ended_at.is_(None), Assignment.ended_at >= DeskMessage.sent_at),
    )
    rows = session.execute(
        select(DeskMessage, Person, Sender)
        .join(
            Person, (Person.authority_id == DeskMessage.authority_id) & (Person.id == DeskMessage.officer_id)
        )
        .join(Sender, (Sender.authority_id == DeskMessage.authority_id) & (Sender.id == DeskMessage.sent_by))
        .where(DeskMessage.authority_id == session.info["authority_id"], had_it)
        .order_by(DeskMessage.sent_at, DeskMessage.id)
    )
    return [
        {name: getattr(row, name) for name in WRITTEN} | {"officer": officer, "sent_by": sender}
        for row, officer, sender in rows
    ]
