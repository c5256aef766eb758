"""Secrets that we hand out say whose they are: `op_<authority>_<secret>`.

So the wall between authorities is up before the first look into a table; only the hash is kept.
"""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID


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
