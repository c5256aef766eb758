"""Bays that are closed to parking for a while."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import versions
from ..adapters.tables import Bay, SuspensionRow
from ..domain.refusals import Conflict, Invalid
from .known import get
from .restrictions import look_again

CLOCKS_DIFFER = timedelta(minutes=5)


def suspend(
    session: Session,
    bay_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    why: str,
    sign_up_at: datetime | None,
    notice: str | None,
    now: datetime,
    actor: str | None = None,
) -> SuspensionRow:
    """Close a bay to parking for a while."""
    bay = get(session, Bay, bay_id, "bay")
    _check(starts_at, ends_at, sign_up_at, now)
    row = SuspensionRow(
        authority_id=bay.authority_id,
        id=uuid7(),
        bay_id=bay.id,
        starts_at=starts_at,
        ends_at=ends_at,
        why=why,
        sign_up_at=sign_up_at,
        notice=notice,
    )
    session.add(row)
    session.flush()
    facts = {"bay_id": bay.id, "starts_at": starts_at, "ends_at": ends_at}
    journal.record(session, "suspension.created", row.id, at=now, actor=actor, **facts)
    look_again(session, [bay.id], now)
    return row


def change_suspension(
    session: Session, suspension_id: UUID, changes: dict[str, Any], now: datetime, actor: str
) -> SuspensionRow:
    """Its times, its words, or when its sign went up: whoever stands there is judged anew.

    With a `version` only if it is still as it was seen. Raises Stale, and Conflict for one that was called off.
    """
    row: SuspensionRow = get(session, SuspensionRow, suspension_id, "suspension")
    versions.hold(session, row, changes.pop("version", None))
    if row.cancelled_at:
        raise Conflict("This suspension was called off. Make a new one.")
    for name, value in changes.items():
        setattr(row, name, value)
    _check(row.starts_at, row.ends_at, changes.get("sign_up_at"), now)
    session.flush()
    facts: dict[str, Any] = {"bay_id": row.bay_id, "changed": sorted(changes), "sign_up_at": row.sign_up_at}
    journal.record(session, "suspension.changed", row.id, at=now, actor=actor, **facts)
    look_again(session, [row.bay_id], now)
    return row


def _check(starts_at: datetime, ends_at: datetime, sign_up_at: datetime | None, now: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid.at("/ends_at", "A suspension must end after it begins.")
    if sign_up_at and sign_up_at > now + CLOCKS_DIFFER:
        raise Invalid.at("/sign_up_at", "Say when the sign went up once it is up, not before.")


def cancel_suspension(session: Session, suspension_id: UUID, now: datetime, actor: str | None = None) -> None:
    """It holds no more, also for the time that it already covered."""
    row = get(session, SuspensionRow, suspension_id, "suspension")
    if row.cancelled_at is None:
        versions.hold(session, row)
        row.cancelled_at = now
        journal.record(session, "suspension.cancelled", row.id, at=now, actor=actor, bay_id=row.bay_id)
        session.flush()
        look_again(session, [row.bay_id], now)
