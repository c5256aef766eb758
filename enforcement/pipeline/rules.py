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

from ..adapters import arrays
from ..adapters.tables import (
    BayRestriction,
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

    def hours(self, expression: str) -> ControlledHours:
        """Written hours in this authority's zone and calendar."""
        return ControlledHours(expression, self.zone, self.calendar)

    def restriction(self, row: RestrictionRow) -> Restriction:
        """The restriction with its hours in this authority's zone and calendar."""
        return Restriction(
            bay_class=row.bay_class,
            hours=self.hours(row.hours),
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
    return _policy(written)


POLICY = "SELECT policy::text FROM authorities WHERE id = %(id)s"


@lru_cache(maxsize=256)
def _policy(written: str) -> EnforcementPolicy:
    """By what it says: a policy that is changed is read anew, by every process."""
    return policy_from(json.loads(written))


def rules_of(session: Session, now: datetime) -> Rules:
    """The rules of the authority that the session acts for."""
    ours = {"id": session.info["authority_id"]}
    session.flush()
    written = session.connection().exec_driver_sql(WRITTEN, ours).one()
    return _rules(ours["id"], now.year, *written)


WRITTEN = """
    SELECT time_zone, country, subdivision, policy::text,
      (SELECT json_agg(hours ORDER BY hours)::text FROM (
         SELECT hours FROM restrictions WHERE authority_id = a.id AND hours LIKE '%%EV:%%'
         UNION SELECT hours FROM patrols WHERE authority_id = a.id AND hours LIKE '%%EV:%%'
         UNION SELECT hours FROM zones WHERE authority_id = a.id AND hours LIKE '%%EV:%%') named),
      (SELECT json_agg(json_build_array(name, day) ORDER BY name, day)::text FROM event_days
       WHERE authority_id = a.id)
    FROM authorities a WHERE id = %(id)s
"""


@lru_cache(maxsize=256)
def _rules(
    authority_id: UUID,
    year: int,
    zone: str,
    country: str,
    subdivision: str | None,
    policy: str,
    hours: str | None,
    days: str | None,
) -> Rules:
    """By what they say: the same hours are then parsed once, not at every look."""
    calendar = Calendar(_holidays(country, subdivision, year), _events(hours, days))
    return Rules(authority_id, ZoneInfo(zone), calendar, _policy(policy))


def _events(hours: str | None, days: str | None) -> dict[str, frozenset[date]]:
    """The days of each event; one that opening hours name is known even if its last day was dropped."""
    events: dict[str, set[date]] = {
        name: set() for each in json.loads(hours or "[]") for name in event_names(each)
    }
    for name, day in json.loads(days or "[]"):
        events.setdefault(name, set()).add(date.fromisoformat(day))
    return {name: frozenset(dates) for name, dates in events.items()}


@lru_cache(maxsize=64)
def _holidays(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    return public_holidays(country, subdivision, range(year - YEARS_AROUND, year + YEARS_AROUND + 1))


def restrictions_at(session: Session, where: dict[UUID, datetime]) -> dict[UUID, RestrictionRow]:
    """By bay, the restriction that was in force there at the given time; a bay without one is left out."""
    found = session.execute(
        select(BayRestriction.bay_id, BayRestriction.valid_from, BayRestriction.valid_to, RestrictionRow)
        .join(RestrictionRow, OF_RESTRICTION)
        .where(
            BayRestriction.authority_id == session.info["authority_id"],
            arrays.among(BayRestriction.bay_id, where),
        )
    )
    return {
        bay_id: row
        for bay_id, valid_from, valid_to, row in found
        if valid_from <= where[bay_id] and (valid_to is None or where[bay_id] < valid_to)
    }


def suspensions_of(session: Session, bays: Collection[UUID], since: datetime) -> dict[UUID, list[Suspension]]:
    """By bay, the suspensions that had not ended before `since`."""
    rows = session.execute(
        select(
            SuspensionRow.bay_id, SuspensionRow.starts_at, SuspensionRow.ends_at, SuspensionRow.sign_up_at
        ).where(
            SuspensionRow.authority_id == session.info["authority_id"],
            SuspensionRow.bay_id.in_(bays),
            SuspensionRow.cancelled_at.is_(None),
            SuspensionRow.ends_at > since,
        )
    )
    by_bay: dict[UUID, list[Suspension]] = defaultdict(list)
    for bay_id, starts_at, ends_at, sign_up_at in rows:
        by_bay[bay_id].append(Suspension(starts_at, ends_at, sign_up_at))
    return by_bay
