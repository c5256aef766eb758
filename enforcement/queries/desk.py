"""What the desk wrote to officers, as people read it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..adapters.tables import DeskMessage, Person, Shift


def desk_messages(session: Session, query: Select, most: int = 20) -> list[dict[str, Any]]:
    """The latest of them, the newest first; `query` is a choice of `desk_message_query`."""
    newest = query.order_by(DeskMessage.sent_at.desc(), DeskMessage.id.desc()).limit(most)
    return [
        {
            **{name: getattr(message, name) for name in ("id", "text", "sent_at", "read_at")},
            "sent_by": {"id": message.sent_by, "name": sender},
        }
        for message, sender in session.execute(newest)
    ]


def desk_message_query(session: Session, officer_id: UUID) -> Select:
    """All that was written to this officer, and by whom, to be narrowed."""
    return (
        select(DeskMessage, Person.name)
        .join(Person, (Person.authority_id == DeskMessage.authority_id) & (Person.id == DeskMessage.sent_by))
        .where(DeskMessage.authority_id == session.info["authority_id"], DeskMessage.officer_id == officer_id)
    )


def unread_messages(session: Session, officer_id: UUID) -> list[dict[str, Any]]:
    """What was written to this officer in the shift that they are on, and waits to be read."""
    written = desk_message_query(session, officer_id)
    on = (Shift.authority_id == DeskMessage.authority_id) & (Shift.officer_id == officer_id)
    here = written.join(Shift, on).where(
        Shift.started_at <= DeskMessage.sent_at, Shift.ended_at.is_(None), DeskMessage.read_at.is_(None)
    )
    return desk_messages(session, here)
