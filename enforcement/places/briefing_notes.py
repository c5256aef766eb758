"""What supervisors want officers to know before they go out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import versions
from ..adapters.tables import BriefingNote, Zone
from ..domain.refusals import Invalid
from .known import get


def add_note(
    session: Session, given: dict[str, Any], person_id: UUID, today: date, now: datetime
) -> BriefingNote:
    """Told from its first day (today, if left out) to its last, or until it is put away. Raises Invalid, NotFound."""
    first_day, last_day = given["first_day"] or today, given["last_day"]
    _check_span(first_day, last_day)
    if given["zone_id"]:
        get(session, Zone, given["zone_id"], "zone")
    row = BriefingNote(
        authority_id=session.info["authority_id"],
        id=uuid7(),
        text=given["text"],
        zone_id=given["zone_id"],
        first_day=first_day,
        last_day=last_day,
        hazard=given["hazard"],
        made_by=person_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    journal.record(
        session, "briefing-note.added", row.id, at=now, actor=f"person:{person_id}", hazard=row.hazard,
        zone_id=row.zone_id, first_day=first_day.isoformat(), last_day=last_day.isoformat() if last_day else None,
    )  # fmt: skip
    return row


def _check_span(first_day: date, last_day: date | None) -> None:
    if last_day and last_day < first_day:
        words = "Ends before it begins."
        raise Invalid.at("/last_day", words)


def change_days(
    session: Session, note_id: UUID, given: dict[str, Any], actor: str, now: datetime
) -> BriefingNote:
    """Told on other days: `first_day`, `last_day`, those that are given; with a `version` only if it is
    still as it was seen. Raises NotFound, Invalid, Stale."""
    row: BriefingNote = get(session, BriefingNote, note_id, "note")
    versions.hold(session, row, given.get("version"))
    first_day, last_day = given.get("first_day", row.first_day), given.get("last_day", row.last_day)
    _check_span(first_day, last_day)
    row.first_day, row.last_day = first_day, last_day
    journal.record(
        session, "briefing-note.changed", row.id, at=now, actor=actor,
        first_day=first_day.isoformat(), last_day=last_day.isoformat() if last_day else None,
    )  # fmt: skip
    return row


def retire_note(session: Session, note_id: UUID, actor: str, now: datetime) -> None:
    """It is told no more. Raises NotFound, also where it was put away before."""
    row = get(session, BriefingNote, note_id, "note")
    row.retired_at = now
    journal.record(session, "briefing-note.retired", row.id, at=now, actor=actor)


def notes_in_use(session: Session, today: date) -> Sequence[BriefingNote]:
    """Those that are told today or will be, hazards first, then the newest."""
    return session.scalars(
        select(BriefingNote)
        .where(
            BriefingNote.authority_id == session.info["authority_id"],
            BriefingNote.retired_at.is_(None),
            or_(BriefingNote.last_day.is_(None), BriefingNote.last_day >= today),
        )
        .order_by(BriefingNote.hazard.desc(), BriefingNote.id.desc())
    ).all()
