"""Streets from a file: their courses, for the map. A file replaces the list of its name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import StreetLine
from ..domain.refusals import Refusal
from .geometry import lines
from .imports import Faulty, Imported, all_or_nothing, features_in, properties_of, text_in

Drawn = Mapping[str, BaseGeometry]  # by street, its course


def replace(
    session: Session, source: str, body: bytes, actor: str, now: datetime, *, strict: bool = False
) -> Imported:
    """A GeoJSON FeatureCollection of streets: LineString or MultiLineString; property name.

    What has one name is one street, of however many features. Streets of this list that the file names no more
    are gone; one whose feature is refused stays as it was. Streets are counted, and features refused.
    """
    result = Imported()
    features = features_in(body)
    drawn = _drawn(features, result)
    if strict:
        all_or_nothing(session, result.refused, len(features))
    known = {row.name: row for row in _of_list(session, source)}
    _draw(session, source, known, drawn, result)
    spared = drawn.keys() | {fault.reference for fault in result.refused}
    gone = [row for name, row in known.items() if name not in spared]
    for row in gone:
        session.delete(row)
    session.flush()
    ours = session.info["authority_id"]
    journal.record(
        session, "authority.streets", ours, at=now, actor=actor, streets=len(drawn), gone=len(gone)
    )
    return result


def _drawn(features: Sequence[Any], result: Imported) -> Drawn:
    parts: dict[str, list[LineString]] = defaultdict(list)
    for index, feature in enumerate(features):
        says = properties_of(feature)
        try:
            name = text_in(says, "name")
            parts[name] += lines(feature.get("geometry"))
        except Refusal as refusal:
            result.refused.append(Faulty(index, str(says.get("name", "")).strip()[:200], refusal.detail))
    return {name: _joined(pieces) for name, pieces in parts.items() if pieces}


def _joined(pieces: Sequence[LineString]) -> BaseGeometry:
    """As few lines as there can be: a street comes in one piece from corner to corner, in many files."""
    return pieces[0] if len(pieces) == 1 else shapely.line_merge(shapely.multilinestrings(pieces))


def _draw(
    session: Session, source: str, known: Mapping[str, StreetLine], drawn: Drawn, result: Imported
) -> None:
    ours = session.info["authority_id"]
    for name, line in drawn.items():
        row = known.get(name)
        if row is None:
            session.add(StreetLine(authority_id=ours, id=uuid7(), source=source, name=name, line=line))
        elif row.line != line:
            row.line = line
    result.updated = len(drawn.keys() & known.keys())
    result.taken = len(drawn) - result.updated


def _of_list(session: Session, source: str) -> list[StreetLine]:
    ours = (StreetLine.authority_id == session.info["authority_id"], StreetLine.source == source)
    return list(session.scalars(select(StreetLine).where(*ours)))
