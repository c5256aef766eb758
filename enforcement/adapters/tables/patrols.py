"""Standing patrols: work that a supervisor asks for again and again, where no sensor watches."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .base import Owned, db, refers


class Patrol(Owned, db.Model):
    """Somebody shall be seen at a bay, or a spot, for so many minutes in each of its windows.

    `hours` are opening hours, `terms` the [first, last] days between which they count; none: always.
    `window_from`, `window_until`: the window that is open, or the next one; none where it has to be worked out
    anew, or where there is none. `check_at`: when the sweep looks at it next.
    """

    __tablename__ = "patrols"
    __table_args__ = (
        refers("bay_id", "bays"),
        Index("uq_patrols_name", "authority_id", "name", unique=True,
              postgresql_where=text("retired_at IS NULL")),
        Index("ix_patrols_check", "check_at", postgresql_where=text("check_at IS NOT NULL")),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("window_until > window_from", name="window"),
    )  # fmt: skip

    name: Mapped[str]
    bay_id: Mapped[UUID]
    instructions: Mapped[str]
    code: Mapped[str]
    suffix: Mapped[str]
    hours: Mapped[str]
    terms: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    minutes: Mapped[int]
    priority: Mapped[float]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    window_from: Mapped[datetime | None]
    window_until: Mapped[datetime | None]
    check_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    paused_why: Mapped[str | None]
    retired_at: Mapped[datetime | None]
