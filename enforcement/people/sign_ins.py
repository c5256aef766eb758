"""Signing in and out: server-side, revocable, and counted when it fails."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Device, Person, SignIn, act_for
from ..domain.refusals import Refusal
from .passwords import matches
from .tokens import authority_of, hash_of, new_secret

SESSION_LASTS = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)  # how precisely we know when a sign-in was last used
FREE_ATTEMPTS = 5
LONGEST_LOCK = timedelta(minutes=15)


class NotSignedIn(Refusal):
    """No sign-in, or one that no longer holds."""

    status, type, title = 401, "not-signed-in", "Sign in first"


class WrongPassword(Refusal):
    """No such person, or not their password; which of the two is not said."""

    status, type, title = 401, "wrong-password", "That didn't match"


class TooManyAttempts(Refusal):
    """Wait before trying again; `extra["retry_after"]` is in seconds."""

    status, type, title = 429, "too-many-attempts", "Too many attempts"


def sign_in(
    session: Session,
    email: str,
    password: str,
    device: str,
    now: datetime,
    phone_id: UUID | None = None,
) -> tuple[Person, str]:
    """The person whose password this is, and the token of their new sign-in. The caller commits.

    One address may have an account with several councils; the password tells which. Raises WrongPassword
    or TooManyAttempts, as soon and as often for an address that nobody has.
    """
    email = email.strip().lower()
    _count_attempt(session, email, now)
    candidates = session.scalars(text("SELECT openpatrol_sign_in_candidates(:email)"), {"email": email}).all()
    session.rollback()
    for authority_id in candidates:
        act_for(session, authority_id)
        person = _person_by_email(session, email)
        if person and matches(person, password):
            forgive_attempts(session, email)
            return person, _begin(session, person, device, phone_id, now)
        session.rollback()
    if not candidates:
        matches(None, password)
    raise WrongPassword("No account has this address and password.")


def _count_attempt(session: Session, email: str, now: datetime) -> None:
    """Counted before the password is looked at, so that guesses at the same moment are all counted.

    The first few cost nothing; then each wrong password doubles the wait. Raises TooManyAttempts.
    """
    locked_until = session.scalar(
        text("SELECT openpatrol_attempt(:email, :now, :free, :longest)"),
        {"email": email, "now": now, "free": FREE_ATTEMPTS, "longest": LONGEST_LOCK},
    )
    session.commit()
    if locked_until:
        seconds = int((locked_until - now).total_seconds()) + 1
        raise TooManyAttempts("Wait a little, then try again.", retry_after=seconds)


def forgive_attempts(session: Session, email: str) -> None:
    """The right password, or a new one. Where several councils have the address, only the last attempt
    is forgiven: what one of them may do must not open the account with another to more guesses."""
    session.execute(text("SELECT openpatrol_forgive_attempts(:email)"), {"email": email})


def _person_by_email(session: Session, email: str) -> Person | None:
    return session.scalars(
        select(Person).where(
            Person.authority_id == session.info["authority_id"],
            Person.email == email,
            Person.disabled_at.is_(None),
        )
    ).first()


def _begin(session: Session, person: Person, device: str, phone_id: UUID | None, now: datetime) -> str:
    secret = new_secret(person.authority_id)
    row = SignIn(
        authority_id=person.authority_id,
        id=uuid7(),
        person_id=person.id,
        token_hash=secret.hash,
        device=device[:200],
        phone_id=phone_id,
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
