"""What a supervisor wrote to an officer on shift."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from .base import Owned, db, refers


class DeskMessage(Owned, db.Model):
    """A few words from the desk to one officer, read in their app. `read_at`: when they said so."""

    __tablename__ = "desk_messages"
    __table_args__ = (
        refers("officer_id", "people"),
        refers("sent_by", "people"),
        Index("ix_desk_messages_officer", "authority_id", "officer_id", "sent_at"),
    )

    officer_id: Mapped[UUID]
    text: Mapped[str]
    sent_by: Mapped[UUID]
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
