"""What bays allow, and since when."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, BayRestriction, RestrictionRow, StayRow
from ..domain.codes import contravention
from ..domain.hours import Calendar, check_hours
from ..domain.policy import Reason
from ..domain.refusals import Invalid, about

BEGINNING = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
LONGEST = 7 * 24 * 60  # minutes


def restriction(session: Session, given: dict[str, Any], calendar: Calendar, now: datetime) -> RestrictionRow:
    """The restriction with this content: the one there is, or a new one. Raises Invalid, which names the field."""
    wanted = _checked(given, calendar)
    ours = session.info["authority_id"]
    content = {name: wanted[name] for name in wanted if name != "name"}
    same = [getattr(RestrictionRow, name) == value for name, value in content.items()]
    known = session.scalars(select(RestrictionRow).where(RestrictionRow.authority_id == ours, *same)).first()
    if known:
        return known
    row = RestrictionRow(authority_id=ours, id=uuid7(), **wanted)
    session.add(row)
    session.flush()
    journal.record(session, "restriction.created", row.id, at=now, **content)
    return row


def _checked(given: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    with about("/hours"):
        check_hours(given["hours"], calendar)
    with about("/code"):
        contravention(given["code"])
    minutes = given["permitted_minutes"]
    if not 0 <= minutes <= LONGEST:
        raise Invalid.at("/permitted_minutes", "permitted_minutes must be from 0 to a week.")
    try:
        reason = Reason(given.get("reason") or Reason.PERIOD_ENDED)
    except ValueError:
        words = f"reason must be one of {', '.join(Reason)}."
        raise Invalid.at("/reason", words) from None
    return {
        "name": given.get("name") or f"{given['bay_class']}, {minutes} min",
        "bay_class": given["bay_class"],
        "hours": given["hours"],
        "permitted_minutes": minutes,
        "carried": bool(given.get("carried", False)),
        "code": given["code"],
        "suffix": given.get("suffix") or "",
        "reason": reason.value,
    }


def put_in_force(session: Session, bay: Bay, row: RestrictionRow, since: datetime, now: datetime) -> None:
    """From `since` on the bay allows this; what was in force before ends then."""
    ours = (BayRestriction.authority_id == bay.authority_id, BayRestriction.bay_id == bay.id)
    session.execute(delete(BayRestriction).where(*ours, BayRestriction.valid_from >= since))
    session.execute(
        update(BayRestriction)
        .where(*ours, (BayRestriction.valid_to.is_(None)) | (BayRestriction.valid_to > since))
        .values(valid_to=since)
    )
    session.add(
        BayRestriction(
            authority_id=bay.authority_id, id=uuid7(), bay_id=bay.id, restriction_id=row.id, valid_from=since
        )
    )
    session.flush()
    journal.record(session, "bay.restriction", bay.id, at=now, restriction_id=row.id, valid_from=since)
    look_again(session, [bay.id], now)


def look_again(session: Session, bays: Collection[UUID], now: datetime) -> None:
    """What these bays allow has changed: the clocks of the cars in them are set anew."""
    session.execute(
        update(StayRow)
        .where(
            StayRow.authority_id == session.info["authority_id"],
            StayRow.bay_id.in_(bays),
            StayRow.departed_at.is_(None),
            StayRow.superseded_at.is_(None),
        )
        .values(check_at=now)
    )
