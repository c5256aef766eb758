"""Lists that come page by page."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

Page = tuple[list[Any], UUID | None]


def page(session: Session, query: Select, id_column: Any, cursor: UUID | None, limit: int) -> Page:
    """The newest rows first, from `cursor` on, and the cursor of the next page (None at the end)."""
    if cursor is not None:
        query = query.where(id_column < cursor)
    rows = list(session.execute(query.order_by(id_column.desc()).limit(limit + 1)))
    more = len(rows) > limit
    rows = rows[:limit]
    return rows, (getattr(rows[-1][0], id_column.key) if more else None)
