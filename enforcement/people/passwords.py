"""Passwords, kept as argon2 hashes."""

import secrets

import argon2

from ..adapters.tables import Person
from ..domain.refusals import Invalid

SHORTEST_PASSWORD = 10
hasher = argon2.PasswordHasher()
# Checked when there is no such person, so that the answer takes as long as for a wrong password.
NOBODY = hasher.hash(secrets.token_hex())


def hashed(password: str) -> str:
    """What is kept of a password. Raises Invalid if it is too short."""
    if len(password) < SHORTEST_PASSWORD:
        words = f"Use {SHORTEST_PASSWORD} characters or more."
        raise Invalid.at("/password", words)
    return hasher.hash(password)


def matches(person: Person | None, password: str) -> bool:
    """Is this their password? Without a person, or a password of theirs, no; it takes as long to say so."""
    known = person.password_hash if person else None
    try:
        return hasher.verify(known or NOBODY, password) and known is not None
    except argon2.exceptions.VerificationError:
        return False
