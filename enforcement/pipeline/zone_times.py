"""Task → assignment: which zones count now. Outside its times nobody is sent to bays because of a zone."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Zone
from ..domain import zones
from ..domain.zones import Activity
from .rules import Rules, rules_of


def activity(rules: Rules, zone: Zone, now: datetime) -> Activity:
    """Is it active, and when does that change?"""
    return zones.activity(rules.hours(zone.hours) if zone.hours else None, now)


def active_ones(session: Session, known: Iterable[Zone], now: datetime) -> set[Zone]:
    """Those of these zones that are active now."""
    known = set(known)
    timed = {zone for zone in known if zone.hours}
    if not timed:
        return known
    rules = rules_of(session, now)
    return {zone for zone in known if zone not in timed or activity(rules, zone, now).active}


def next_opening(session: Session, now: datetime) -> datetime | None:
    """When the next zone becomes active: the plan is then made anew for what waits there."""
    written = session.scalars(
        select(Zone.hours).where(
            Zone.authority_id == session.info["authority_id"],
            Zone.retired_at.is_(None),
            Zone.hours.is_not(None),
        )
    ).all()
    if not written:
        return None
    rules = rules_of(session, now)
    return zones.next_opening(map(rules.hours, filter(None, set(written))), now)
