"""What officers are told before they go out, and that they read it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .base import Owned, db, refers


class BriefingNote(Owned, db.Model):
    """A supervisor's word to officers: in one zone, or in all; from the first day to the last, or until it is
    put away."""

    __tablename__ = "briefing_notes"
    __table_args__ = (
        refers("zone_id", "zones"),
        refers("made_by", "people"),
        Index("ix_briefing_notes_in_use", "authority_id", "id", postgresql_where=text("retired_at IS NULL")),
        CheckConstraint("last_day >= first_day", name="span"),
    )

    version: Mapped[int] = mapped_column(server_default=text("1"))
    text: Mapped[str]
    zone_id: Mapped[UUID | None]
    first_day: Mapped[date]
    last_day: Mapped[date | None]
    hazard: Mapped[bool]
    made_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    retired_at: Mapped[datetime | None]


class BriefingRead(Owned, db.Model):
    """An officer read a shift's briefing, the one with this `sha256`, and looked at their `equipment`: of each
    item whether it is in order, and a note."""

    __tablename__ = "briefings_read"
    __table_args__ = (
        refers("shift_id", "shifts"),
        Index("ix_briefings_read_shift", "authority_id", "shift_id", "read_at"),
    )

    shift_id: Mapped[UUID]
    sha256: Mapped[str]
    equipment: Mapped[list[Any]] = mapped_column(JSONB)
    faults: Mapped[int]
    read_at: Mapped[datetime]
    received_at: Mapped[datetime]
