"""What keeps officers safe and a supervisor informed: alerts, frozen places, and the log of each shift."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from .base import OfAuthority, Owned, db, refers


class Alert(Owned, db.Model):
    """Something a supervisor has to know. One is open for each kind and subject, until it is resolved or over.

    `cleared_at`: its cause is over (life again, back in the zones, the alarm taken back) and only a supervisor's
    look is wanted. The position of an SOS is kept here, on shift and off it. `tasks` are those of a batch, `facts`
    the numbers and times over which a trouble was raised.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        refers("officer_id", "people"),
        refers("acknowledged_by", "people"),
        refers("resolved_by", "people"),
        Index("uq_alerts_open", "authority_id", "kind", "subject_id", unique=True,
              postgresql_where=text("resolved_at IS NULL AND cleared_at IS NULL")),
        Index("ix_alerts_unresolved", "authority_id", "id", postgresql_where=text("resolved_at IS NULL")),
    )  # fmt: skip

    kind: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[UUID]
    officer_id: Mapped[UUID | None]
    tasks: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"))
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    fix_at: Mapped[datetime | None]
    raised_at: Mapped[datetime]
    again_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[UUID | None]
    cleared_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None]


class Freeze(Owned, db.Model):
    """A place that an officer found unsafe: nobody is sent there until a supervisor releases it.

    `asks_at`: when the supervisor is asked again. `check_at`: when the sweep looks at it next.
    """

    __tablename__ = "freezes"
    __table_args__ = (
        refers("task_id", "tasks"),
        refers("released_by", "people"),
        CheckConstraint("radius_m > 0", name="radius"),
        Index("ix_freezes_standing", "authority_id", "id", postgresql_where=text("released_at IS NULL")),
        Index("ix_freezes_check", "check_at", postgresql_where=text("released_at IS NULL")),
    )

    task_id: Mapped[UUID]
    lon: Mapped[float]
    lat: Mapped[float]
    radius_m: Mapped[float]
    starts_at: Mapped[datetime]
    asks_at: Mapped[datetime]
    check_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_by: Mapped[UUID | None]


class ShiftLog(OfAuthority, db.Model):
    """The log of a shift as its officer signed it. Made once, never changed: `document` is the signed file."""

    __tablename__ = "shift_logs"
    __table_args__ = (refers("shift_id", "shifts"),)

    shift_id: Mapped[UUID] = mapped_column(primary_key=True)
    document: Mapped[str]
    sha256: Mapped[str]
    signed_at: Mapped[datetime]
