"""A council, its calendar, and how far its plan has come."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from .base import OfAuthority, Owned, db


class Authority(db.Model):
    """A council: the tenant. `policy` is its enforcement policy (see `domain.policy`).

    `epoch` changes when the database is restored: clients of the live feed then load afresh.
    """

    __tablename__ = "authorities"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    time_zone: Mapped[str]
    country: Mapped[str]
    subdivision: Mapped[str | None]
    policy: Mapped[dict[str, Any]]
    epoch: Mapped[UUID] = mapped_column(default=uuid7)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class EventDay(Owned, db.Model):
    """A match day, a market day: a name that opening hours can refer to, and its date."""

    __tablename__ = "event_days"
    __table_args__ = (UniqueConstraint("authority_id", "name", "day"),)

    name: Mapped[str]
    day: Mapped[date]


class Planning(OfAuthority, db.Model):
    """What is wanted but not planned yet: the planner sweeps where `wanted` is ahead of `planned`.

    `next_at` is set while tasks wait for an officer: the plan is then made anew although nothing changed.
    `plan_seconds`: how long the planner took when it was asked last. `walks_fault`: why the last plan had to
    estimate walks in a straight line, though a graph or a service is named. `ahead`: by shift, what the plan sees
    beyond the work in hand (see `pipeline.ahead`).
    """

    __tablename__ = "planning"

    wanted: Mapped[int] = mapped_column(server_default=text("0"))
    wanted_at: Mapped[datetime | None]
    planned: Mapped[int] = mapped_column(server_default=text("0"))
    planned_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    planned_by: Mapped[str | None]
    fault: Mapped[str | None]
    plan_seconds: Mapped[float | None]
    walks_fault: Mapped[str | None]
    ahead: Mapped[dict[str, Any] | None]
