"""The VAPID key pair by which push services know us (RFC 8292), and what is signed with it.

Every subscription is bound to the public half, so a lost or replaced key means that every phone has
to subscribe again. That is why a file that is there is never overwritten, whatever it holds.
"""

import os
import tempfile
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from py_vapid.jwt import sign

TOKEN_LIVES = timedelta(hours=12)  # RFC 8292 allows 24
TOKEN_REUSED = timedelta(hours=11)
MOST_TOKENS = 256  # Windows alone has dozens of push hosts


class UnusablePushKey(Exception):
    """The key can't be used; the text says where it came from and why, never what it holds."""


@dataclass(frozen=True, slots=True)
class PushKeys:
    """A P-256 key pair. `private` is the key as py_vapid takes it; it never shows in a log."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def public(self) -> str:
        """The browser's `applicationServerKey`: the uncompressed point, base64url without padding."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return urlsafe_b64encode(point).rstrip(b"=").decode()


class Tokens:
    """VAPID headers for each push service, signed once and used again for hours; safe among threads."""

    def __init__(self, keys: PushKeys, subject: str) -> None:
        self._keys, self._subject = keys, subject
        self._kept: dict[str, tuple[datetime, str]] = {}
        self._lock = Lock()

    def header(self, audience: str, now: datetime) -> str:
        """The `Authorization` for an audience, the origin of an endpoint. `now` is the real time."""
        with self._lock:
            signed_at, header = self._kept.get(audience, (None, ""))
            if signed_at is None or not signed_at <= now < signed_at + TOKEN_REUSED:
                header = self._signed(audience, now)
                if len(self._kept) >= MOST_TOKENS:
                    self._kept.clear()
                self._kept[audience] = (now, header)
        return header

    def _signed(self, audience: str, now: datetime) -> str:
        expiry = int((now + TOKEN_LIVES).timestamp())
        token = sign({"aud": audience, "exp": expiry, "sub": self._subject}, self._keys.private)
        return f"vapid t={token},k={self._keys.public}"


def load_or_make(path: Path) -> PushKeys:
    """The pair kept at `path` (PEM), made with mode 0600 if there is none.

    Processes that start together agree: one of them makes the file, all of them read it.
    Raises UnusablePushKey, naming the path, if the file can't be read, made or used.
    """
    try:
        if not path.exists():
            _make(path)
        text = path.read_text(encoding="ascii")
    except OSError as error:
        raise UnusablePushKey(f"push key {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UnusablePushKey(f"push key {path}: not a PEM file") from error
    return _parse(text, source=str(path))


def from_pem(text: str) -> PushKeys:
    """The pair in a PEM text handed in by the environment, where line ends may be written as `\\n`.

    Raises UnusablePushKey.
    """
    return _parse(text.replace("\\n", "\n"), source="from the environment")


def _parse(text: str, *, source: str) -> PushKeys:
    try:
        key = load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:  # TypeError: it has a password
        raise UnusablePushKey(f"push key {source}: not a private key in PEM without a password") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise UnusablePushKey(f"push key {source}: web push needs an elliptic-curve key on P-256")
    return PushKeys(key)


def _make(path: Path) -> None:
    """Write a new key beside `path` and link it into place: whole or not at all, first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with open(descriptor, "wb") as file:
            file.write(_new_pem())
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
        _settle(path.parent)
    except FileExistsError:
        pass  # another process was first: its key is the one
    finally:
        os.unlink(draft)


def _new_pem() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _settle(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
