"""What an officer recorded and the line could not take: kept apart for the supervisor, never dropped."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import KeptRecord
from ..domain.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Of:
    """What a record belongs to: a task, or what its officer raised themselves and the line could not take."""

    task_id: UUID | None = None
    found_id: UUID | None = None


def keep(
    session: Session,
    kind: str,
    of: Of,
    person_id: UUID,
    said: Mapping[str, Any],
    why: str,
    now: datetime,
) -> None:
    """Keep what was said (`id`, `recorded_at` and the rest), once however often it comes. The caller commits."""
    row = {
        "authority_id": session.info["authority_id"],
        "id": uuid7(),
        "record_id": said["id"],
        "person_id": person_id,
        **asdict(of),
        "kind": kind,
        "said": json.loads(json.dumps(said, default=str)),
        "why": why,
        "recorded_at": said["recorded_at"],
        "received_at": now,
    }
    kept = session.scalar(insert(KeptRecord).values(row).on_conflict_do_nothing().returning(KeptRecord.id))
    if kept:
        journal.record(
            session, "record.kept", kept, at=now, officer_id=person_id, record=kind,
            task_id=of.task_id, found_id=of.found_id,
        )  # fmt: skip


def is_found(session: Session, found_id: UUID, person_id: UUID) -> bool:
    """Did this officer raise this themselves, and was it kept because the line could not take it?"""
    own = select(KeptRecord.id).where(
        KeptRecord.authority_id == session.info["authority_id"],
        KeptRecord.record_id == found_id,
        KeptRecord.found_id == found_id,
        KeptRecord.person_id == person_id,
    )
    return session.scalars(own).first() is not None


def taken(session: Session, record_id: UUID, now: datetime) -> None:
    """What was kept under this id takes effect after all: its officer sent it again. The caller commits."""
    kept = session.scalar(
        update(KeptRecord)
        .where(
            KeptRecord.authority_id == session.info["authority_id"],
            KeptRecord.record_id == record_id,
            KeptRecord.taken_at.is_(None),
        )
        .values(taken_at=now)
        .returning(KeptRecord)
    )
    if kept:
        journal.record(
            session, "record.taken", kept.id, at=now, officer_id=kept.person_id, record=kept.kind,
            task_id=kept.task_id, found_id=kept.found_id,
        )  # fmt: skip


def put_away(session: Session, kept_id: UUID, person_id: UUID, now: datetime) -> None:
    """This supervisor has dealt with it; the first who says so counts. Raises NotFound. The caller commits."""
    kept = _lock(session, kept_id)
    if kept.put_away_at is None:
        kept.put_away_at, kept.put_away_by = now, person_id
        _tell(session, "record.put-away", kept, person_id, now)


def take_up(session: Session, kept_id: UUID, person_id: UUID, now: datetime) -> None:
    """It is left with the supervisors again. Raises NotFound. The caller commits."""
    kept = _lock(session, kept_id)
    if kept.put_away_at is not None:
        kept.put_away_at = kept.put_away_by = None
        _tell(session, "record.taken-up", kept, person_id, now)


def _lock(session: Session, kept_id: UUID) -> KeptRecord:
    kept = session.get(KeptRecord, (session.info["authority_id"], kept_id), with_for_update=True)
    if kept is None:
        raise NotFound(f"There is no record {kept_id}.")
    return kept


def _tell(session: Session, kind: str, kept: KeptRecord, person_id: UUID, now: datetime) -> None:
    journal.record(
        session, kind, kept.id, at=now, officer_id=kept.person_id, actor=f"person:{person_id}",
        record=kept.kind, task_id=kept.task_id, found_id=kept.found_id,
    )  # fmt: skip
