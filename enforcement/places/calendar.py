"""Event days: a match day or a market day, by a name that opening hours refer to as `EV:name`."""

import re
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import BayRestriction, EventDay, RestrictionRow
from ..domain.refusals import Conflict, Invalid, NotFound
from ..pipeline import patrols
from ..pipeline.rules import OF_RESTRICTION
from . import zones
from .restrictions import look_again

NAME = re.compile(r"[\w-]{1,50}")


def add_event_day(session: Session, name: str, day: date, actor: str, now: datetime) -> EventDay:
    """One more day of this event. Cars that stand where it counts are looked at anew."""
    if not NAME.fullmatch(name):
        words = "An event's name has letters, digits, - and _ only: it is written EV:name in opening hours."
        raise Invalid.at("/name", words)
    ours = session.info["authority_id"]
    same = (EventDay.authority_id == ours, EventDay.name == name, EventDay.day == day)
    if session.scalars(select(EventDay.id).where(*same)).first():
        raise Conflict(f"{day} is a day of {name} already.")
    row = EventDay(authority_id=ours, id=uuid7(), name=name, day=day)
    session.add(row)
    session.flush()
    journal.record(session, "event-day.added", row.id, at=now, actor=actor, name=name, day=day.isoformat())
    _look_again(session, name, now)
    return row


def drop_event_day(session: Session, event_day_id: UUID, actor: str, now: datetime) -> None:
    """That day is an ordinary one after all. Raises NotFound."""
    row = session.get(EventDay, (session.info["authority_id"], event_day_id))
    if row is None:
        raise NotFound(f"There is no event day {event_day_id}.")
    session.delete(row)
    session.flush()
    journal.record(session, "event-day.dropped", event_day_id, at=now, actor=actor, name=row.name)
    _look_again(session, row.name, now)


def _look_again(session: Session, name: str, now: datetime) -> None:
    """The clocks of cars where this event counts are set anew."""
    bays = session.scalars(
        select(BayRestriction.bay_id)
        .join(RestrictionRow, OF_RESTRICTION)
        .where(
            BayRestriction.authority_id == session.info["authority_id"],
            BayRestriction.valid_to.is_(None),
            RestrictionRow.hours.contains(f"EV:{name}", autoescape=True),
        )
    )
    look_again(session, bays.all(), now)
    patrols.event_changed(session, name, now)
    zones.event_changed(session, name, now)
