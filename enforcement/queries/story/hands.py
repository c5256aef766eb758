"""In whose hands a task was, and how their visits ended."""

from collections.abc import Iterable
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
    return [
        {name: getattr(row, name) for name in OFFER} | {"officer": {"id": row.officer_id, "name": officer}}
        for row, officer in _with_officers(session, Assignment, task_id, Assignment.offered_at)
    ]


def outcomes(session: Session, task_id: UUID) -> list[dict[str, Any]]:
    """What officers found in the end, in that order; of the last check of the plate all but the plate."""
    return [
        {name: getattr(row, name) for name in OUTCOME}
        | {
            "officer": {"id": row.officer_id, "name": officer},
            "rights": _last_check(row.rights) if row.rights else None,
        }
        for row, officer in _with_officers(session, OutcomeRow, task_id, OutcomeRow.recorded_at)
    ]


def _with_officers(session: Session, table: Any, task_id: UUID, order: Any) -> Iterable[Any]:
    """The rows of a task, in that order, each with its officer's name."""
    theirs = (Person.authority_id == table.authority_id) & (Person.id == table.officer_id)
    ours = (table.authority_id == session.info["authority_id"], table.task_id == task_id)
    return session.execute(
        select(table, Person.name).join(Person, theirs).where(*ours).order_by(order, table.id)
    )


def _last_check(kept: dict[str, Any]) -> dict[str, Any]:
    at = kept.get("checked_at")
    told = {name: kept.get(name) for name in ("status", "provider", "reason")}
    return told | {"checked_at": datetime.fromisoformat(at) if at else None}
