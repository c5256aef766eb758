"""Bays from a GeoJSON file: read first, beside what is there; then taken, a piece at a time.

Each item stands or falls by itself; `strict` makes it all or nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shapely.geometry import Polygon
from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import versions
from ..adapters.tables import Bay, BayRestriction, BayState, RestrictionRow
from ..domain.hours import Calendar
from ..domain.refusals import Invalid
from ..journal import Entry
from ..pipeline import stays
from .differences import Differences, Item, differences, take_in
from .geometry import place
from .imports import Imported, features_in, properties_of, text_in
from .restrictions import BEGINNING, checked, put_all_in_force, restriction
from .zones import find_zones

PLACE = frozenset({"lon", "lat", "outline"})
RETIRED, TERMS = "retired", "restriction"

Terms = tuple[tuple[str, Any], ...]  # all that a restriction says, by name


@dataclass(frozen=True, slots=True)
class KnownBay:
    """A bay on our books; `terms` are those in force there now, None where there are none."""

    id: UUID
    street: str
    lon: float
    lat: float
    outline: Polygon | None
    retired: bool
    terms: Terms | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of a bay. Without `terms` it leaves them as they are."""

    reference: str
    street: str
    lon: float
    lat: float
    outline: Polygon | None
    terms: Terms | None
    name: str | None
    known: KnownBay | None


def bays(
    session: Session,
    body: bytes,
    calendar: Calendar,
    now: datetime,
    actor: str,
    *,
    strict: bool = False,
    settle: Callable[[], object] = lambda: None,
) -> Imported:
    """A GeoJSON FeatureCollection of bays: Point or Polygon; properties reference, street and the restriction's
    (bay_class, hours, permitted_minutes, code; suffix, reason, name, carried if you like).

    A reference that is known already has its bay updated, and may leave its restriction as it is; twice in
    one file, it is refused. `settle` is called after each piece, so that a large file can be committed piecemeal.
    """
    found = compared(session, body, calendar, settle)

    def take(piece: Sequence[Item[Said]]) -> None:
        _take(session, piece, calendar, now, actor)

    return take_in(session, found, take, settle, strict=strict)


def compared(
    session: Session, body: bytes, calendar: Calendar, settle: Callable[[], object] = lambda: None
) -> Differences[Said]:
    """The file beside what is there; nothing is written. `settle` ends the transaction before the long look at it."""
    features = features_in(body)
    known, spots = _known(session), _spots(session)
    settle()
    terms: dict[Terms, Terms] = {}

    def read(feature: dict[str, Any]) -> tuple[Said, tuple[str, ...] | None]:
        said = _said(properties_of(feature), feature, known, terms, calendar)
        if said.reference in spots:
            raise Invalid(
                f"There is a place {said.reference!r} already, of a patrol or of what an officer found"
            )
        return said, None if said.known is None else _news(said, said.known)

    return differences(features, lambda f: str(properties_of(f).get("reference", "")), read)


def _said(
    says: dict[str, Any],
    feature: dict[str, Any],
    known: dict[str, KnownBay],
    terms: dict[Terms, Terms],
    calendar: Calendar,
) -> Said:
    reference, street = text_in(says, "reference", 100), text_in(says, "street")
    lon, lat, outline = place(feature.get("geometry"))
    bay = known.get(reference)
    leaves_them = bay is not None and bay.terms is not None and says.get("hours") is None
    return Said(
        reference, street, lon, lat, outline,
        None if leaves_them else _terms(says, terms, calendar),
        text_in(says, "name") if says.get("name") is not None else None,
        bay,
    )  # fmt: skip


def _news(said: Said, bay: KnownBay) -> tuple[str, ...]:
    """What the file would change of a bay that we know; one that was retired is back on the street."""
    names = ("street", "lon", "lat", "outline")
    news = [name for name in names if getattr(said, name) != getattr(bay, name)]
    if bay.retired:
        news.append(RETIRED)
    if said.terms is not None and said.terms != bay.terms:
        news.append(TERMS)
    return tuple(news)


def _terms(says: dict[str, Any], known: dict[Terms, Terms], calendar: Calendar) -> Terms:
    """What the bay allows, as a restriction would be kept. Of many bays that say the same, one is checked."""
    minutes = says.get("permitted_minutes")
    given = {
        "bay_class": text_in(says, "bay_class", 50),
        "hours": text_in(says, "hours", 1000),
        "permitted_minutes": minutes,
        "code": text_in(says, "code", 10),
        "suffix": text_in(says, "suffix", 10) if says.get("suffix") else "",
        "reason": text_in(says, "reason") if says.get("reason") is not None else None,
        "carried": says.get("carried", False),
    }
    if not isinstance(minutes, int) or isinstance(minutes, bool):
        raise Invalid("permitted_minutes must be a whole number")
    if not isinstance(given["carried"], bool):
        raise Invalid("carried must be true or false")
    asked = tuple(given.items())
    if asked not in known:
        known[asked] = content_of(checked(given, calendar))
    return known[asked]


CONTENT = ("bay_class", "hours", "permitted_minutes", "code", "suffix", "reason", "carried")


def content_of(wanted: dict[str, Any]) -> Terms:
    return tuple((name, wanted[name]) for name in CONTENT)


def _known(session: Session) -> dict[str, KnownBay]:
    ours = session.info["authority_id"]
    in_force = dict(
        session.execute(
            select(BayRestriction.bay_id, BayRestriction.restriction_id).where(
                BayRestriction.authority_id == ours, BayRestriction.valid_to.is_(None)
            )
        ).all()
    )  # fmt: skip
    rows = session.scalars(select(RestrictionRow).where(RestrictionRow.authority_id == ours))
    terms = {row.id: content_of({name: getattr(row, name) for name in CONTENT}) for row in rows}
    columns = (Bay.reference, Bay.id, Bay.street, Bay.lon, Bay.lat, Bay.outline, Bay.retired_at)
    return {
        reference: KnownBay(
            id_,
            street,
            lon,
            lat,
            outline,
            retired is not None,
            terms.get(in_force[id_]) if id_ in in_force else None,
        )
        for reference, id_, street, lon, lat, outline, retired in session.execute(
            select(*columns).where(Bay.authority_id == ours, Bay.spot.is_(False))
        )
    }


def _spots(session: Session) -> frozenset[str]:
    """References that are taken, though not by a bay."""
    ours = (Bay.authority_id == session.info["authority_id"], Bay.spot)
    return frozenset(session.scalars(select(Bay.reference).where(*ours)))


def _take(
    session: Session, items: Sequence[Item[Said]], calendar: Calendar, now: datetime, actor: str
) -> None:
    """One piece, in a few statements for all its bays."""
    rows = {item.reference: item.says.known.id for item in items if item.says.known}
    rows |= _add(session, [item.says for item in items if item.says.known is None], now, actor)
    _change(session, [item for item in items if item.says.known], now, actor)
    _restrict(session, [item for item in items if item.says.terms], rows, calendar, now, actor)


def _add(session: Session, said: Sequence[Said], now: datetime, actor: str) -> dict[str, UUID]:
    ours = session.info["authority_id"]
    made = [
        Bay(
            authority_id=ours, id=uuid7(), reference=each.reference, street=each.street, lon=each.lon,
            lat=each.lat, outline=each.outline,
        )
        for each in said
    ]  # fmt: skip
    if not made:
        return {}
    session.add_all(made)
    session.flush()
    session.execute(insert(BayState), [{"authority_id": ours, "bay_id": bay.id} for bay in made])
    find_zones(session, made)
    entries = (
        Entry("bay.created", "bay", bay.id, now, {"reference": bay.reference}, actor=actor) for bay in made
    )
    journal.record_all(session, list(entries))
    return {bay.reference: bay.id for bay in made}


def _change(session: Session, items: Sequence[Item[Said]], now: datetime, actor: str) -> None:
    """Where it is, what its street is called, and that it is there; not what it allows."""
    by_id = {item.says.known.id: item for item in items if item.says.known and set(item.news or ()) - {TERMS}}
    ours = (Bay.authority_id == session.info["authority_id"], Bay.id.in_(by_id))
    # Not against new rows that name one of them: cars come and go meanwhile, and are seen to.
    held = select(Bay).where(*ours).order_by(Bay.id).with_for_update(key_share=True)
    rows = session.scalars(held).all() if by_id else []
    for bay in rows:
        said = by_id[bay.id].says
        versions.next_version(bay)
        bay.street, bay.lon, bay.lat, bay.outline, bay.retired_at = (
            said.street,
            said.lon,
            said.lat,
            said.outline,
            None,
        )
    session.flush()
    # Of one that was retired, too: the zones may have been redrawn meanwhile.
    moved = [bay for bay in rows if {RETIRED, *PLACE}.intersection(by_id[bay.id].news or ())]
    if moved:
        find_zones(session, moved)
    journal.record_all(session, list(_changed(rows, now, actor)))


def _changed(rows: Iterable[Bay], now: datetime, actor: str) -> Iterable[Entry]:
    for bay in rows:
        yield Entry("bay.changed", "bay", bay.id, now, {"paused": bay.paused_at is not None}, actor=actor)


def _restrict(
    session: Session,
    items: Sequence[Item[Said]],
    rows: dict[str, UUID],
    calendar: Calendar,
    now: datetime,
    actor: str,
) -> None:
    """What each allows: from the beginning where nothing was said before, else from now on."""
    stays.lock_bays(session, [rows[item.reference] for item in items])
    together: dict[tuple[Terms, datetime], list[Said]] = defaultdict(list)
    for item in items:
        said = item.says
        first = said.known is None or said.known.terms is None
        if said.terms and (first or TERMS in (item.news or ())):
            together[said.terms, BEGINNING if first else now].append(said)
    for (terms, since), alike in together.items():
        name = next((each.name for each in alike if each.name), None)
        row = restriction(session, {**dict(terms), "name": name}, calendar, now, actor)
        bays = sorted(rows[each.reference] for each in alike)
        put_all_in_force(session, bays, row.id, since, now, actor)
