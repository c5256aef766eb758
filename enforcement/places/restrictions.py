"""What bays allow, and since when."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, BayRestriction, RestrictionRow, StayRow
from ..domain.codes import contravention
from ..domain.hours import Calendar, check_hours
from ..domain.policy import Reason
from ..domain.refusals import Invalid, about
from ..journal import Entry
from ..pipeline import stays

BEGINNING = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
LONGEST = 7 * 24 * 60  # minutes


def restriction(
    session: Session, given: dict[str, Any], calendar: Calendar, now: datetime, actor: str | None = None
) -> RestrictionRow:
    """The restriction with this content: the one there is, or a new one. Raises Invalid, which names the field."""
    wanted = checked(given, calendar)
    ours = session.info["authority_id"]
    content = {name: wanted[name] for name in wanted if name != "name"}
    same = [getattr(RestrictionRow, name) == value for name, value in content.items()]
    known = session.scalars(select(RestrictionRow).where(RestrictionRow.authority_id == ours, *same)).first()
    if known:
        return known
    row = RestrictionRow(authority_id=ours, id=uuid7(), **wanted)
    session.add(row)
    session.flush()
    journal.record(session, "restriction.created", row.id, at=now, actor=actor, **content)
    return row


def checked(given: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    """All that a restriction says, with what was left out. Raises Invalid, which names the field."""
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


def put_in_force(
    session: Session,
    bay: Bay,
    row: RestrictionRow,
    since: datetime,
    now: datetime,
    actor: str | None = None,
) -> None:
    """From `since` on the bay allows this; what was in force before ends then."""
    put_all_in_force(session, [bay.id], row.id, since, now, actor)


def put_all_in_force(
    session: Session,
    bays: Collection[UUID],
    restriction_id: UUID,
    since: datetime,
    now: datetime,
    actor: str | None,
) -> None:
    """From `since` on each of these bays allows this; what was in force before ends then."""
    authority = session.info["authority_id"]
    look_again(session, bays, now)  # first: it holds the bays
    ours = (BayRestriction.authority_id == authority, BayRestriction.bay_id.in_(bays))
    session.execute(delete(BayRestriction).where(*ours, BayRestriction.valid_from >= since))
    session.execute(
        update(BayRestriction)
        .where(*ours, (BayRestriction.valid_to.is_(None)) | (BayRestriction.valid_to > since))
        .values(valid_to=since)
    )
    one = {"authority_id": authority, "restriction_id": restriction_id, "valid_from": since}
    session.execute(insert(BayRestriction), [{**one, "id": uuid7(), "bay_id": bay_id} for bay_id in bays])
    facts = {"restriction_id": restriction_id, "valid_from": since}
    journal.record_all(
        session,
        [Entry("bay.restriction", "bay", bay_id, now, dict(facts), actor=actor) for bay_id in bays],
    )


def look_again(session: Session, bays: Collection[UUID], now: datetime) -> None:
    """What these bays allow has changed: the clocks of the cars in them are set anew."""
    stays.lock_bays(session, bays)
    ours = StayRow.authority_id == session.info["authority_id"]
    standing = StayRow.departed_at.is_(None) & StayRow.superseded_at.is_(None)
    here = select(StayRow.id).where(ours, StayRow.bay_id.in_(bays), standing)
    held = session.scalars(here.order_by(StayRow.id).with_for_update(key_share=True)).all()
    session.execute(update(StayRow).where(ours, StayRow.id.in_(held)).values(check_at=now))
