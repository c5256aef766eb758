"""Whether a case is kept whatever its age, and why."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...adapters.tables import Hold, Person


def hold_on(session: Session, task_id: UUID) -> dict[str, Any] | None:
    """The hold that stands on this case: why, since when and by whom; None if it has none."""
    row = session.execute(
        select(Hold, Person.name)
        .join(Person, (Person.authority_id == Hold.authority_id) & (Person.id == Hold.placed_by))
        .where(
            Hold.authority_id == session.info["authority_id"],
            Hold.task_id == task_id,
            Hold.lifted_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    held, name = row
    by = {"id": held.placed_by, "name": name}
    return {"id": held.id, "reason": held.reason, "placed_at": held.placed_at, "placed_by": by}
