"""The map as GeoJSON, drawn from what is ours: zones, the streets around, the bays. Reads only.

It changes when somebody draws, not when cars come and go; how a bay is marked now is told apart from it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from math import cos, radians
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import queries
from ..adapters.tables import Bay, RestrictionRow, StreetLine, Zone, ZoneBay
from ..domain.allowances import in_short
from ..domain.fences import degree_metres
from ..domain.streets import through
from ..pipeline.rules import restrictions_at

MARGIN_M = 300.0  # so far around the zones streets are shown: the way there
PLACES, STREET_PLACES = 6, 5  # decimals of a degree: a tenth of a metre, and a metre
STRAIGHT_WITHIN = 10.0**-STREET_PLACES  # degrees: what turns a street less than that is left out

Feature = dict[str, Any]


def features(session: Session, zones: Collection[UUID] | None, now: datetime) -> list[Feature]:
    """These zones (None: all), the streets around them, the bays in them."""
    shown = zones_shown(session, zones)
    bays = bays_in(session, shown)
    return [
        *(_feature(zone.outline, PLACES, "zone", zone, name=zone.name, colour=zone.colour) for zone in shown),
        *_streets(session, [zone.outline for zone in shown]),
        *_bay_features(session, bays, now),
    ]


def zones_shown(session: Session, ids: Collection[UUID] | None) -> Sequence[Zone]:
    """The zones in use of these ids (None: all), by name."""
    query = select(Zone).where(Zone.authority_id == session.info["authority_id"], Zone.retired_at.is_(None))
    if ids is not None:
        query = query.where(Zone.id.in_(ids))
    return session.scalars(query.order_by(Zone.name)).all()


def bays_in(session: Session, zones: Sequence[Zone]) -> Sequence[Bay]:
    """The bays in any of these zones, by reference."""
    ours, ids = session.info["authority_id"], [zone.id for zone in zones]
    inside = select(ZoneBay.bay_id).where(ZoneBay.authority_id == ours, ZoneBay.zone_id.in_(ids))
    return session.scalars(
        select(Bay)
        .where(Bay.authority_id == ours, Bay.id.in_(inside), Bay.retired_at.is_(None), Bay.spot.is_(False))
        .order_by(Bay.reference)
    ).all()


def _feature(shape: BaseGeometry, places: int, kind: str, row: Any, **more: Any) -> Feature:
    rounded = shapely.transform(shape, lambda points: points.round(places))
    return {
        "type": "Feature",
        "geometry": mapping(rounded),
        "properties": {"kind": kind, "id": str(row.id) if row else None, **more},
    }


# Bays


def _bay_features(session: Session, bays: Sequence[Bay], now: datetime) -> Iterable[Feature]:
    ids = [bay.id for bay in bays]
    allowed = restrictions_at(session, dict.fromkeys(ids, now))
    suspended = queries.suspended(session, ids, now)
    for bay in bays:
        yield _feature(
            bay.outline or Point(bay.lon, bay.lat),
            PLACES,
            "bay",
            bay,
            reference=bay.reference,
            street=bay.street,
            allows=_in_short(allowed.get(bay.id)),
            suspended=bay.id in suspended,
            paused=bay.paused_at is not None,
        )


def _in_short(row: RestrictionRow | None) -> str | None:
    return in_short(row.bay_class, row.permitted_minutes, row.hours) if row else None


# Streets


def _streets(session: Session, outlines: Sequence[BaseGeometry]) -> Iterable[Feature]:
    """Those that a file drew; where none was ever taken, those that our own bays let us guess."""
    if not outlines:
        return
    around = shapely.union_all([_around(outline) for outline in outlines])
    drawn = select(StreetLine).where(StreetLine.authority_id == session.info["authority_id"])
    rows = session.scalars(drawn.order_by(StreetLine.name, StreetLine.source)).all()
    for name, line, row in [(row.name, row.line, row) for row in rows] or _guessed(session, around):
        if inside := _within(line, around):
            yield _feature(inside, STREET_PLACES, "street", row, name=name, guessed=row is None)


def _within(line: BaseGeometry, around: BaseGeometry) -> BaseGeometry | None:
    """What of a line lies in there, with no more points than show; None where it touches at most."""
    parts = shapely.get_parts(shapely.simplify(shapely.intersection(line, around), STRAIGHT_WITHIN))
    long = [part for part in parts if part.length > STRAIGHT_WITHIN]
    return (long[0] if len(long) == 1 else shapely.multilinestrings(long)) if long else None


def _around(outline: BaseGeometry) -> BaseGeometry:
    west, south, east, north = outline.bounds
    per_lon, per_lat = degree_metres(cos(radians((south + north) / 2)))
    wide, high = MARGIN_M / per_lon, MARGIN_M / per_lat
    return shapely.box(west - wide, south - high, east + wide, north + high)


def _guessed(session: Session, around: BaseGeometry) -> list[tuple[str, BaseGeometry, None]]:
    west, south, east, north = around.bounds
    rows = session.execute(
        select(Bay.street, Bay.lon, Bay.lat).where(
            Bay.authority_id == session.info["authority_id"],
            Bay.retired_at.is_(None),
            Bay.spot.is_(False),  # an officer may have named its street
            Bay.lon.between(west, east),
            Bay.lat.between(south, north),
        )
    )
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for street, lon, lat in rows:
        places[street].append((lon, lat))
    guesses = ((street, through(np.array(places[street]))) for street in sorted(places))
    return [(street, line, None) for street, line in guesses if line]
