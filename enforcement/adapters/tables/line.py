"""The line from kerb to task: readings, the state of each bay, stays, tasks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from .base import Logged, OfAuthority, Owned, db, refers


class ReadingRow(Logged, db.Model):
    """One report of a sensor, as received. A log: it points at sensors and bays without foreign keys.

    `folded` is False for what can't move a stay: reports about the device, of unknown sensors, and
    those that came later than the window for late reports.
    """

    __tablename__ = "readings"
    __table_args__ = (
        Index("ix_readings_bay", "authority_id", "bay_id", "event_at"),
        Index("ix_readings_unmapped", "authority_id", "sensor", postgresql_where=text("sensor_id IS NULL")),
        {"postgresql_partition_by": "RANGE (event_at)"},
    )

    source: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    event_at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    received_at: Mapped[datetime]
    sensor: Mapped[str]
    sensor_id: Mapped[UUID | None]
    bay_id: Mapped[UUID | None]
    state: Mapped[str]
    since: Mapped[datetime | None]
    folded: Mapped[bool]
    health: Mapped[dict[str, Any] | None]
    raw: Mapped[Any | None] = mapped_column(JSONB)

    @property
    def fate(self) -> str:
        """`taken`, `unmapped` (no bay has its sensor), or `late`: it came too late to move a stay of its bay."""
        if self.bay_id is None:
            return "unmapped"
        return "taken" if self.folded or self.state == "device" else "late"


class BayState(OfAuthority, db.Model):
    """The one hot row per bay: what is known of it now. Lock in bay order, then read.

    `at` is the latest event time that was folded, `last_free_at` the latest report that it was free,
    `silent_at` the moment from which its sensor counts as silent, `unknown_at` since when it does.
    `remapped` counts how often sensors were mapped away from the bay: what was mapped before is looked up again.
    """

    __tablename__ = "bay_state"
    __table_args__ = (
        refers("bay_id", "bays"),
        Index("ix_bay_state_silent", "silent_at", postgresql_where=text("unknown_at IS NULL")),
        {"postgresql_with": {"fillfactor": "70"}},
    )

    bay_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str | None]
    at: Mapped[datetime | None]
    last_free_at: Mapped[datetime | None]
    stay_id: Mapped[UUID | None]
    silent_at: Mapped[datetime | None]
    unknown_at: Mapped[datetime | None]
    remapped: Mapped[int] = mapped_column(server_default=text("0"))


class StayRow(Owned, db.Model):
    """One vehicle in one bay. Superseded rows are kept: nothing that was once believed is deleted.

    `counted_from` is where the clock starts (later than `arrived_at` after a possible swap),
    `arrived_after` the last report that the bay was free. `check_at`: when the sweep looks at it next.
    """

    __tablename__ = "stays"
    __table_args__ = (
        refers("bay_id", "bays"),
        Index("ix_stays_bay", "authority_id", "bay_id", "arrived_at"),
        Index("uq_stays_open", "authority_id", "bay_id", unique=True,
              postgresql_where=text("superseded_at IS NULL AND departed_at IS NULL")),
        Index("ix_stays_check", "check_at", postgresql_where=text("check_at IS NOT NULL")),
    )  # fmt: skip

    bay_id: Mapped[UUID]
    arrived_at: Mapped[datetime]
    arrived_after: Mapped[datetime | None]
    counted_from: Mapped[datetime]
    claimed_since: Mapped[datetime | None]
    departed_at: Mapped[datetime | None]
    possible_swap: Mapped[bool]
    superseded_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None]
    overstay_from: Mapped[datetime | None]
    lawful_from: Mapped[datetime | None]
    lawful_until: Mapped[datetime | None]
    covered_by: Mapped[str | None]


class Task(Owned, db.Model):
    """Work for one officer at one place. `version` goes up with every change; a phone names the one it saw.

    It comes of a stay, or of a standing patrol; then `overstay_from` is when its window, or what was left of
    it, began, and `lawful_until` its end. Or it is `found`: an officer raised it at the kerb, where no sensor has to
    have seen a car; if one has, `stay_id` says which. `far_m`: so far from the place was their phone, if that is
    farther than one sees.
    `ended_by` is who took it back by hand: then it is settled, and no sweep raises it again.
    `tell_at`: the supervisor hears by then that it was offered in vain, together with others.
    `sightings_needed`, `observation_minutes` and `start_rule` are what the policy asked for when the clock was
    set. `only_for_id`: the officer whose second look it waits for.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        refers("bay_id", "bays"),
        refers("stay_id", "stays"),
        refers("patrol_id", "patrols"),
        refers("officer_id", "people"),
        refers("only_for_id", "people"),
        Index("uq_tasks_stay", "authority_id", "stay_id", "overstay_from", unique=True,
              postgresql_where=text("NOT found")),
        Index("ix_tasks_stay", "authority_id", "stay_id"),
        Index("ix_tasks_found", "authority_id", "bay_id",
              postgresql_where=text("found AND stay_id IS NULL AND state NOT IN ('closed', 'withdrawn')")),
        Index("uq_tasks_patrol", "authority_id", "patrol_id", "overstay_from", unique=True,
              postgresql_where=text("patrol_id IS NOT NULL")),
        CheckConstraint("stay_id IS NULL OR patrol_id IS NULL", name="one_cause"),
        Index("ix_tasks_bay", "authority_id", "bay_id", "raised_at"),
        Index("ix_tasks_raised", "authority_id", "raised_at"),
        Index("ix_tasks_visited", "authority_id", "ended_at", postgresql_include=["bay_id", "outcome"],
              postgresql_where=text("outcome IS NOT NULL AND stay_id IS NOT NULL AND NOT found")),
        Index("ix_tasks_open", "authority_id", "state",
              postgresql_where=text("state NOT IN ('closed', 'withdrawn')")),
        Index("ix_tasks_tell", "tell_at", postgresql_where=text("tell_at IS NOT NULL")),
        Index("ix_tasks_until", "lawful_until", postgresql_where=text("state IN ('waiting', 'escalated')")),
    )  # fmt: skip

    bay_id: Mapped[UUID]
    stay_id: Mapped[UUID | None]
    patrol_id: Mapped[UUID | None]
    found: Mapped[bool] = mapped_column(server_default=text("false"))
    far_m: Mapped[float | None]
    state: Mapped[str]
    version: Mapped[int]
    why: Mapped[str]
    code: Mapped[str]
    suffix: Mapped[str]
    overstay_from: Mapped[datetime]
    lawful_from: Mapped[datetime]
    lawful_until: Mapped[datetime | None]
    sightings_needed: Mapped[int]
    observation_minutes: Mapped[int] = mapped_column(server_default=text("0"))
    start_rule: Mapped[str] = mapped_column(server_default=text("'none'"))
    rights: Mapped[str]
    rights_status: Mapped[str | None]
    rights_provider: Mapped[str | None]
    rights_checked_at: Mapped[datetime | None]
    rights_until: Mapped[datetime | None]
    priority: Mapped[float]
    priority_reasons: Mapped[list[str]]
    put_first_at: Mapped[datetime | None]
    offers: Mapped[int]
    tell_at: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    only_for_id: Mapped[UUID | None]
    may_have_left_at: Mapped[datetime | None]
    officer_id: Mapped[UUID | None]
    outcome: Mapped[str | None]
    raised_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]
    ended_by: Mapped[str | None]
