"""Shapes from outside, checked before they are believed."""

from collections.abc import Mapping
from math import cos, radians
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon, shape
from shapely.validation import explain_validity

from ..domain.fences import degree_metres
from ..domain.refusals import Invalid

MOST_POINTS = 10_000


def polygon(geojson: Any, pointer: str = "/outline", most: int = MOST_POINTS) -> Polygon:
    """A Polygon of GeoJSON (RFC 7946: lon, lat), valid and on earth, of so many points at most.

    Raises Invalid with the reason.
    """
    outline = _shape(geojson, pointer, most)
    if not isinstance(outline, Polygon):
        raise _invalid("must be a Polygon", pointer)
    if outline.is_empty:
        raise _invalid("is empty", pointer)
    _check_on_earth(outline, pointer)
    if not outline.is_valid:
        raise _invalid(_why(outline), pointer)
    return shapely.force_2d(outline)


WHY = {
    "Self-intersection": "crosses itself",
    "Ring Self-intersection": "touches itself",
    "Hole lies outside shell": "has a hole that lies outside of it",
    "Nested holes": "has a hole in a hole",
}


def _why(outline: Polygon) -> str:
    """What is wrong with it, and where: "crosses itself at -0.12, 51.5"."""
    reason, _, place = explain_validity(outline).rstrip("]").partition("[")
    words = WHY.get(reason, f"is not a valid shape ({reason})")
    return f"{words} at {', '.join(place.split())}" if place else words


def lines(geojson: Any, pointer: str = "/geometry") -> list[LineString]:
    """The lines of a LineString or a MultiLineString, valid and on earth. Raises Invalid with the reason."""
    given = _shape(geojson, pointer)
    if not isinstance(given, LineString | MultiLineString):
        raise _invalid("must be a LineString or a MultiLineString", pointer)
    if given.is_empty:
        raise _invalid("is empty", pointer)
    _check_on_earth(given, pointer)
    if not given.is_valid:
        raise _invalid(f"is not a valid line: {explain_validity(given)}", pointer)
    flat = shapely.force_2d(given)
    return list(flat.geoms) if isinstance(flat, MultiLineString) else [flat]


def place(geojson: Any, pointer: str = "/geometry") -> tuple[float, float, Polygon | None]:
    """Where a bay is: lon, lat, and its outline if one was given. Raises Invalid with the reason."""
    given = _shape(geojson, pointer)
    if isinstance(given, Polygon):
        outline = polygon(geojson, pointer)
        middle = outline.representative_point()
        return middle.x, middle.y, outline
    if not isinstance(given, Point) or given.is_empty:
        raise _invalid("must be a Point or a Polygon", pointer)
    _check_on_earth(given, pointer)
    return given.x, given.y, None


def square_metres(outline: Polygon) -> float:
    """What it covers, on a local plane."""
    _, south, _, north = outline.bounds
    per_lon, per_lat = degree_metres(cos(radians((south + north) / 2)))
    return float(outline.area * per_lon * per_lat)


def _shape(geojson: Any, pointer: str, most: int = MOST_POINTS) -> Any:
    if not isinstance(geojson, Mapping):
        raise _invalid("must be a GeoJSON geometry", pointer)
    try:
        with np.errstate(all="ignore"):  # NaN and infinity are refused below, with the place in words
            given = shape(geojson)
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        shapely.errors.ShapelyError,
    ) as error:
        raise _invalid(f"can't be read: {error}"[:200], pointer) from None
    points = int(shapely.get_num_coordinates(given))
    if points > most:
        raise _invalid(f"has {points} points, and {most} points are the most: draw it with fewer", pointer)
    return given


def _check_on_earth(given: Any, pointer: str) -> None:
    west, south, east, north = given.bounds
    if not (west >= -180 and east <= 180):
        raise _invalid("has a longitude beyond ±180°", pointer)
    if not (south >= -90 and north <= 90):
        raise _invalid("has a latitude beyond ±90°: are longitude and latitude swapped?", pointer)


def _invalid(detail: str, pointer: str) -> Invalid:
    return Invalid(f"{pointer.rpartition('/')[2]}: {detail}", errors=[{"pointer": pointer, "detail": detail}])
