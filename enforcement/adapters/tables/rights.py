"""Rights: who is asked, what councils without an API give us as a file, and every answer with its time."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import OfAuthority, Owned, db, refers


class RightsProvider(Owned, db.Model):
    """Somebody who is asked: `apds` over HTTP, or `list`, a file that was imported.

    `token` is encrypted. `places` maps our references (of bays, or names of zones: `place_by`) to the
    provider's own. `faults`, `open_since` and `try_at` are its circuit breaker's. Of a list, `list_id` names
    the rows in use, `listed_at` says when they came, and after `fresh_minutes` they can no longer say "none".
    """

    __tablename__ = "rights_providers"
    __table_args__ = (
        Index(
            "uq_rights_providers_name",
            "authority_id",
            "name",
            unique=True,
            postgresql_where=text("retired_at IS NULL"),
        ),
        CheckConstraint("kind IN ('apds', 'list')", name="kind"),
        CheckConstraint("place_by IN ('bay', 'zone')", name="place_by"),
    )

    kind: Mapped[str]
    name: Mapped[str]
    base_url: Mapped[str | None]
    token: Mapped[str | None]
    place_by: Mapped[str]
    places: Mapped[dict[str, Any]]
    about_bays: Mapped[bool]
    about_plates: Mapped[bool]
    timeout_seconds: Mapped[float]
    fresh_minutes: Mapped[int]
    faults: Mapped[int] = mapped_column(server_default=text("0"))
    open_since: Mapped[datetime | None]
    try_at: Mapped[datetime | None]
    last_answer_at: Mapped[datetime | None]
    last_fault_at: Mapped[datetime | None]
    last_fault: Mapped[str | None]
    list_id: Mapped[UUID | None]
    listed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    retired_at: Mapped[datetime | None]


class ListedRight(Owned, db.Model):
    """A row of an imported file. What is given of plate, bay, zone and place must all match.

    `fault` is set where the row can't be read: whom it names is then unknown. Plates are personal data: they
    go when the next file comes.
    """

    __tablename__ = "listed_rights"
    __table_args__ = (
        refers("provider_id", "rights_providers"),
        Index("ix_listed_rights_plate", "authority_id", "list_id", "plate"),
        Index("ix_listed_rights_bay", "authority_id", "list_id", "bay"),
    )

    provider_id: Mapped[UUID]
    list_id: Mapped[UUID]
    plate: Mapped[str | None]
    bay: Mapped[str | None]
    zone: Mapped[str | None]
    place: Mapped[str | None]
    right_type: Mapped[str]
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]
    fault: Mapped[str | None]


class StayRights(OfAuthority, db.Model):
    """What was asked about the bay of a stay, and what came of it (`status` None: nothing yet).

    By `due_at` the line goes on without an answer. `covered_until` is the latest end of a right that was found.
    """

    __tablename__ = "stay_rights"
    __table_args__ = (refers("stay_id", "stays"),)

    stay_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    covered_until: Mapped[datetime | None]
    status: Mapped[str | None]
    provider: Mapped[str | None]
    checked_at: Mapped[datetime | None]
    right_type: Mapped[str | None]
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]
    reason: Mapped[str | None]


class RightsAnswer(Owned, db.Model):
    """What one provider said, and when: about the bay of a stay, or about a plate at a task.

    The answers to one question share its `question_id`. `plate` is kept only where a sighting has it too, and
    is erased with that; of a plate that was never seen, what was asked is not kept. As a cache an answer
    counts for seconds only.
    """

    __tablename__ = "rights_answers"
    __table_args__ = (
        refers("provider_id", "rights_providers"),
        refers("stay_id", "stays"),
        refers("task_id", "tasks"),
        refers("sighting_id", "sightings"),
        Index("ix_rights_answers_stay", "authority_id", "stay_id", "id"),
        Index("ix_rights_answers_task", "authority_id", "task_id", "id"),
    )

    question_id: Mapped[UUID]
    about: Mapped[str]
    stay_id: Mapped[UUID | None]
    task_id: Mapped[UUID | None]
    sighting_id: Mapped[UUID | None]
    plate: Mapped[str | None]
    provider_id: Mapped[UUID]
    provider: Mapped[str]
    status: Mapped[str]
    right_type: Mapped[str | None]
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]
    checked_at: Mapped[datetime]
    reason: Mapped[str]
