"""Whether a case is kept whatever its age, and why."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ...adapters.tables import Person
from ...pipeline.retention import hold_of


def hold_on(session: Session, task_id: UUID) -> dict[str, Any] | None:
    """The hold that stands on this case: why, since when and by whom; None if it has none."""
    held = hold_of(session, task_id)
    if held is None:
        return None
    by = session.get_one(Person, (held.authority_id, held.placed_by))
    return {
        "id": held.id,
        "reason": held.reason,
        "placed_at": held.placed_at,
        "placed_by": {"id": by.id, "name": by.name},
    }
