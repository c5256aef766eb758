"""Officers at work: shifts, positions, assignments and messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Logged, OfAuthority, Owned, db, refers


class Shift(Owned, db.Model):
    """An officer on duty. The position is the last one known; `near_task_id` and `fixes_near` are the fence's.

    `state_at`: when the phone says the state was chosen; `state_since`: when it began, whoever chose it. Moments of
    the sweep, none where nothing is due: `busy_until` (available again), `overrun_at` (forgotten open?),
    `check_in_at` (a sign of life is due).
    """

    __tablename__ = "shifts"
    __table_args__ = (
        refers("officer_id", "people"),
        Index("uq_shifts_on", "authority_id", "officer_id", unique=True,
              postgresql_where=text("started_at IS NOT NULL AND ended_at IS NULL")),
        Index("ix_shifts_officer", "authority_id", "officer_id", "planned_from"),
        CheckConstraint("planned_to > planned_from", name="span"),
        Index("ix_shifts_busy", "busy_until", postgresql_where=text("busy_until IS NOT NULL")),
        Index("ix_shifts_overrun", "overrun_at", postgresql_where=text("overrun_at IS NOT NULL")),
        Index("ix_shifts_check_in", "check_in_at", postgresql_where=text("check_in_at IS NOT NULL")),
    )  # fmt: skip

    officer_id: Mapped[UUID]
    state: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    planned_from: Mapped[datetime]
    planned_to: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    state_at: Mapped[datetime | None]
    state_since: Mapped[datetime | None]
    busy_until: Mapped[datetime | None]
    overrun_at: Mapped[datetime | None]
    check_in_minutes: Mapped[int | None]
    alive_at: Mapped[datetime | None]
    check_in_at: Mapped[datetime | None]
    left_zones_at: Mapped[datetime | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    fix_at: Mapped[datetime | None]
    near_task_id: Mapped[UUID | None]
    fixes_near: Mapped[int] = mapped_column(server_default=text("0"))


class ShiftZone(OfAuthority, db.Model):
    """A shift patrols a zone."""

    __tablename__ = "shift_zones"
    __table_args__ = (refers("shift_id", "shifts"), refers("zone_id", "zones"))

    shift_id: Mapped[UUID] = mapped_column(primary_key=True)
    zone_id: Mapped[UUID] = mapped_column(primary_key=True)


class Position(Logged, db.Model):
    """Where an officer's phone was, while on shift and not on a break. Deleted after days, by policy."""

    __tablename__ = "positions"
    __table_args__ = (
        Index("ix_positions_shift", "authority_id", "shift_id", "at"),
        {"postgresql_partition_by": "RANGE (at)"},
    )

    at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    shift_id: Mapped[UUID]
    officer_id: Mapped[UUID]
    received_at: Mapped[datetime]
    lon: Mapped[float]
    lat: Mapped[float]
    accuracy_m: Mapped[float]


class Assignment(Owned, db.Model):
    """A task offered to an officer: offered, accepted, or ended with a reason.

    An officer has one in hand; `beside` it stand those that they raised themselves, any number of them.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        refers("task_id", "tasks"),
        refers("shift_id", "shifts"),
        refers("officer_id", "people"),
        Index("uq_assignments_task", "authority_id", "task_id", unique=True,
              postgresql_where=text("state <> 'ended'")),
        Index("uq_assignments_in_hand", "authority_id", "shift_id", unique=True,
              postgresql_where=text("state <> 'ended' AND NOT beside")),
        Index("ix_assignments_beside", "authority_id", "shift_id",
              postgresql_where=text("state <> 'ended' AND beside")),
        Index("ix_assignments_expiry", "expires_at", postgresql_where=text("state = 'offered'")),
        Index("ix_assignments_history", "authority_id", "task_id", "offered_at"),
    )  # fmt: skip

    task_id: Mapped[UUID]
    shift_id: Mapped[UUID]
    officer_id: Mapped[UUID]
    beside: Mapped[bool] = mapped_column(server_default=text("false"))
    state: Mapped[str]
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    preparation_began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    expected_value: Mapped[float]
    walk_metres: Mapped[float | None]
    walk_seconds: Mapped[float | None]
    reason: Mapped[str]


class Device(Owned, db.Model):
    """A browser that agreed to be told: a push subscription of one person's sign-in."""

    __tablename__ = "devices"
    __table_args__ = (
        UniqueConstraint("authority_id", "endpoint"),
        refers("person_id", "people"),
        refers("sign_in_id", "sign_ins"),
        Index("ix_devices_person", "authority_id", "person_id"),
    )

    person_id: Mapped[UUID]
    sign_in_id: Mapped[UUID]
    endpoint: Mapped[str]
    p256dh: Mapped[str]
    auth: Mapped[str]
    state: Mapped[str]
    why: Mapped[str | None]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class Notification(Owned, db.Model):
    """A message to a device, a row before it is sent, with its delivery story."""

    __tablename__ = "notifications"
    __table_args__ = (
        refers("device_id", "devices"),
        refers("task_id", "tasks"),
        refers("assignment_id", "assignments"),
        UniqueConstraint("authority_id", "device_id", "assignment_id", "kind"),
        Index("ix_notifications_task", "authority_id", "task_id"),
        Index("ix_notifications_assignment", "authority_id", "assignment_id"),
        Index("ix_notifications_due", "state", "expires_at", postgresql_where=text("state = 'queued'")),
    )

    device_id: Mapped[UUID]
    task_id: Mapped[UUID | None]
    assignment_id: Mapped[UUID | None]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    topic: Mapped[str]
    urgency: Mapped[str]
    expires_at: Mapped[datetime]
    state: Mapped[str]
    attempts: Mapped[int]
    status: Mapped[int | None]
    detail: Mapped[str | None]
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]


class Action(OfAuthority, db.Model):
    """A write from a phone that took effect: its client-made id makes the tenth sending do nothing."""

    __tablename__ = "actions"
    __table_args__ = (refers("person_id", "people"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    digest: Mapped[str]
    recorded_at: Mapped[datetime]
    received_at: Mapped[datetime]
