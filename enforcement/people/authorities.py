"""Councils: adding one, and finding it by its short name."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from ..adapters.tables import Authority, Planning, act_for
from ..domain.hours import public_holidays
from ..domain.policy import policy_from, sample_policy_data
from ..domain.refusals import Conflict, Invalid, NotFound


def create_authority(
    session: Session, slug: str, name: str, time_zone: str, country: str, subdivision: str | None, policy: str
) -> Authority:
    """A new council, with one of the sample policies."""
    public_holidays(country, subdivision, [2026])
    try:
        ZoneInfo(time_zone)
    except (ValueError, OSError, KeyError):  # KeyError: no such zone; the others: no name of one
        raise Invalid(f"{time_zone!r} is no time zone; write one as Europe/London.") from None
    authority_id = uuid7()
    act_for(session, authority_id)
    taken = session.scalar(
        text("SELECT count(*) FROM openpatrol_authorities() WHERE slug = :slug"), {"slug": slug}
    )
    if taken:
        raise Conflict(f"There is an authority {slug!r} already.")
    data = sample_policy_data(policy)
    policy_from(data)
    authority = Authority(
        id=authority_id,
        slug=slug,
        name=name,
        time_zone=time_zone,
        country=country,
        subdivision=subdivision,
        policy=data,
    )
    session.add(authority)
    session.flush()
    session.add(Planning(authority_id=authority_id))
    session.flush()
    return authority


def authority_named(session: Session, slug: str) -> UUID:
    """The id of the authority with this short name. Raises NotFound, which names those there are."""
    rows = session.execute(text("SELECT slug, id FROM openpatrol_authorities()")).all()
    known: dict[str, UUID] = {row.slug: row.id for row in rows}
    session.rollback()
    if slug not in known:
        raise NotFound(
            f"There is no authority {slug!r}; there are: {', '.join(sorted(known)) or 'none yet'}."
        )
    return known[slug]
