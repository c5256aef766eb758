"""When a bay was paused: its signs or lines were defective, or a supervisor took it out of use."""

from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import JournalRow

KINDS = ("bay.paused", "bay.changed")


def pauses(session: Session, bay_id: UUID, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """The pauses that touch [since, until], also those that were lifted afterwards, as {since, until}."""
    rows = session.scalars(
        select(JournalRow)
        .where(
            JournalRow.authority_id == session.info["authority_id"],
            JournalRow.subject_id == bay_id,
            JournalRow.kind.in_(KINDS),
            JournalRow.at <= until,
        )
        .order_by(JournalRow.id)
    )
    told = [(row.at, row.kind == "bay.paused" or bool(row.facts.get("paused"))) for row in rows]
    return [
        {"since": begin, "until": end}
        for (begin, paused), (end, _) in pairwise([*told, (until, False)])
        if paused and end >= since
    ]
