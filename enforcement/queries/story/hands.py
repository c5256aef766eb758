"""In whose hands a task was, and how their visits ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...adapters.tables import Assignment, OutcomeRow, Person

OFFER = (
    "id", "shift_id", "beside", "state", "offered_at", "expires_at", "accepted_at", "arrived_at",
    "preparation_began_at", "ended_at", "end_reason", "expected_value", "walk_metres", "walk_seconds", "reason",
)  # fmt: skip
OUTCOME = ("id", "outcome", "details", "recorded_at", "received_at", "far_m")


def offers(session: Session, task_id: UUID) -> list[dict[str, Any]]:
    """Whom it was offered to, in that order: what was weighed, and what became of it."""
    rows = session.execute(
        select(Assignment, Person.name)
        .join(Person, (Person.authority_id == Assignment.authority_id) & (Person.id == Assignment.officer_id))
        .where(Assignment.authority_id == session.info["authority_id"], Assignment.task_id == task_id)
        .order_by(Assignment.offered_at, Assignment.id)
    )
    return [
        {name: getattr(row, name) for name in OFFER} | {"officer": {"id": row.officer_id, "name": officer}}
        for row, officer in rows
    ]


def outcomes(session: Session, task_id: UUID) -> list[dict[str, Any]]:
    """What officers found in the end, in that order; of the last check of the plate all but the plate."""
    rows = session.execute(
        select(OutcomeRow, Person.name)
        .join(Person, (Person.authority_id == OutcomeRow.authority_id) & (Person.id == OutcomeRow.officer_id))
        .where(OutcomeRow.authority_id == session.info["authority_id"], OutcomeRow.task_id == task_id)
        .order_by(OutcomeRow.recorded_at, OutcomeRow.id)
    )
    return [
        {name: getattr(row, name) for name in OUTCOME}
        | {
            "officer": {"id": row.officer_id, "name": officer},
            "rights": _last_check(row.rights) if row.rights else None,
        }
        for row, officer in rows
    ]


def _last_check(kept: dict[str, Any]) -> dict[str, Any]:
    at = kept.get("checked_at")
    told = {name: kept.get(name) for name in ("status", "provider", "reason")}
    return told | {"checked_at": datetime.fromisoformat(at) if at else None}
