"""Which bays somebody means: by words, zone, what they allow, and how they are now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, BayRestriction, BayState, SuspensionRow, ZoneBay

FREE, OCCUPIED, UNKNOWN, SUSPENDED, PAUSED, RETIRED = (
    "free", "occupied", "unknown", "suspended", "paused", "retired",
)  # fmt: skip
STATES = (FREE, OCCUPIED, UNKNOWN, SUSPENDED, PAUSED, RETIRED)


@dataclass(frozen=True, slots=True)
class WhichBays:
    """What is left out narrows nothing. `text`: words, each in the street's name or the reference. Retired bays are
    meant by that state only."""

    text: str | None = None
    zone_id: UUID | None = None
    restriction_id: UUID | None = None
    state: str | None = None


def meant(session: Session, which: WhichBays, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions on `Bay` (with its `BayState`)."""
    retired = Bay.retired_at.is_not(None) if which.state == RETIRED else Bay.retired_at.is_(None)
    conditions = [Bay.authority_id == session.info["authority_id"], Bay.spot.is_(False), retired]
    if which.text:
        words = which.text.split()
        conditions += [_says(word) for word in words]
    if which.zone_id:
        conditions.append(_in_zone(which.zone_id))
    if which.restriction_id:
        conditions.append(_allows(which.restriction_id, now))
    if which.state and which.state != RETIRED:
        conditions.append(_is(which.state, now))
    return conditions


STATE_OF_BAY = and_(BayState.authority_id == Bay.authority_id, BayState.bay_id == Bay.id)


def _says(word: str) -> ColumnElement[bool]:
    return or_(Bay.street.icontains(word, autoescape=True), Bay.reference.icontains(word, autoescape=True))


def _in_zone(zone_id: UUID) -> ColumnElement[bool]:
    here = (ZoneBay.authority_id == Bay.authority_id, ZoneBay.bay_id == Bay.id)
    return exists().where(*here, ZoneBay.zone_id == zone_id)


def _allows(restriction_id: UUID, now: datetime) -> ColumnElement[bool]:
    return exists().where(
        BayRestriction.authority_id == Bay.authority_id,
        BayRestriction.bay_id == Bay.id,
        BayRestriction.restriction_id == restriction_id,
        BayRestriction.valid_from <= now,
        BayRestriction.valid_to.is_(None) | (BayRestriction.valid_to > now),
    )


def _is(state: str, now: datetime) -> ColumnElement[bool]:
    if state == PAUSED:
        return Bay.paused_at.is_not(None)
    if state == SUSPENDED:
        return exists().where(
            SuspensionRow.authority_id == Bay.authority_id,
            SuspensionRow.bay_id == Bay.id,
            SuspensionRow.cancelled_at.is_(None),
            SuspensionRow.starts_at <= now,
            SuspensionRow.ends_at > now,
        )
    unknown = or_(BayState.unknown_at.is_not(None), BayState.state.is_(None))
    return unknown if state == UNKNOWN else and_(~unknown, BayState.state == state)
