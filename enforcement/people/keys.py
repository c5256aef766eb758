"""The keys of machines."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import arrays
from ..adapters.tables import ApiKey, act_for
from ..domain.refusals import Invalid, NotFound
from .sign_ins import SEEN_EVERY, NotSignedIn
from .tokens import authority_of, hash_of, new_secret

SCOPES = (
    "readings:write", "places:read", "places:write", "tasks:read", "journal:read", "rights:write", "board:read",
)  # fmt: skip


def create_key(
    session: Session, name: str, scopes: Collection[str], made_by: UUID | None, now: datetime
) -> tuple[ApiKey, str]:
    """A machine's key and its token, which is shown this once."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        words = f"Scopes are some of {', '.join(SCOPES)}."
        raise Invalid(
            words, errors=[{"pointer": "/scopes", "detail": f"{', '.join(unknown) or 'none given'}"}]
        )
    secret = new_secret(session.info["authority_id"])
    key = ApiKey(
        authority_id=session.info["authority_id"],
        id=uuid7(),
        name=name,
        hint=secret.token[-6:],
        token_hash=secret.hash,
        scopes=sorted(set(scopes)),
        made_by=made_by,
        created_at=now,
    )
    session.add(key)
    session.flush()
    journal.record(
        session,
        "key.created",
        key.id,
        at=now,
        actor=f"person:{made_by}" if made_by else "command",
        scopes=key.scopes,
    )
    return key, secret.token


@dataclass(frozen=True, slots=True)
class KeyInHand:
    """The key of the machine that is asking: what each of its requests needs to know."""

    authority_id: UUID
    id: UUID
    scopes: Collection[str]


REMEMBERED = timedelta(minutes=1)
_remembered: dict[str, tuple[KeyInHand, datetime]] = {}

IN_HAND = """
    SELECT id, scopes, last_used_at FROM api_keys
    WHERE authority_id = %(authority_id)s AND token_hash = %(hash)s AND revoked_at IS NULL
"""


def key_of(session: Session, token: str, now: datetime) -> KeyInHand:
    """The key behind a bearer token; from then on the session acts for its authority. Raises NotSignedIn."""
    authority_id = authority_of(token)
    if authority_id is None:
        raise NotSignedIn("This key is not known.")
    act_for(session, authority_id)
    where = {"authority_id": authority_id, "hash": hash_of(token)}
    found = session.connection().exec_driver_sql(IN_HAND, where).first()
    if found is None:
        raise NotSignedIn("This key is not known, or was revoked.")
    id_, scopes, last_used_at = found
    if last_used_at is None or last_used_at < now - SEEN_EVERY:
        ours = (ApiKey.authority_id == authority_id, ApiKey.id == id_)
        session.execute(update(ApiKey).where(*ours).values(last_used_at=now))
        session.commit()
    return KeyInHand(authority_id, id_, scopes)


def remembered_key(session: Session, token: str, now: datetime) -> KeyInHand:
    """As `key_of`, but as the key was within the last minute, without asking again: whoever acts on it asks
    `check_keys` in the same transaction."""
    hash_ = hash_of(token)
    key, until = _remembered.get(hash_, (None, now))
    if key is None or until <= now:
        key = key_of(session, token, now)
        session.rollback()
        _remembered[hash_] = key, now + REMEMBERED
    else:
        act_for(session, key.authority_id)
    return key


STANDING = """
    SELECT count(*) FROM api_keys
    WHERE authority_id = %(authority_id)s AND id = ANY(%(ids)s::uuid[]) AND revoked_at IS NULL
"""


def check_keys(session: Session, ids: Collection[UUID]) -> None:
    """Raises NotSignedIn, and forgets all that is remembered, when one of these keys was revoked."""
    where = {"authority_id": session.info["authority_id"], "ids": arrays.uuids(set(ids))}
    if session.connection().exec_driver_sql(STANDING, where).scalar_one() < len(set(ids)):
        _remembered.clear()
        raise NotSignedIn("This key was revoked.")


def revoke_key(session: Session, key_id: UUID, actor: str, now: datetime) -> None:
    """The key opens nothing any more."""
    key = session.get(ApiKey, (session.info["authority_id"], key_id))
    if key is None:
        raise NotFound(f"There is no key {key_id}.")
    if key.revoked_at is None:
        key.revoked_at = now
        journal.record(session, "key.revoked", key.id, at=now, actor=actor)
