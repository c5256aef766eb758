"""What is looked after so that a silence is noticed: workers, troubles, and how long networks say nothing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from .base import OfAuthority, db, refers


class Watch(OfAuthority, db.Model):
    """When a worker last looked whether all runs, since when one has without a break, when the next look is due, and
    the troubles that it found: kinds of alerts."""

    __tablename__ = "watches"

    looked_at: Mapped[datetime | None]
    since: Mapped[datetime | None]
    look_at: Mapped[datetime | None]
    troubles: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))


class NetworkGap(OfAuthority, db.Model):
    """The longest time without readings by a key that touched an hour."""

    __tablename__ = "network_gaps"
    __table_args__ = (refers("key_id", "api_keys"),)

    key_id: Mapped[UUID] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True)
    seconds: Mapped[float]
