"""Bays as people read them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from ..adapters import arrays
from ..adapters.tables import Bay, BayState, RestrictionRow, SuspensionRow, ZoneBay
from ..domain.refusals import NotFound
from ..pipeline.rules import restrictions_at
from .paging import Page, page
from .which_bays import STATE_OF_BAY, WhichBays, meant

ALL_BAYS = WhichBays()


def bays(
    session: Session,
    now: datetime,
    *,
    which: WhichBays = ALL_BAYS,
    ids: Sequence[UUID] | None = None,
    by_street: bool = False,
    cursor: UUID | None = None,
    limit: int = 50,
) -> Page:
    """Bays with their state of now, what they allow, and their zones: the newest first, or as one walks by them."""
    query = select(Bay, BayState).join(BayState, STATE_OF_BAY).where(*meant(session, which, now))
    if ids is not None:
        query = query.where(Bay.id.in_(ids))
    if by_street:
        rows, following = _by_street(session, query, cursor, limit)
    else:
        rows, following = page(session, query, Bay.id, cursor, limit)
    here = [bay.id for bay, _ in rows]
    zones = zones_of_bays(session, here)
    restrictions = restrictions_at(session, dict.fromkeys(here, now))
    suspended_now = suspended(session, here, now)
    return [
        {
            "id": bay.id,
            "reference": bay.reference,
            "street": bay.street,
            "lon": bay.lon,
            "lat": bay.lat,
            "outline": bay.outline,
            "state": "unknown" if state.unknown_at or not state.state else state.state,
            "state_at": state.at,
            "restriction": restrictions.get(bay.id),
            "zones": zones[bay.id],
            "paused_at": bay.paused_at,
            "paused_why": bay.paused_why,
            "version": bay.version,
            "retired_at": bay.retired_at,
            "suspended": bay.id in suspended_now,
        }
        for bay, state in rows
    ], following


def _by_street(session: Session, query: Select, cursor: UUID | None, limit: int) -> Page:
    """By street, then reference; where the page before ended is read afresh from the bay that it ended with."""
    order = (Bay.street, Bay.reference, Bay.id)
    if cursor is not None:
        last = aliased(Bay)
        place = select(last.street, last.reference, last.id).where(
            last.authority_id == session.info["authority_id"], last.id == cursor
        )
        query = query.where(tuple_(*order) > place.scalar_subquery())
    rows = list(session.execute(query.order_by(*order).limit(limit + 1)))
    more = len(rows) > limit
    return rows[:limit], (rows[limit - 1][0].id if more else None)


def bay(session: Session, bay_id: UUID, now: datetime) -> dict[str, Any]:
    """One bay. Raises NotFound."""
    found, _ = bays(session, now, ids=[bay_id])
    if not found:
        raise NotFound(f"There is no bay {bay_id}.")
    return found[0]


def zones_of_bays(session: Session, bays: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """By bay, the zones that it lies in."""
    zones: dict[UUID, list[UUID]] = defaultdict(list)
    for bay_id, zone_id in session.execute(
        select(ZoneBay.bay_id, ZoneBay.zone_id)
        .where(ZoneBay.authority_id == session.info["authority_id"], ZoneBay.bay_id.in_(bays))
        .order_by(ZoneBay.zone_id)
    ):
        zones[bay_id].append(zone_id)
    return zones


def suspended(session: Session, ids: Sequence[UUID], now: datetime) -> dict[UUID, datetime]:
    """Those of these bays that are suspended now, and since when."""
    rows = session.execute(
        select(SuspensionRow.bay_id, func.min(SuspensionRow.starts_at))
        .where(
            SuspensionRow.authority_id == session.info["authority_id"],
            arrays.among(SuspensionRow.bay_id, ids),
            SuspensionRow.cancelled_at.is_(None),
            SuspensionRow.starts_at <= now,
            SuspensionRow.ends_at > now,
        )
        .group_by(SuspensionRow.bay_id)
    )
    return dict(rows.all())


def restriction_rows(session: Session) -> list[RestrictionRow]:
    """Everything that bays of this authority may allow."""
    return list(
        session.scalars(
            select(RestrictionRow)
            .where(RestrictionRow.authority_id == session.info["authority_id"])
            .order_by(RestrictionRow.name, RestrictionRow.id)
        )
    )
