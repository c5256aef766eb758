"""Standing patrols, as supervisors set them up: where, when, what to look for."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import versions
from ..adapters.tables import Bay, Patrol, ZoneBay
from ..domain.codes import contravention
from ..domain.expressions import check_hours
from ..domain.patrols import check_terms, check_windows
from ..domain.refusals import Conflict, Invalid, about
from ..pipeline import patrols
from ..pipeline.rules import Rules
from . import spots
from .known import get
from .zones import find_zones, in_turn

PLAIN = {"name", "instructions", "priority"}  # they change what is asked for, not when or where
Given = dict[str, Any]


def add_patrol(session: Session, given: Given, rules: Rules, actor: str, now: datetime) -> Patrol:
    """A new standing patrol, asked for from now on. Raises Invalid, which names the member, and Conflict."""
    _check_name_free(session, given["name"], None)
    bay = _place(session, given["place"], now)
    row = Patrol(
        authority_id=rules.authority_id,
        id=uuid7(),
        bay_id=bay.id,
        created_at=now,
        **_columns({name: value for name, value in given.items() if name != "place"}),
    )
    _check(row, rules, now)
    patrols.set_window(session, row, rules, now)
    session.add(row)
    session.flush()
    journal.record(session, "patrol.created", row.id, at=now, actor=actor, bay_id=bay.id)
    return row


def change_patrol(
    session: Session, patrol_id: UUID, changes: Given, rules: Rules, actor: str, now: datetime
) -> Patrol:
    """Change some of its members; `paused_why` pauses it, null puts it back into use. With a `version` only if it
    is still as it was seen: else Stale.

    What is asked for now is taken back where it would be asked for otherwise, and asked for anew.
    """
    get(session, Patrol, patrol_id, "patrol")
    seen = changes.pop("version", None)
    anew = bool(changes.keys() - PLAIN)
    other = bool(changes.keys() - PLAIN - {"paused_why"})
    if "place" in changes:
        in_turn(session)
    row = _taken_back(session, patrol_id, now) if anew else patrols.lock(session, patrol_id)
    versions.next_version(row, seen)
    if "name" in changes:
        _check_name_free(session, changes["name"], row.id)
    if "place" in changes:
        _move(session, row, changes.pop("place"), now)
    paused_why = changes.pop("paused_why", row.paused_why)
    for name, value in _columns(changes).items():
        setattr(row, name, value)
    if other:
        _check(row, rules, now)
    _use(session, row, paused_why, rules, anew, now)
    session.flush()
    journal.record(session, "patrol.changed", row.id, at=now, actor=actor, paused=row.paused_at is not None)
    return row


def _use(
    session: Session, row: Patrol, paused_why: str | None, rules: Rules, anew: bool, now: datetime
) -> None:
    if paused_why:
        if row.paused_at is None:
            patrols.pause(session, row, paused_why, now)
        row.paused_why = paused_why
    elif anew:
        row.paused_at = row.paused_why = None
        patrols.set_window(session, row, rules, now)


def retire_patrol(session: Session, patrol_id: UUID, actor: str, now: datetime) -> None:
    """It is asked for no more; what was done stays on record."""
    get(session, Patrol, patrol_id, "patrol")
    row = patrols.call_off(session, patrol_id, patrols.RETIRED, now)
    row.retired_at = now
    patrols.stop(row, now)
    _leave(session, row, now)
    journal.record(session, "patrol.retired", row.id, at=now, actor=actor)


def restore_patrol(session: Session, patrol_id: UUID, rules: Rules, actor: str, now: datetime) -> Patrol:
    """It is asked for again, as it was. Twice is once. Raises NotFound; Conflict where its name is another's by
    now, or its bay is out of use."""
    in_turn(session)
    row = patrols.lock(session, patrol_id)
    if row.retired_at is None:
        return row
    _check_name_free(session, row.name, row.id)
    _come_back(session, row)
    row.retired_at = None
    versions.next_version(row)
    if row.paused_at is None:
        patrols.set_window(session, row, rules, now)
    session.flush()
    journal.record(session, "patrol.restored", row.id, at=now, actor=actor)
    return row


def _taken_back(session: Session, patrol_id: UUID, now: datetime) -> Patrol:
    return patrols.call_off(session, patrol_id, patrols.CHANGED, now)


def _columns(given: Given) -> Given:
    """As the table keeps them."""
    if "terms" in given:
        terms = [[_day(term["first"]), _day(term["last"])] for term in given["terms"]]
        return {**given, "terms": terms}
    return given


def _day(day: date) -> str:
    return day.isoformat()


def _check(row: Patrol, rules: Rules, now: datetime) -> None:
    with about("/code"):
        contravention(row.code)
    with about("/terms"):
        check_terms(patrols.terms_of(row))
    with about("/hours"):
        check_hours(row.hours, rules.calendar)
        check_windows(patrols.hours_of(row, rules), patrols.terms_of(row), row.minutes, now)


def _check_name_free(session: Session, name: str, but: UUID | None) -> None:
    same = select(Patrol.id).where(
        Patrol.authority_id == session.info["authority_id"], Patrol.name == name, Patrol.retired_at.is_(None)
    )
    taken = session.scalars(same).first()
    if taken and taken != but:
        raise Conflict(f"There is a patrol {name!r} already.")


# Where it is: a bay that is there already, or a spot of its own


def _place(session: Session, place: Given, now: datetime) -> Bay:
    """The bay, or a new spot. Raises Invalid where no zone is: nobody could be sent there."""
    with about("/place"):
        bay = _bay(session, place["bay_id"]) if place.get("bay_id") else spots.add(session, place, now)
        if not session.scalar(
            select(exists().where(ZoneBay.authority_id == bay.authority_id, ZoneBay.bay_id == bay.id))
        ):
            raise Invalid(
                "This place is in no zone: nobody could be sent there. Draw a zone around it first."
            )
    return bay


def _bay(session: Session, bay_id: UUID) -> Bay:
    bay = session.get(Bay, (session.info["authority_id"], bay_id))
    if bay is None or bay.retired_at or bay.spot:
        raise Invalid(
            f"There is no bay {bay_id}.", errors=[{"pointer": "/bay_id", "detail": "There is none."}]
        )
    return bay


def _move(session: Session, row: Patrol, place: Given, now: datetime) -> None:
    _leave(session, row, now)
    row.bay_id = _place(session, place, now).id
    journal.record(session, "patrol.moved", row.id, at=now, bay_id=row.bay_id)


def _come_back(session: Session, row: Patrol) -> None:
    """To the spot that was left with it: zones may have been redrawn meanwhile."""
    bay = session.get_one(Bay, (row.authority_id, row.bay_id))
    if bay.retired_at and not bay.spot:
        raise Conflict("Its bay is out of use by now. Put the bay back into use first.")
    if bay.spot:
        bay.retired_at = None
        session.flush()
        find_zones(session, [bay])


def _leave(session: Session, row: Patrol, now: datetime) -> None:
    """A spot is there for its patrol alone."""
    bay = session.get_one(Bay, (row.authority_id, row.bay_id))
    if bay.spot:
        bay.retired_at = now
