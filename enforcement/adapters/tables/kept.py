"""What an officer recorded and the line could not take."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from .base import Owned, db, refers


class KeptRecord(Owned, db.Model):
    """A sighting or an outcome as the phone sent it, and why it changed nothing. `record_id` is the phone's id.

    `taken_at`: its officer sent it again under the same id, and it took effect.
    """

    __tablename__ = "kept_records"
    __table_args__ = (
        UniqueConstraint("authority_id", "record_id"),
        refers("person_id", "people"),
        refers("task_id", "tasks"),
    )

    record_id: Mapped[UUID]
    person_id: Mapped[UUID]
    task_id: Mapped[UUID]
    kind: Mapped[str]
    said: Mapped[dict[str, Any]]
    why: Mapped[str]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
