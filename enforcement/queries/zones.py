"""Zones as people read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, Zone, ZoneBay
from ..pipeline import zone_times
from ..pipeline.rules import Rules, rules_of


def zones(session: Session, now: datetime, *, ids: Sequence[UUID] | None = None) -> list[dict[str, Any]]:
    """The zones in use, how many bays each has, and whether it is active."""
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
    rules = rules_of(session, now)
    return [_zone(zone, bays, rules, now) for zone, bays in session.execute(query.order_by(Zone.name))]


def _zone(zone: Zone, bays: int, rules: Rules, now: datetime) -> dict[str, Any]:
    activity = zone_times.activity(rules, zone, now)
    return {
        "id": zone.id,
        "name": zone.name,
        "colour": zone.colour,
        "outline": zone.outline,
        "hours": zone.hours,
        "active": activity.active,
        "changes_at": activity.changes_at,
        "version": zone.version,
        "bays": bays,
    }


def bay_places(session: Session) -> list[tuple[str, str, float, float]]:
    """Every bay in use as (reference, street, lon, lat), by reference: also those in no zone."""
    rows = session.execute(
        select(Bay.reference, Bay.street, Bay.lon, Bay.lat)
        .where(
            Bay.authority_id == session.info["authority_id"], Bay.retired_at.is_(None), Bay.spot.is_(False)
        )
        .order_by(Bay.reference)
    )
    return [(row.reference, row.street, row.lon, row.lat) for row in rows]
