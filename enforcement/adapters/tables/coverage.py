"""When streets were seen."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from .base import OfAuthority, db


class StreetSeen(OfAuthority, db.Model):
    """The hour in which an officer last walked a street or was at a bay in it. Never who."""

    __tablename__ = "streets_seen"

    street: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
