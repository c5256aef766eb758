"""What this authority has, by its id."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ..domain.refusals import NotFound


def get(session: Session, table: Any, id_: UUID, what: str) -> Any:
    """The row of this authority. Raises NotFound; a spot is found by its patrol only."""
    row = session.get(table, (session.info["authority_id"], id_))
    if row is None or getattr(row, "retired_at", None) or getattr(row, "spot", False):
        raise NotFound(f"There is no {what} {id_}.")
    return row
