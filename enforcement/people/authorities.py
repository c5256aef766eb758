"""Councils: adding one, and finding it by its short name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Authority, Planning, act_for
from ..domain.hours import public_holidays
from ..domain.policy import policy_from, sample_policy_data
from ..domain.policy_changes import changes, tag_of
from ..domain.refusals import Conflict, Invalid, NotFound, about


class StalePolicy(Conflict):
    """Somebody else saved another policy meanwhile; nothing of theirs is overwritten."""

    type, title = "stale-policy", "The policy has changed"


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


def change_authority(session: Session, wanted: Mapping[str, Any], actor: str, now: datetime) -> Authority:
    """Another name or policy. `policy_tag` says on which policy the new one rests. The journal keeps what each
    member of it was and is. Raises Invalid, which names the members, and StalePolicy."""
    authority = session.get_one(
        Authority, session.info["authority_id"], with_for_update=True, populate_existing=True
    )
    if wanted.get("policy_tag", tag_of(authority.policy)) != tag_of(authority.policy):
        raise StalePolicy(
            "Somebody else has changed the policy since you opened it. Load it again, then change it."
        )
    told: dict[str, Any] = {"changed": sorted(wanted.keys() - {"policy_tag"})}
    if "policy" in wanted:
        with about("/policy"):
            policy_from(wanted["policy"])
        told["policy"] = changes(authority.policy, wanted["policy"])
        authority.policy = wanted["policy"]
    authority.name = wanted.get("name", authority.name)
    journal.record(session, "authority.changed", authority.id, at=now, actor=actor, **told)
    return authority
