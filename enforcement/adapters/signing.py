"""Signed files: an Ed25519 key pair (RFC 8032) of the installation, and a last line that seals what stands above it.

A signed file is what a person reads, then one line of JSON (in an HTML page within a comment) that says by
whom and when it was signed, the SHA-256 of every byte above, and the signature over all that. One changed
byte anywhere, in the words, the facts or the line itself, is found.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)

from . import key_files
from .key_files import ENVIRONMENT, UnusableKey

WHAT = "signing key"
FORM = "openpatrol-signature-1"
MEMBERS = frozenset({"form", "by", "at", "key", "sha256", "signature"})
COMMENT = (b"<!-- ", b" -->")


class NotGenuine(Exception):
    """The file is not as it was signed, or not signed by this key; the text says what is wrong."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a good signature tells: who signed what and when. `key` names the key, `sha256` the content."""

    by: str
    at: datetime
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that everyone may have."""

    key: Ed25519PublicKey

    @property
    def pem(self) -> str:
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    @property
    def name(self) -> str:
        """The first 16 hex digits of the SHA-256 of the raw key: how a signature names it."""
        return hashlib.sha256(self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]

    def verify(self, content: bytes, signature: bytes) -> bool:
        """Is this the key's signature over the content?"""
        try:
            self.key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The pair that signs; its private half never shows in a log."""

    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.private.public_key())

    def sign(self, content: bytes) -> bytes:
        """The 64 bytes of a detached signature."""
        return self.private.sign(content)


def load_or_make(path: Path) -> SigningKey:
    """The pair kept at `path` (PEM), made if there is none. Raises UnusableKey."""
    return _ed25519(key_files.kept_at(path, WHAT, _new_pem), str(path))


def from_pem(text: str) -> SigningKey:
    """The pair in a PEM text handed in by the environment. Raises UnusableKey."""
    return _ed25519(key_files.from_pem(text, WHAT), ENVIRONMENT)


def public_from_pem(text: bytes) -> PublicKey:
    """A public key that somebody published. Raises UnusableKey."""
    try:
        key = load_pem_public_key(text)
    except ValueError as error:
        raise UnusableKey(f"{WHAT}: not a public key in PEM") from error
    if not isinstance(key, Ed25519PublicKey):
        raise UnusableKey(f"{WHAT}: signatures need an Ed25519 key")
    return PublicKey(key)


def _ed25519(key: PrivateKeyTypes, source: str) -> SigningKey:
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(f"{WHAT} {source}: signatures need an Ed25519 key")
    return SigningKey(key)


def _new_pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def sealed(content: bytes, key: SigningKey, by: str, at: datetime, *, html: bool = False) -> bytes:
    """The content with its seal as the last line; `by` is who signs, in words. The content ends in a line end."""
    if not content.endswith(b"\n"):
        raise ValueError("a sealed file is made of whole lines")
    told = {
        "form": FORM,
        "by": by,
        "at": at.isoformat(),
        "key": key.public.name,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    signature = b64encode(key.sign(_canonical(told))).decode()
    line = _canonical({**told, "signature": signature})
    return content + (line.join(COMMENT) if html else line) + b"\n"


def opened(sealed_content: bytes, key: PublicKey) -> Seal:
    """Who sealed this file and when. Raises NotGenuine, with what is wrong in words."""
    content, told = _parted(sealed_content)
    signature = b64decode(told.pop("signature"))
    if told["key"] != key.name:
        raise NotGenuine(f"It was signed with another key: {told['key']}, and this one is {key.name}.")
    if not key.verify(_canonical(told), signature):
        raise NotGenuine("The signature line was changed, or not made by this key.")
    if hashlib.sha256(content).hexdigest() != told["sha256"]:
        raise NotGenuine("What stands above the signature line was changed after it was signed.")
    return Seal(told["by"], datetime.fromisoformat(told["at"]), told["key"], told["sha256"])


def _parted(sealed_content: bytes) -> tuple[bytes, dict[str, str]]:
    """What was signed, and what the last line tells of it. The line has one spelling only."""
    content, end, line = sealed_content[:-1].rpartition(b"\n")
    told = _told(line.removeprefix(COMMENT[0]).removesuffix(COMMENT[1]))
    as_written = _canonical(told)
    if line not in (as_written, as_written.join(COMMENT)) or not sealed_content.endswith(b"\n"):
        raise NotGenuine("The signature line was changed.")
    return content + end, told


def _told(line: bytes) -> dict[str, str]:
    try:
        told = json.loads(line)
        if told.keys() != MEMBERS or told["form"] != FORM:
            raise ValueError
        if b64encode(b64decode(told["signature"])).decode() != told["signature"]:
            raise ValueError
    except (ValueError, AttributeError, TypeError):
        raise NotGenuine("It has no signature line at its end, or a damaged one.") from None
    return dict(told)


def _canonical(told: Mapping[str, str]) -> bytes:
    """One spelling for each content: ASCII, no spaces, sorted, and nothing that could end an HTML comment."""
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").encode("ascii")
