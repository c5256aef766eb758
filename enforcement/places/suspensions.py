"""Bays that are closed to parking for a while."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, SuspensionRow
from ..domain.refusals import Invalid
from .known import get
from .restrictions import look_again


def suspend(
    session: Session,
    bay_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    why: str,
    sign_up_at: datetime | None,
    now: datetime,
) -> SuspensionRow:
    """Close a bay to parking for a while."""
    bay = get(session, Bay, bay_id, "bay")
    if ends_at <= starts_at:
        raise Invalid.at("/ends_at", "A suspension must end after it begins.")
    row = SuspensionRow(
        authority_id=bay.authority_id,
        id=uuid7(),
        bay_id=bay.id,
        starts_at=starts_at,
        ends_at=ends_at,
        why=why,
        sign_up_at=sign_up_at,
    )
    session.add(row)
    session.flush()
    journal.record(
        session, "suspension.created", row.id, at=now, bay_id=bay.id, starts_at=starts_at, ends_at=ends_at
    )
    look_again(session, [bay.id], now)
    return row


def cancel_suspension(session: Session, suspension_id: UUID, now: datetime) -> None:
    """It holds no more, also for the time that it already covered."""
    row = get(session, SuspensionRow, suspension_id, "suspension")
    if row.cancelled_at is None:
        row.cancelled_at = now
        journal.record(session, "suspension.cancelled", row.id, at=now, bay_id=row.bay_id)
        session.flush()
        look_again(session, [row.bay_id], now)
