"""What an officer recorded and the line could not take: kept apart for the supervisor, never dropped."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import KeptRecord


def keep(
    session: Session,
    kind: str,
    task_id: UUID,
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
        "task_id": task_id,
        "kind": kind,
        "said": json.loads(json.dumps(said, default=str)),
        "why": why,
        "recorded_at": said["recorded_at"],
        "received_at": now,
    }
    kept = session.scalar(insert(KeptRecord).values(row).on_conflict_do_nothing().returning(KeptRecord.id))
    if kept:
        journal.record(
            session, "record.kept", kept, at=now, officer_id=person_id, task_id=task_id, record=kind
        )


def taken(session: Session, record_id: UUID, now: datetime) -> None:
    """What was kept under this id takes effect after all: its officer sent it again. The caller commits."""
    kept = session.execute(
        update(KeptRecord)
        .where(
            KeptRecord.authority_id == session.info["authority_id"],
            KeptRecord.record_id == record_id,
            KeptRecord.taken_at.is_(None),
        )
        .values(taken_at=now)
        .returning(KeptRecord.id, KeptRecord.task_id, KeptRecord.person_id, KeptRecord.kind)
    ).first()
    if kept:
        journal.record(
            session, "record.taken", kept.id, at=now, officer_id=kept.person_id,
            task_id=kept.task_id, record=kept.kind,
        )  # fmt: skip
