"""Where it happens: zones, bays, what they allow, and the sensors in them. What changes over time is dated."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shapely.geometry.base import BaseGeometry
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Geometry, OfAuthority, Owned, db, refers


class Zone(Owned, db.Model):
    """A patrol area, drawn by a supervisor. Zones may overlap.

    `hours`: when it is active, as `opening_hours`; always without them.
    """

    __tablename__ = "zones"
    __table_args__ = (
        Index(
            "uq_zones_name", "authority_id", "name", unique=True, postgresql_where=text("retired_at IS NULL")
        ),
    )

    name: Mapped[str]
    colour: Mapped[str]
    outline: Mapped[BaseGeometry] = mapped_column(Geometry)
    hours: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    retired_at: Mapped[datetime | None]


class ZoneBay(OfAuthority, db.Model):
    """A bay lies in a zone; redone in the transaction that redraws either."""

    __tablename__ = "zone_bays"
    __table_args__ = (
        refers("zone_id", "zones"),
        refers("bay_id", "bays"),
        Index("ix_zone_bays_bay", "authority_id", "bay_id"),
    )

    zone_id: Mapped[UUID] = mapped_column(primary_key=True)
    bay_id: Mapped[UUID] = mapped_column(primary_key=True)


class Bay(Owned, db.Model):
    """One parking space. A paused bay (defective signs) raises no tasks.

    A `spot` is none: a place where a standing patrol stands or an officer found a car, a school gate or a yellow
    line, which zones, fences and the safety of officers know as they know bays. It has no sensor, no state and no
    restriction.
    """

    __tablename__ = "bays"
    __table_args__ = (
        UniqueConstraint("authority_id", "reference"),
        CheckConstraint("lon BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90", name="on_earth"),
    )

    reference: Mapped[str]
    street: Mapped[str]
    lon: Mapped[float]
    lat: Mapped[float]
    outline: Mapped[BaseGeometry | None] = mapped_column(Geometry)
    spot: Mapped[bool] = mapped_column(server_default=text("false"))
    paused_at: Mapped[datetime | None]
    paused_why: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    retired_at: Mapped[datetime | None]


class RestrictionRow(Owned, db.Model):
    """What a bay may allow; never edited, so that the past can be judged by what was valid then."""

    __tablename__ = "restrictions"
    __table_args__ = (
        UniqueConstraint(
            "authority_id", "bay_class", "hours", "permitted_minutes", "code", "suffix", "reason", "carried",
            name="uq_restrictions_content",
        ),
        CheckConstraint("permitted_minutes >= 0", name="permitted"),
    )  # fmt: skip

    name: Mapped[str]
    bay_class: Mapped[str]
    hours: Mapped[str]
    permitted_minutes: Mapped[int]
    carried: Mapped[bool]
    code: Mapped[str]
    suffix: Mapped[str]
    reason: Mapped[str]


class BayRestriction(Owned, db.Model):
    """From when until when a restriction was in force at a bay; an open end is None."""

    __tablename__ = "bay_restrictions"
    __table_args__ = (
        refers("bay_id", "bays"),
        refers("restriction_id", "restrictions"),
        Index("ix_bay_restrictions_bay", "authority_id", "bay_id", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="span"),
    )

    bay_id: Mapped[UUID]
    restriction_id: Mapped[UUID]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]


class SuspensionRow(Owned, db.Model):
    """A bay is closed to parking for a while. `sign_up_at` is when its sign went up, `notice` what the sign says,
    `sign_photo` the SHA-256 (hex) of the sign's picture, which lies in a file.
    """

    __tablename__ = "suspensions"
    __table_args__ = (
        refers("bay_id", "bays"),
        Index("ix_suspensions_bay", "authority_id", "bay_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="span"),
    )

    bay_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    why: Mapped[str]
    sign_up_at: Mapped[datetime | None]
    notice: Mapped[str | None]
    sign_photo: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    cancelled_at: Mapped[datetime | None]


class Sensor(Owned, db.Model):
    """A device on some network. `threshold_mm`: nearer than this is a car, for models that measure distance."""

    __tablename__ = "sensors"
    __table_args__ = (
        UniqueConstraint("authority_id", "reference"),
        CheckConstraint("heartbeat_minutes > 0", name="heartbeat"),
        {"postgresql_with": {"fillfactor": "70"}},
    )

    reference: Mapped[str]
    model: Mapped[str | None]
    threshold_mm: Mapped[int | None]
    heartbeat_minutes: Mapped[int]
    last_heard_at: Mapped[datetime | None]
    health: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    retired_at: Mapped[datetime | None]


class SensorBay(Owned, db.Model):
    """From when until when a sensor lay in a bay; an open end is None."""

    __tablename__ = "sensor_bays"
    __table_args__ = (
        refers("sensor_id", "sensors"),
        refers("bay_id", "bays"),
        Index("ix_sensor_bays_sensor", "authority_id", "sensor_id", "valid_from"),
        Index("ix_sensor_bays_bay", "authority_id", "bay_id"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="span"),
    )

    sensor_id: Mapped[UUID]
    bay_id: Mapped[UUID]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]


class UnknownSensor(OfAuthority, db.Model):
    """A device that reports but is not on our books: listed, so that someone can map it."""

    __tablename__ = "unknown_sensors"

    reference: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    model: Mapped[str | None]
    bay_hint: Mapped[str | None]
    readings: Mapped[int]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
