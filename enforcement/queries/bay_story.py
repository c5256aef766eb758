"""What one bay allowed, and when."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import BayRestriction, RestrictionRow
from ..pipeline.rules import OF_RESTRICTION


def allowed(session: Session, bay_id: UUID) -> list[dict[str, Any]]:
    """What the bay allows, the latest first, with what is still to come and what is past."""
    rows = session.execute(
        select(BayRestriction, RestrictionRow)
        .join(RestrictionRow, OF_RESTRICTION)
        .where(BayRestriction.authority_id == session.info["authority_id"], BayRestriction.bay_id == bay_id)
        .order_by(BayRestriction.valid_from.desc())
    )
    return [
        {"valid_from": dated.valid_from, "valid_to": dated.valid_to, "restriction": row}
        for dated, row in rows
    ]
