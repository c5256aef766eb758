"""Passwords, kept as argon2 hashes."""

import secrets
from base64 import b64encode

import argon2

from ..adapters.tables import Person
from ..domain.refusals import Invalid

SHORTEST_PASSWORD = 10
hasher = argon2.PasswordHasher()


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
        return hasher.verify(known or nobodys(), password) and known is not None
    except argon2.exceptions.VerificationError:
        return False


def nobodys() -> str:
    """Like the hash of a password, but no password has it: to try one takes as long as for anybody's."""
    salt, digest = (_in_letters(secrets.token_bytes(length)) for length in (hasher.salt_len, hasher.hash_len))
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={argon2.low_level.ARGON2_VERSION}${costs}${salt}${digest}"


def _in_letters(content: bytes) -> str:
    return b64encode(content).decode().rstrip("=")
