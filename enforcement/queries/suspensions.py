"""Bays that are closed for a while."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, SuspensionRow
from ..domain.refusals import NotFound
from .paging import Page, page


def suspensions(
    session: Session,
    now: datetime,
    *,
    bay_id: UUID | None = None,
    over: bool | None = None,
    cursor: UUID | None = None,
    limit: int = 50,
) -> Page:
    """Suspensions with their bays, the newest first. `over`: those that hold no more; False for all others."""
    query = _query(session)
    if bay_id:
        query = query.where(SuspensionRow.bay_id == bay_id)
    if over is not None:
        is_over = or_(SuspensionRow.cancelled_at.is_not(None), SuspensionRow.ends_at <= now)
        query = query.where(is_over if over else ~is_over)
    rows, following = page(session, query, SuspensionRow.id, cursor, limit)
    return [_told(row) for row in rows], following


def suspension(session: Session, suspension_id: UUID) -> dict[str, Any]:
    """One suspension. Raises NotFound."""
    row = session.execute(_query(session).where(SuspensionRow.id == suspension_id)).first()
    if row is None:
        raise NotFound(f"There is no suspension {suspension_id}.")
    return _told(row)


def _query(session: Session) -> Any:
    of_it = (Bay.authority_id == SuspensionRow.authority_id) & (Bay.id == SuspensionRow.bay_id)
    ours = SuspensionRow.authority_id == session.info["authority_id"]
    return select(SuspensionRow, Bay).join(Bay, of_it).where(ours)


def _told(row: Row) -> dict[str, Any]:
    suspension, bay = row
    columns = {column.key: getattr(suspension, column.key) for column in SuspensionRow.__table__.columns}
    return columns | {"bay": {"id": bay.id, "reference": bay.reference, "street": bay.street}}
