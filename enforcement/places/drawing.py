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
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from .. import queries
from ..adapters import arrays
from ..adapters.tables import Bay, BayRestriction, RestrictionRow, StreetLine, Zone, ZoneBay
from ..domain.allowances import in_short
from ..domain.fences import degree_metres
from ..domain.streets import through

MARGIN_M = 300.0  # so far around the zones streets are shown: the way there
PLACES, STREET_PLACES = 6, 5  # decimals of a degree: a tenth of a metre, and a metre
STRAIGHT_WITHIN = 10.0**-STREET_PLACES  # degrees: what turns a street less than that is left out

Feature = dict[str, Any]
Geometry = dict[str, Any]


def features(session: Session, zones: Collection[UUID] | None, now: datetime) -> list[Feature]:
    """These zones (None: all), the streets around them, the bays in them."""
    shown = zones_shown(session, zones)
    bays = bays_in(session, shown)
    return [
        *(_zone_feature(zone) for zone in shown),
        *streets_around(session, [zone.outline for zone in shown]),
        *_bay_features(session, bays, now),
    ]


def ground(session: Session) -> dict[str, Any]:
    """What zones are drawn upon: every bay in use, also those in no zone, and the streets around them all."""
    bays = queries.bay_places(session)
    outlines = [zone.outline for zone in zones_shown(session, None)]
    if bays:
        outlines.append(shapely.MultiPoint([(lon, lat) for _, _, lon, lat in bays]).envelope)
    return {"bays": bays, "streets": list(streets_around(session, outlines))}


def zones_shown(session: Session, ids: Collection[UUID] | None) -> Sequence[Zone]:
    """The zones in use of these ids (None: all), by name."""
    query = select(Zone).where(Zone.authority_id == session.info["authority_id"], Zone.retired_at.is_(None))
    if ids is not None:
        query = query.where(Zone.id.in_(ids))
    return session.scalars(query.order_by(Zone.name)).all()


def bays_in(session: Session, zones: Sequence[Zone]) -> Sequence[Row[Any]]:
    """The bays in any of these zones, by reference: rows of `DRAWN`."""
    query = select(*DRAWN).where(Bay.authority_id == session.info["authority_id"], _inside(session, zones))
    return session.execute(query.order_by(Bay.reference)).all()


DRAWN = (Bay.id, Bay.reference, Bay.street, Bay.lon, Bay.lat, Bay.outline, Bay.paused_at)


def bay_ids_in(
    session: Session, zones: Sequence[Zone], only: Collection[UUID] | None = None
) -> Sequence[UUID]:
    """The ids of the bays in any of these zones, `only` those of some bays if it names any."""
    query = select(Bay.id).where(Bay.authority_id == session.info["authority_id"], _inside(session, zones))
    return session.scalars(query if only is None else query.where(Bay.id.in_(only))).all()


def _inside(session: Session, zones: Sequence[Zone]) -> ColumnElement[bool]:
    ours, ids = session.info["authority_id"], [zone.id for zone in zones]
    inside = select(ZoneBay.bay_id).where(ZoneBay.authority_id == ours, ZoneBay.zone_id.in_(ids))
    return Bay.id.in_(inside) & Bay.retired_at.is_(None) & Bay.spot.is_(False)


def _zone_feature(zone: Zone) -> Feature:
    return _feature(_rounded(zone.outline, PLACES), "zone", zone, name=zone.name, colour=zone.colour)


def _feature(geometry: Geometry, kind: str, row: Any, **more: Any) -> Feature:
    properties = {"kind": kind, "id": str(row.id) if row else None, **more}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _rounded(shape: BaseGeometry, places: int) -> Geometry:
    return _all_rounded([shape], places)[0]


def _all_rounded(shapes: Sequence[BaseGeometry], places: int) -> list[Geometry]:
    """Thousands of them take hardly longer than one."""
    return [mapping(shape) for shape in shapely.transform(np.array(shapes), lambda each: each.round(places))]


# Bays


def _bay_features(session: Session, bays: Sequence[Row[Any]], now: datetime) -> Iterable[Feature]:
    ids = [bay.id for bay in bays]
    allowed, suspended = _allowed(session, ids, now), queries.suspended(session, ids, now)
    drawn = [bay for bay in bays if bay.outline]
    outlines = _all_rounded([bay.outline for bay in drawn], PLACES)
    shapes = {bay.id: outline for bay, outline in zip(drawn, outlines, strict=True)}
    for bay in bays:
        allows, code = allowed.get(bay.id, NOTHING)
        yield _feature(
            shapes.get(bay.id) or _point(bay.lon, bay.lat),
            "bay",
            bay,
            reference=bay.reference,
            street=bay.street,
            allows=allows,
            code=code,
            suspended=bay.id in suspended,
            paused=bay.paused_at is not None,
        )


def _point(lon: float, lat: float) -> Geometry:
    return {"type": "Point", "coordinates": (round(lon, PLACES), round(lat, PLACES))}


Allowed = tuple[str | None, str | None]
NOTHING: Allowed = (None, None)


def _allowed(session: Session, bays: Sequence[UUID], now: datetime) -> dict[UUID, Allowed]:
    """By bay, what it allows now in short, and the code. Thousands of bays share a few restrictions."""
    ours = session.info["authority_id"]
    in_force = session.execute(
        select(BayRestriction.bay_id, BayRestriction.restriction_id).where(
            BayRestriction.authority_id == ours,
            arrays.among(BayRestriction.bay_id, bays),
            BayRestriction.valid_from <= now,
            BayRestriction.valid_to.is_(None) | (BayRestriction.valid_to > now),
        )
    ).all()
    rows = session.scalars(select(RestrictionRow).where(RestrictionRow.authority_id == ours))
    words: dict[UUID, Allowed] = {
        row.id: (in_short(row.bay_class, row.permitted_minutes, row.hours), row.code) for row in rows
    }
    return {bay_id: words[restriction_id] for bay_id, restriction_id in in_force}


# Streets


def streets_around(session: Session, outlines: Sequence[BaseGeometry]) -> Iterable[Feature]:
    """Those that a file drew; where none was ever taken, those that our own bays let us guess."""
    if not outlines:
        return
    around = shapely.union_all([_around(outline) for outline in outlines])
    drawn = select(StreetLine).where(StreetLine.authority_id == session.info["authority_id"])
    rows = session.scalars(drawn.order_by(StreetLine.name, StreetLine.source)).all()
    for name, line, row in [(row.name, row.line, row) for row in rows] or _guessed(session, around):
        if inside := _within(line, around):
            yield _feature(_rounded(inside, STREET_PLACES), "street", row, name=name, guessed=row is None)


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
