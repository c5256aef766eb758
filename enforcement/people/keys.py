"""The keys of machines."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import ApiKey, act_for
from ..domain.refusals import Invalid, NotFound
from .sign_ins import SEEN_EVERY, NotSignedIn
from .tokens import authority_of, hash_of, new_secret

SCOPES = ("readings:write", "places:read", "places:write", "tasks:read", "journal:read", "rights:write")


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
    journal.record(session, "key.created", key.id, at=now, actor=str(made_by or "command"), scopes=key.scopes)
    return key, secret.token


def key_of(session: Session, token: str, now: datetime) -> ApiKey:
    """The key behind a bearer token; from then on the session acts for its authority. Raises NotSignedIn."""
    authority_id = authority_of(token)
    if authority_id is None:
        raise NotSignedIn("This key is not known.")
    act_for(session, authority_id)
    key = session.scalars(
        select(ApiKey).where(
            ApiKey.authority_id == authority_id,
            ApiKey.token_hash == hash_of(token),
            ApiKey.revoked_at.is_(None),
        )
    ).first()
    if key is None:
        raise NotSignedIn("This key is not known, or was revoked.")
    if key.last_used_at is None or key.last_used_at < now - SEEN_EVERY:
        key.last_used_at = now
        session.commit()
    return key


def revoke_key(session: Session, key_id: UUID, actor: str, now: datetime) -> None:
    """The key opens nothing any more."""
    key = session.get(ApiKey, (session.info["authority_id"], key_id))
    if key is None:
        raise NotFound(f"There is no key {key_id}.")
    if key.revoked_at is None:
        key.revoked_at = now
        journal.record(session, "key.revoked", key.id, at=now, actor=actor)
