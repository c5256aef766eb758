"""Bays and zones as people read them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, BayState, RestrictionRow, SuspensionRow, Zone, ZoneBay
from ..domain.refusals import NotFound
from ..pipeline.rules import restrictions_at
from .paging import Page, page


def bays(
    session: Session,
    now: datetime,
    *,
    ids: Sequence[UUID] | None = None,
    cursor: UUID | None = None,
    limit: int = 50,
) -> Page:
    """Bays with their state of now, what they allow, and their zones."""
    query = (
        select(Bay, BayState)
        .join(BayState, (BayState.authority_id == Bay.authority_id) & (BayState.bay_id == Bay.id))
        .where(Bay.authority_id == session.info["authority_id"], Bay.retired_at.is_(None))
    )
    if ids is not None:
        query = query.where(Bay.id.in_(ids))
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
            "suspended": bay.id in suspended_now,
        }
        for bay, state in rows
    ], following


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
            SuspensionRow.bay_id.in_(ids),
            SuspensionRow.cancelled_at.is_(None),
            SuspensionRow.starts_at <= now,
            SuspensionRow.ends_at > now,
        )
        .group_by(SuspensionRow.bay_id)
    )
    return dict(rows.all())


def zones(session: Session, *, ids: Sequence[UUID] | None = None) -> list[dict[str, Any]]:
    """The zones in use, and how many bays each has."""
    bays_in = (
        select(func.count())
        .select_from(ZoneBay)
        .join(Bay, (Bay.authority_id == ZoneBay.authority_id) & (Bay.id == ZoneBay.bay_id))
        .where(
            ZoneBay.authority_id == Zone.authority_id,
            ZoneBay.zone_id == Zone.id,
            Bay.retired_at.is_(None),
            Bay.spot.is_(False),
        )
        .scalar_subquery()
    )
    query = select(Zone, bays_in).where(
        Zone.authority_id == session.info["authority_id"], Zone.retired_at.is_(None)
    )
    if ids is not None:
        query = query.where(Zone.id.in_(ids))
    return [
        {
            "id": zone.id,
            "name": zone.name,
            "colour": zone.colour,
            "outline": zone.outline,
            "version": zone.version,
            "bays": count,
        }
        for zone, count in session.execute(query.order_by(Zone.name))
    ]


def restriction_rows(session: Session) -> list[RestrictionRow]:
    """Everything that bays of this authority may allow."""
    return list(
        session.scalars(
            select(RestrictionRow)
            .where(RestrictionRow.authority_id == session.info["authority_id"])
            .order_by(RestrictionRow.name, RestrictionRow.id)
        )
    )
