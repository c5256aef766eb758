"""People: adding and changing them, and how they choose a password."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import versions
from ..adapters.tables import Person, ResetLink, act_for
from ..domain.refusals import Conflict, Invalid, NotFound
from .passwords import hashed
from .sign_ins import forgive_attempts, revoke_all
from .tokens import authority_of, hash_of, new_secret

ROLES = ("administrator", "supervisor", "officer")
LINK_LASTS = timedelta(hours=24)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


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
        password_hash=hashed(password) if password is not None else None,
    )
    session.add(person)
    session.flush()
    journal.record(session, "person.created", person.id, at=now, actor=actor, role=role)
    return person


def find_person(session: Session, person_id: UUID) -> Person:
    """Raises NotFound, also for another authority's."""
    person = session.get(Person, (session.info["authority_id"], person_id))
    if person is None:
        raise NotFound(f"There is no person {person_id}.")
    return person


def change_person(
    session: Session, person_id: UUID, changes: Mapping[str, Any], actor: str, now: datetime
) -> Person:
    """Rename, change the role, or disable (`disabled`): that signs out everywhere, and what phones locked up with
    this person's key stays locked. With a `version` only if the account is still as it was seen.

    Raises Stale; Conflict for the last administrator: nobody could undo it.
    """
    person = find_person(session, person_id)
    stays = changes.get("role", person.role) == "administrator" and not changes.get("disabled")
    if person.role == "administrator" and not person.disabled_at and not stays:
        _require_another_administrator(session, person)
    versions.hold(session, person, changes.get("version"))
    if "disabled" in changes:
        person.disabled_at = now if changes["disabled"] else None
        if person.disabled_at:
            revoke_all(session, person.id, now)
            person.vault = person.language = None
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
        session, "person.reset-link", person.id, at=now, actor=f"person:{made_by}" if made_by else "command"
    )
    return secret.token, expires_at


def choose_password(session: Session, token: str, password: str, now: datetime) -> Person:
    """Use a reset link. All the person's sign-ins and other links end. Raises Invalid for a link that is used or
    too old."""
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
    person.password_hash = hashed(password)
    forgive_attempts(session, person.email)
    session.execute(
        update(ResetLink)
        .where(
            ResetLink.authority_id == authority_id,
            ResetLink.person_id == person.id,
            ResetLink.used_at.is_(None),
        )
        .values(used_at=now)
    )
    revoke_all(session, person.id, now)
    journal.record(session, "person.password", person.id, at=now, officer_id=person.id)
    return person
