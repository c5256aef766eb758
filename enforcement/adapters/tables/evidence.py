"""What officers recorded: looks, photos, notes to them, outcomes. Added to, never edited: the database sees to it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, exists, false
from sqlalchemy.orm import Mapped, mapped_column

from .base import OfAuthority, Owned, db, refers


class SightingRow(Owned, db.Model):
    """What an officer saw at a time. Added to, never edited. The id is made by the phone."""

    __tablename__ = "sightings"
    __table_args__ = (
        refers("task_id", "tasks"),
        refers("officer_id", "people"),
        Index("ix_sightings_task", "authority_id", "task_id", "recorded_at"),
    )

    task_id: Mapped[UUID]
    officer_id: Mapped[UUID]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    plate: Mapped[str | None]
    valve_front: Mapped[int | None]
    valve_rear: Mapped[int | None]
    note: Mapped[str | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy_m: Mapped[float | None]


class OutcomeRow(Owned, db.Model):
    """How a visit ended. The id is made by the phone; `far_m` is set when it was recorded far from the bay.

    `rights` is what the last check of the plate said when a notice was served.
    """

    __tablename__ = "outcomes"
    __table_args__ = (
        refers("task_id", "tasks"),
        refers("officer_id", "people"),
        Index("ix_outcomes_task", "authority_id", "task_id"),
    )

    task_id: Mapped[UUID]
    officer_id: Mapped[UUID]
    outcome: Mapped[str]
    details: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
    far_m: Mapped[float | None]
    rights: Mapped[dict[str, Any] | None]


class Photo(OfAuthority, db.Model):
    """A photo of a sighting, by the SHA-256 (hex) that the phone made of it when it was taken, and where that was.

    One that was `chosen` among the phone's pictures has no place; its time is the file's own, if it has one.
    """

    __tablename__ = "photos"
    __table_args__ = (refers("sighting_id", "sightings"),)

    sighting_id: Mapped[UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime | None]
    chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy_m: Mapped[float | None]


class PhotoFile(Owned, db.Model):
    """A photo's bytes reached us, whole and as they were hashed; they lie in a file. `size` in bytes.

    `sighting_id` is the phone's id of the sighting, which may be one that was kept apart.
    """

    __tablename__ = "photo_files"
    __table_args__ = (
        refers("officer_id", "people"),
        UniqueConstraint("authority_id", "sighting_id", "sha256"),
    )

    sighting_id: Mapped[UUID]
    sha256: Mapped[str]
    officer_id: Mapped[UUID]
    size: Mapped[int]
    received_at: Mapped[datetime]


class Addendum(Owned, db.Model):
    """What an officer added to their own sighting later. The id is made by the phone."""

    __tablename__ = "addenda"
    __table_args__ = (
        refers("sighting_id", "sightings"),
        refers("officer_id", "people"),
        Index("ix_addenda_sighting", "authority_id", "sighting_id"),
    )

    sighting_id: Mapped[UUID]
    officer_id: Mapped[UUID]
    text: Mapped[str]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]


class Misreading(Owned, db.Model):
    """An officer marked their own sighting as misread: it stays on record and counts for nothing. The phone's id."""

    __tablename__ = "misreadings"
    __table_args__ = (
        refers("sighting_id", "sightings"),
        refers("officer_id", "people"),
        UniqueConstraint("authority_id", "sighting_id"),
    )

    sighting_id: Mapped[UUID]
    officer_id: Mapped[UUID]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]


STANDS = ~exists().where(
    Misreading.authority_id == SightingRow.authority_id, Misreading.sighting_id == SightingRow.id
)
"""Of a sighting: its officer has not marked it as misread."""
