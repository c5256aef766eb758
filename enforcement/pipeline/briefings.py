"""Beside the line: officers read what they are told before they go out, and look over what they carry.

It is no condition of starting: a phone without signal must not keep anybody from work, nor a printer that fails.
What is not in order stands in the journal as a number and on a list for supervisors; nothing buzzes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import BriefingRead
from ..domain.refusals import Conflict
from . import late, shifts


def acknowledge(
    session: Session,
    shift_id: UUID,
    officer_id: UUID,
    sha256: str,
    equipment: Sequence[dict[str, Any]],
    recorded_at: datetime,
    now: datetime,
) -> BriefingRead:
    """The officer read the briefing with this sum, and found their equipment so. Again when it has changed.

    What they read may be older than what they would read now: the phone was offline. Judged by when it was done.
    Raises NotFound, Forbidden; Conflict once the shift has ended.
    """
    shift = shifts.own(session, shift_id, officer_id)
    read_at = min(recorded_at, now)
    if shift.ended_at and read_at > shift.ended_at:
        raise Conflict("This shift has ended.")
    faults = sum(not item["ok"] for item in equipment)
    row = BriefingRead(
        authority_id=shift.authority_id,
        id=uuid7(),
        shift_id=shift.id,
        sha256=sha256,
        equipment=list(equipment),
        faults=faults,
        read_at=read_at,
        received_at=now,
    )
    session.add(row)
    session.flush()
    journal.record(
        session, "shift.briefed", shift.id, at=now, officer_id=officer_id, sha256=sha256, faults=faults,
        **late.since(read_at, now),
    )  # fmt: skip
    return row


def last_read(session: Session, shift_id: UUID) -> BriefingRead | None:
    """What the officer of this shift read last."""
    return session.scalars(
        select(BriefingRead)
        .where(
            BriefingRead.authority_id == session.info["authority_id"],
            BriefingRead.shift_id == shift_id,
        )
        .order_by(BriefingRead.read_at.desc(), BriefingRead.id.desc())
        .limit(1)
    ).first()
