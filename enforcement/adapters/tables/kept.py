"""What an officer recorded and the line could not take."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from .base import Owned, db, refers


class KeptRecord(Owned, db.Model):
    """A sighting or an outcome as the phone sent it, and why it changed nothing. `record_id` is the phone's id.

    There is no task of what an officer raised and the line could not take: `found_id` is their phone's id of that.
    `taken_at`: its officer sent it again under the same id, and it took effect. `put_away_at`: a supervisor has dealt
    with it.
    """

    __tablename__ = "kept_records"
    __table_args__ = (
        UniqueConstraint("authority_id", "record_id"),
        refers("person_id", "people"),
        refers("task_id", "tasks"),
        refers("put_away_by", "people"),
        Index("ix_kept_records_task", "authority_id", "task_id", postgresql_where=text("task_id IS NOT NULL")),
        Index("ix_kept_records_found", "authority_id", "found_id", postgresql_where=text("found_id IS NOT NULL")),
        Index("ix_kept_records_waiting", "authority_id", "id",
              postgresql_where=text("taken_at IS NULL AND put_away_at IS NULL")),
        CheckConstraint("(task_id IS NULL) <> (found_id IS NULL)", name="of_one"),
    )  # fmt: skip

    record_id: Mapped[UUID]
    person_id: Mapped[UUID]
    task_id: Mapped[UUID | None]
    found_id: Mapped[UUID | None]
    kind: Mapped[str]
    said: Mapped[dict[str, Any]]
    why: Mapped[str]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    put_away_at: Mapped[datetime | None]
    put_away_by: Mapped[UUID | None]
