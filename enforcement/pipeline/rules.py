"""What a bay allowed at a time: calendar, policy, restrictions and suspensions, as the domain reads them."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import (
    Authority,
    BayRestriction,
    EventDay,
    RestrictionRow,
    SuspensionRow,
)
from ..domain.hours import Calendar, ControlledHours, event_names, public_holidays
from ..domain.overstays import Restriction, Suspension
from ..domain.policy import EnforcementPolicy, Reason, policy_from

OF_RESTRICTION = (RestrictionRow.authority_id == BayRestriction.authority_id) & (
    RestrictionRow.id == BayRestriction.restriction_id
)
YEARS_AROUND = 1  # stays begin last year and end next year at the latest


@dataclass(frozen=True, slots=True)
class Rules:
    """An authority's own rules, valid now."""

    authority_id: UUID
    zone: ZoneInfo
    calendar: Calendar
    policy: EnforcementPolicy

    def restriction(self, row: RestrictionRow) -> Restriction:
        """The restriction with its hours in this authority's zone and calendar."""
        return Restriction(
            bay_class=row.bay_class,
            hours=ControlledHours(row.hours, self.zone, self.calendar),
            permitted_period=timedelta(minutes=row.permitted_minutes),
            code=row.code,
            suffix=row.suffix,
            reason=Reason(row.reason),
            carried=row.carried,
        )


def policy_of(session: Session) -> EnforcementPolicy:
    """The policy alone of the authority that the session acts for: steps without a clock need no calendar."""
    ours = {"id": session.info["authority_id"]}
    written: str = session.connection().exec_driver_sql(POLICY, ours).scalar_one()
    return _read_once(written)


POLICY = "SELECT policy::text FROM authorities WHERE id = %(id)s"


@lru_cache(maxsize=256)
def _read_once(written: str) -> EnforcementPolicy:
    """By what it says: a policy that is changed is read anew, by every process."""
    return policy_from(json.loads(written))


def rules_of(session: Session, now: datetime) -> Rules:
    """The rules of the authority that the session acts for."""
    authority = session.get_one(Authority, session.info["authority_id"])
    events: dict[str, set[date]] = {name: set() for name in _events_in_use(session)}
    days = select(EventDay.name, EventDay.day).where(EventDay.authority_id == authority.id)
    for name, day in session.execute(days):
        events.setdefault(name, set()).add(day)
    calendar = Calendar(
        _holidays(authority.country, authority.subdivision, now.year),
        {name: frozenset(dates) for name, dates in events.items()},
    )
    return Rules(authority.id, ZoneInfo(authority.time_zone), calendar, policy_of(session))


def _events_in_use(session: Session) -> set[str]:
    """The events that opening hours name: one whose last day was dropped is still known, with no day."""
    hours = session.scalars(
        select(RestrictionRow.hours)
        .where(
            RestrictionRow.authority_id == session.info["authority_id"], RestrictionRow.hours.contains("EV:")
        )
        .distinct()
    )
    return {name for each in hours for name in event_names(each)}


@lru_cache(maxsize=64)
def _holidays(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    return public_holidays(country, subdivision, range(year - YEARS_AROUND, year + YEARS_AROUND + 1))


def restrictions_at(session: Session, where: dict[UUID, datetime]) -> dict[UUID, RestrictionRow]:
    """By bay, the restriction that was in force there at the given time; a bay without one is left out."""
    found = session.execute(
        select(BayRestriction, RestrictionRow)
        .join(RestrictionRow, OF_RESTRICTION)
        .where(
            BayRestriction.authority_id == session.info["authority_id"],
            BayRestriction.bay_id.in_(where),
        )
    )
    return {
        dated.bay_id: row
        for dated, row in found
        if dated.valid_from <= where[dated.bay_id]
        and (dated.valid_to is None or where[dated.bay_id] < dated.valid_to)
    }


def suspensions_of(session: Session, bays: Collection[UUID], since: datetime) -> dict[UUID, list[Suspension]]:
    """By bay, the suspensions that had not ended before `since`."""
    rows = session.scalars(
        select(SuspensionRow).where(
            SuspensionRow.authority_id == session.info["authority_id"],
            SuspensionRow.bay_id.in_(bays),
            SuspensionRow.cancelled_at.is_(None),
            SuspensionRow.ends_at > since,
        )
    )
    by_bay: dict[UUID, list[Suspension]] = defaultdict(list)
    for row in rows:
        by_bay[row.bay_id].append(Suspension(row.starts_at, row.ends_at, row.sign_up_at))
    return by_bay
