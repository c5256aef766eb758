"""Who may come in: people, their sign-ins, and the keys of machines.

A secret that we hand out says whose it is: `op_<authority>_<secret>`. So the wall between authorities is
up before the first look into a table; only the hash of the secret is kept.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import argon2
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from . import journal
from .adapters.tables import ApiKey, Authority, Device, Person, Planning, ResetLink, SignIn, act_for
from .domain.hours import public_holidays
from .domain.policy import policy_from, sample_policy_data
from .domain.refusals import Conflict, Invalid, NotFound, Refusal

ROLES = ("administrator", "supervisor", "officer")
SCOPES = ("readings:write", "places:read", "places:write", "tasks:read", "journal:read")
SESSION_LASTS = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)  # how precisely we know when a sign-in was last used
LINK_LASTS = timedelta(hours=24)
FREE_ATTEMPTS = 5
LONGEST_LOCK = timedelta(minutes=15)
SHORTEST_PASSWORD = 10
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")

hasher = argon2.PasswordHasher()
# Checked when there is no such person, so that the answer takes as long as for a wrong password.
NOBODY = hasher.hash(secrets.token_hex())


class NotSignedIn(Refusal):
    """No sign-in, or one that no longer holds."""

    status, type, title = 401, "not-signed-in", "Sign in first"


class WrongPassword(Refusal):
    """No such person, or not their password; which of the two is not said."""

    status, type, title = 401, "wrong-password", "That didn't match"


class TooManyAttempts(Refusal):
    """Wait before trying again; `extra["retry_after"]` is in seconds."""

    status, type, title = 429, "too-many-attempts", "Too many attempts"


@dataclass(frozen=True, slots=True)
class Secret:
    """What is handed out, once, and the hash that is kept."""

    token: str
    hash: str


def new_secret(authority_id: UUID) -> Secret:
    """A secret that names its authority."""
    token = f"op_{authority_id.hex}_{secrets.token_urlsafe(32)}"
    return Secret(token, hash_of(token))


def hash_of(token: str) -> str:
    """SHA-256 is enough for a secret of 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def authority_of(token: str) -> UUID | None:
    """The authority that a secret names, or None if it is none of ours."""
    prefix, _, rest = token.partition("_")
    name, _, secret = rest.partition("_")
    if prefix != "op" or len(name) != 32 or not secret or len(token) > 200:
        return None
    try:
        return UUID(hex=name)
    except ValueError:
        return None


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


def create_person(
    session: Session, email: str, name: str, role: str, password: str | None, actor: str, now: datetime
) -> Person:
    """Someone new. Without a password they choose one by a reset link."""
    if role not in ROLES:
        raise Invalid(
            f"A role is one of {', '.join(ROLES)}.", errors=[{"pointer": "/role", "detail": "is none"}]
        )
    email = email.strip().lower()
    if not EMAIL.fullmatch(email):
        raise Invalid(f"{email!r} is no e-mail address.", errors=[{"pointer": "/email", "detail": "is none"}])
    known = select(Person.id).where(
        Person.authority_id == session.info["authority_id"], Person.email == email
    )
    if session.scalars(known).first():
        raise Conflict(f"{email} has an account already.")
    person = Person(
        authority_id=session.info["authority_id"],
        id=uuid7(),
        email=email,
        name=name.strip(),
        role=role,
        password_hash=_hashed(password) if password is not None else None,
    )
    session.add(person)
    session.flush()
    journal.record(session, "person.created", person.id, at=now, actor=actor, role=role)
    return person


def _hashed(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        words = f"Use {SHORTEST_PASSWORD} characters or more."
        raise Invalid(words, errors=[{"pointer": "/password", "detail": words}])
    return hasher.hash(password)


def sign_in(session: Session, email: str, password: str, device: str, now: datetime) -> tuple[Person, str]:
    """The person whose password this is, and the token of their new sign-in. The caller commits.

    One address may have an account with several councils; the password tells which. Raises WrongPassword
    or TooManyAttempts; attempts are counted then, so the caller commits also when it raises.
    """
    candidates = session.scalars(
        text("SELECT openpatrol_sign_in_candidates(:email)"), {"email": email.strip().lower()}
    ).all()
    session.rollback()
    locked: list[datetime] = []
    for authority_id in candidates:
        act_for(session, authority_id)
        person = _person_by_email(session, email.strip().lower())
        if person and person.locked_until and person.locked_until > now:
            locked.append(person.locked_until)
        elif person and _matches(person, password):
            return person, _begin(session, person, device, now)
        elif person:
            _count_failure(person, now)
        session.commit()
    if locked:
        seconds = int((max(locked) - now).total_seconds()) + 1
        raise TooManyAttempts("Wait a little, then try again.", retry_after=seconds)
    if not candidates:
        _matches(None, password)
    raise WrongPassword("No account has this address and password.")


def _person_by_email(session: Session, email: str) -> Person | None:
    return session.scalars(
        select(Person)
        .where(
            Person.authority_id == session.info["authority_id"],
            Person.email == email,
            Person.disabled_at.is_(None),
        )
        .with_for_update()
    ).first()


def _matches(person: Person | None, password: str) -> bool:
    known = person.password_hash if person else None
    try:
        return hasher.verify(known or NOBODY, password) and known is not None
    except argon2.exceptions.VerificationError:
        return False


def _count_failure(person: Person, now: datetime) -> None:
    """The first few cost nothing; then each wrong password doubles the wait."""
    person.failed_attempts += 1
    beyond = person.failed_attempts - FREE_ATTEMPTS
    if beyond >= 0:
        person.locked_until = now + min(timedelta(seconds=2 ** min(beyond + 1, 20)), LONGEST_LOCK)


def _begin(session: Session, person: Person, device: str, now: datetime) -> str:
    person.failed_attempts, person.locked_until = 0, None
    secret = new_secret(person.authority_id)
    row = SignIn(
        authority_id=person.authority_id,
        id=uuid7(),
        person_id=person.id,
        token_hash=secret.hash,
        device=device[:200],
        created_at=now,
        last_seen_at=now,
        expires_at=now + SESSION_LASTS,
    )
    session.add(row)
    session.flush()
    journal.record(session, "person.signed-in", person.id, at=now, officer_id=person.id, sign_in_id=row.id)
    return secret.token


def signed_in(session: Session, token: str, now: datetime) -> tuple[Person, SignIn]:
    """Whose sign-in this is; from then on the session acts for their authority. Raises NotSignedIn."""
    authority_id = authority_of(token)
    if authority_id is None:
        raise NotSignedIn("Sign in to go on.")
    act_for(session, authority_id)
    found = session.execute(
        select(SignIn, Person)
        .join(Person, (Person.authority_id == SignIn.authority_id) & (Person.id == SignIn.person_id))
        .where(
            SignIn.authority_id == authority_id,
            SignIn.token_hash == hash_of(token),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now,
            Person.disabled_at.is_(None),
        )
    ).first()
    if found is None:
        raise NotSignedIn("Your sign-in has ended. Sign in again.")
    row, person = found
    if row.last_seen_at < now - SEEN_EVERY:
        row.last_seen_at = now
        row.expires_at = now + SESSION_LASTS
        session.commit()
    return person, row


def end_sign_in(session: Session, token: str, now: datetime) -> None:
    """As `sign_out`, by its token; nothing happens if it holds no longer."""
    with suppress(NotSignedIn):
        _, row = signed_in(session, token, now)
        sign_out(session, row, now)


def sign_out(session: Session, sign_in: SignIn, now: datetime) -> None:
    """The sign-in ends, and its phone hears no more."""
    _revoke(session, [sign_in], now)


def _revoke(session: Session, sign_ins: Collection[SignIn], now: datetime) -> None:
    for each in sign_ins:
        each.revoked_at = now
    session.execute(
        update(Device)
        .where(
            Device.authority_id == session.info["authority_id"],
            Device.sign_in_id.in_([each.id for each in sign_ins]),
        )
        .values(state="signed-out")
    )


def revoke_all(session: Session, person_id: UUID, now: datetime) -> None:
    """Sign a person out everywhere: a lost phone, a new password, a disabled account."""
    rows = session.scalars(
        select(SignIn).where(
            SignIn.authority_id == session.info["authority_id"],
            SignIn.person_id == person_id,
            SignIn.revoked_at.is_(None),
        )
    ).all()
    _revoke(session, rows, now)


def find_person(session: Session, person_id: UUID) -> Person:
    """Raises NotFound, also for another authority's."""
    person = session.get(Person, (session.info["authority_id"], person_id))
    if person is None:
        raise NotFound(f"There is no person {person_id}.")
    return person


def change_person(
    session: Session, person_id: UUID, changes: Mapping[str, Any], actor: str, now: datetime
) -> Person:
    """Rename, change the role, or disable (`disabled`), which signs out everywhere.

    Raises Conflict for the last administrator: nobody could undo it.
    """
    person = find_person(session, person_id)
    stays = changes.get("role", person.role) == "administrator" and not changes.get("disabled")
    if person.role == "administrator" and not person.disabled_at and not stays:
        _require_another_administrator(session, person)
    if "disabled" in changes:
        person.disabled_at = now if changes["disabled"] else None
        if person.disabled_at:
            revoke_all(session, person.id, now)
    person.name = changes.get("name", person.name)
    person.role = changes.get("role", person.role)
    journal.record(session, "person.changed", person.id, at=now, actor=actor, role=person.role)
    return person


def _require_another_administrator(session: Session, person: Person) -> None:
    """Locked in order, so that two administrators can't remove each other at once."""
    others = session.scalars(
        select(Person.id)
        .where(
            Person.authority_id == person.authority_id,
            Person.role == "administrator",
            Person.disabled_at.is_(None),
        )
        .order_by(Person.id)
        .with_for_update()
    ).all()
    if set(others) == {person.id}:
        raise Conflict("This is the last administrator. Make somebody else one first.")


def make_reset_link(
    session: Session, person_id: UUID, made_by: UUID | None, now: datetime
) -> tuple[str, datetime]:
    """A token by which a person chooses a password, once, within a day."""
    person = find_person(session, person_id)
    secret = new_secret(person.authority_id)
    expires_at = now + LINK_LASTS
    session.add(
        ResetLink(
            authority_id=person.authority_id,
            id=uuid7(),
            person_id=person.id,
            token_hash=secret.hash,
            made_by=made_by,
            expires_at=expires_at,
        )
    )
    journal.record(
        session, "person.reset-link", person.id, at=now, actor=str(made_by) if made_by else "command"
    )
    return secret.token, expires_at


def choose_password(session: Session, token: str, password: str, now: datetime) -> Person:
    """Use a reset link. All the person's sign-ins end. Raises Invalid for a link that is used or too old."""
    authority_id = authority_of(token)
    if authority_id is not None:
        act_for(session, authority_id)
    link = session.scalars(
        select(ResetLink)
        .where(
            ResetLink.authority_id == authority_id,
            ResetLink.token_hash == hash_of(token),
            ResetLink.used_at.is_(None),
            ResetLink.expires_at > now,
        )
        .with_for_update()
    ).first()
    if link is None:
        raise Invalid("This link was used or is too old. Ask your administrator for a new one.")
    person = find_person(session, link.person_id)
    person.password_hash = _hashed(password)
    person.failed_attempts, person.locked_until = 0, None
    link.used_at = now
    revoke_all(session, person.id, now)
    journal.record(session, "person.password", person.id, at=now, officer_id=person.id)
    return person


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
