"""Files of permits and payments, for councils whose systems have no API: a file replaces the list of its name.

The new rows are written beside the old ones, in chunks, and come into use all at once; so a question finds
one list or the other, never half of one.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Authority, ListedRight, RightsProvider
from ..domain.refusals import Conflict, Invalid
from ..domain.rights import PAYMENT, PERMIT, TYPE_WORDS
from ..domain.sightings import normal_plate
from ..pipeline import providers
from .csv_files import Row, read_csv
from .imports import Faulty, Imported, Unreadable, all_or_nothing, text_in

COLUMNS = ("plate", "bay", "zone", "place", "right", "from", "to")
RIGHTS = {"payment": PAYMENT, "permit": PERMIT, "dispensation": "accessPermission"}
CHUNK = 2000  # rows written or deleted in one transaction

Kept = dict[str, Any]


def replace(
    session: Session, name: str, body: bytes, actor: str, now: datetime, *, strict: bool = False
) -> Imported:
    """A CSV with a heading: plate, bay, zone, place, right, from, to. Commits by itself, in chunks.

    A row that can't be read is refused with its reason, and whom it names is unknown rather than without a
    right. The list is made if there is none of that name. Raises Unreadable, AllOrNothing, Conflict.
    """
    zone = ZoneInfo(session.get_one(Authority, session.info["authority_id"]).time_zone)
    result = Imported()
    rows = [_taken(row, place, zone, result) for place, row in enumerate(_rows(body))]
    if strict:
        all_or_nothing(session, result.refused, len(rows))
    provider, list_id = _list(session, name, actor, now), uuid7()
    common = {"authority_id": provider.authority_id, "provider_id": provider.id, "list_id": list_id}
    for chunk in _chunks(filter(None, rows)):
        session.execute(insert(ListedRight), [{**row, **common, "id": uuid7()} for row in chunk])
        session.commit()
    _put_in_use(session, provider.id, list_id, len(rows), actor, now)
    _forget_older(session, provider.id, list_id)
    return result


def _chunks(rows: Iterator[Kept | None]) -> Iterator[list[Kept]]:
    while chunk := [row for row in islice(rows, CHUNK) if row]:
        yield chunk


def _list(session: Session, name: str, actor: str, now: datetime) -> RightsProvider:
    known = providers.named(session, name)
    if known is None:
        known = providers.add(session, providers.new_list(name), actor, now)
        session.commit()
    if known.kind != providers.LIST:
        raise Conflict(f"{name!r} is not a list: it is asked over the network.")
    return known


def _put_in_use(
    session: Session, provider_id: UUID, list_id: UUID, rows: int, actor: str, now: datetime
) -> None:
    provider = providers.find(session, provider_id, lock=True)
    session.refresh(provider)
    if provider.list_id and provider.list_id > list_id:
        raise Conflict("Another file for this list came meanwhile.")
    provider.list_id, provider.listed_at = list_id, now
    journal.record(session, "provider.listed", provider.id, at=now, actor=actor, rows=rows)
    session.commit()


def _forget_older(session: Session, provider_id: UUID, list_id: UUID) -> None:
    ours = (
        ListedRight.authority_id == session.info["authority_id"],
        ListedRight.provider_id == provider_id,
        ListedRight.list_id < list_id,
    )
    while older := session.scalars(select(ListedRight.id).where(*ours).limit(CHUNK)).all():
        session.execute(delete(ListedRight).where(*ours[:2], ListedRight.id.in_(older)))
        session.commit()


def _rows(body: bytes) -> list[Row]:
    heading, rows = read_csv(body)
    unknown = sorted(set(heading) - set(COLUMNS))
    if unknown or "right" not in heading or len(set(heading)) < len(heading):
        raise Unreadable(
            f"The heading has right, and any of {', '.join(COLUMNS)} once; it has {', '.join(heading)}."
        )
    return rows


def _taken(row: Row, place: int, zone: ZoneInfo, result: Imported) -> Kept | None:
    """The row as it is kept; with a fault, if only whom it names can be read; None if not even that."""
    try:
        if row.get(None):
            raise Invalid("has more cells than the heading")
        kept = _named(row) | _right(row, zone)
    except Invalid as refusal:
        result.refused.append(Faulty(place, _reference(row), refusal.detail))
        return _unreadable(row)
    result.taken += 1
    return kept


def _reference(row: Row) -> str:
    """What tells the row to a person: the place it is for, never the plate."""
    return next((str(row[name])[:100] for name in ("bay", "zone", "place") if row.get(name)), "")


def _named(row: Row) -> Kept:
    """Whom or what it is for."""
    named: Kept = {
        name: text_in(row, name, 100) if row.get(name) else None for name in ("bay", "zone", "place")
    }
    named["plate"] = normal_plate(text_in(row, "plate", 20)) if row.get("plate") else None
    if not (named["plate"] or named["bay"]):
        raise Invalid("Give a plate, a bay, or both: without them it would hold for every car.")
    return named | {"fault": None}


def _unreadable(row: Row) -> Kept | None:
    try:
        named = _named(row)
    except Invalid:
        return None
    return named | {"right_type": PERMIT, "valid_from": None, "valid_to": None, "fault": "unreadable"}


def _right(row: Row, zone: ZoneInfo) -> Kept:
    right = (row.get("right") or "").strip()
    right_type = RIGHTS.get(right.lower(), right)
    if right_type not in TYPE_WORDS:
        raise Invalid(f"right must be {', '.join(RIGHTS)}, or a right type of APDS")
    begins, ends = _time(row, "from", zone), _time(row, "to", zone)
    if begins and ends and ends <= begins:
        raise Invalid("to is not after from")
    if right_type == PAYMENT and not ends:
        raise Invalid("to is missing: a payment ends")
    return {"right_type": right_type, "valid_from": begins, "valid_to": ends}


def _time(row: Row, name: str, zone: ZoneInfo) -> datetime | None:
    """A time with an offset, or as the council's clocks show it; a day lasts to its end."""
    written = (row.get(name) or "").strip()
    if not written:
        return None
    try:
        if len(written) == len("2026-06-29"):
            day = date.fromisoformat(written) + timedelta(days=name == "to")
            return datetime.combine(day, time(), zone)
        at = datetime.fromisoformat(written)
    except (ValueError, OverflowError):
        raise Invalid(f"{name} must be a day or a time: 2026-06-29 or 2026-06-29T14:20") from None
    if not 1970 <= at.year <= 2199:
        raise Invalid(f"{name} is not of our time")
    return at if at.tzinfo else at.replace(tzinfo=zone)
