"""The VAPID key pair by which push services know us (RFC 8292), and what is signed with it.

Every subscription is bound to the public half, so a lost or replaced key means that every phone has
to subscribe again. That is why a file that is there is never overwritten, whatever it holds.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from py_vapid.jwt import sign

from . import key_files
from .key_files import ENVIRONMENT, UnusableKey

WHAT = "push key"

TOKEN_LIVES = timedelta(hours=12)  # RFC 8292 allows 24
TOKEN_REUSED = timedelta(hours=11)
MOST_TOKENS = 256  # Windows alone has dozens of push hosts


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
    """The pair kept at `path` (PEM), made if there is none. Raises UnusableKey."""
    return _on_p256(key_files.kept_at(path, WHAT, _new_pem), str(path))


def from_pem(text: str) -> PushKeys:
    """The pair in a PEM text handed in by the environment. Raises UnusableKey."""
    return _on_p256(key_files.from_pem(text, WHAT), ENVIRONMENT)


def _on_p256(key: PrivateKeyTypes, source: str) -> PushKeys:
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise UnusableKey(f"{WHAT} {source}: web push needs an elliptic-curve key on P-256")
    return PushKeys(key)


def _new_pem() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
