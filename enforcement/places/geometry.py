"""Shapes from outside, checked before they are believed."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon, shape
from shapely.validation import explain_validity

from ..domain.refusals import Invalid

MOST_POINTS = 10_000


def polygon(geojson: Any, pointer: str = "/outline") -> Polygon:
    """A Polygon of GeoJSON (RFC 7946: lon, lat), valid and on earth. Raises Invalid with the reason."""
    outline = _shape(geojson, pointer)
    if not isinstance(outline, Polygon):
        raise _invalid("must be a Polygon", pointer)
    if outline.is_empty:
        raise _invalid("is empty", pointer)
    _check_on_earth(outline, pointer)
    if not outline.is_valid:
        raise _invalid(f"is not a valid shape: {explain_validity(outline)}", pointer)
    return shapely.force_2d(outline)


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


def _shape(geojson: Any, pointer: str) -> Any:
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
    if shapely.get_num_coordinates(given) > MOST_POINTS:
        raise _invalid(f"has more than {MOST_POINTS} points", pointer)
    return given


def _check_on_earth(given: Any, pointer: str) -> None:
    west, south, east, north = given.bounds
    if not (west >= -180 and east <= 180):
        raise _invalid("has a longitude beyond ±180°", pointer)
    if not (south >= -90 and north <= 90):
        raise _invalid("has a latitude beyond ±90°: are longitude and latitude swapped?", pointer)


def _invalid(detail: str, pointer: str) -> Invalid:
    return Invalid(f"{pointer.rpartition('/')[2]}: {detail}", errors=[{"pointer": pointer, "detail": detail}])
