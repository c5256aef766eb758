"""A few words from the desk to an officer on shift, and whether they were read. The push does not tell them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import DeskMessage, Person
from ..domain import notices
from ..domain.refusals import Conflict, NotFound
from . import duty, messages


def send(
    session: Session, message_id: UUID, officer_id: UUID, text: str, sent_by: UUID, now: datetime
) -> DeskMessage:
    """Write it down and tell the officer's phones; sent again under the same id it is sent once.

    Raises NotFound; Conflict for an officer who is not on shift, and for an id that was used for other words.
    """
    known = _find(session, message_id)
    if known is None:
        _require_on_shift(session, officer_id)
        known = _write(session, message_id, officer_id, text, sent_by, now)
    if (known.officer_id, known.text, known.sent_by) != (officer_id, text, sent_by):
        raise Conflict("This id was used for another message.")
    return known


def _write(
    session: Session, message_id: UUID, officer_id: UUID, text: str, sent_by: UUID, now: datetime
) -> DeskMessage:
    row = {"authority_id": session.info["authority_id"], "id": message_id, "officer_id": officer_id}
    row |= {"text": text, "sent_by": sent_by, "sent_at": now}
    new = insert(DeskMessage).values(row).on_conflict_do_nothing().returning(DeskMessage.id)
    if session.scalar(new):
        journal.record(
            session, "message.sent", message_id, at=now, officer_id=officer_id, actor=f"person:{sent_by}"
        )
        messages.tell(session, [officer_id], messages.FROM_DESK, notices.desk_message(message_id), now)
    return session.get_one(DeskMessage, (row["authority_id"], message_id))


def _require_on_shift(session: Session, officer_id: UUID) -> None:
    officer = session.get(Person, (session.info["authority_id"], officer_id))
    if officer is None or officer.role != "officer":
        raise NotFound(f"There is no officer {officer_id}.")
    if duty.current(session, officer_id) is None:
        raise Conflict(f"{officer.name} is not on shift: nobody is written to outside their hours.")


def read(
    session: Session, message_id: UUID, officer_id: UUID, recorded_at: datetime, now: datetime
) -> DeskMessage:
    """The officer has read it; the first time counts. Raises NotFound, also for another officer's."""
    message = _find(session, message_id, lock=True)
    if message is None or message.officer_id != officer_id:
        raise NotFound(f"There is no message {message_id}.")
    if message.read_at is None:
        message.read_at = max(min(recorded_at, now), message.sent_at)
        journal.record(session, "message.read", message.id, at=now, officer_id=officer_id)
    return message


def _find(session: Session, message_id: UUID, *, lock: bool = False) -> DeskMessage | None:
    return session.get(DeskMessage, (session.info["authority_id"], message_id), with_for_update=lock or None)
