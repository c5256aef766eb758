"""Secrets that we must be able to read again, such as a provider's access token: encrypted in the database."""

from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from .key_files import UnusableKey, text_kept_at

WHAT = "secrets key"


class CantOpen(Exception):
    """It was closed with a key that we do not have (any more)."""


class SecretBox:
    """Closes by the first of its keys and opens by any of them, so that keys can be changed."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise UnusableKey(f"{WHAT}: not a Fernet key") from None

    def close(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, closed: str) -> str:
        """Raises CantOpen."""
        try:
            return self._fernet.decrypt(closed).decode()
        except InvalidToken:
            raise CantOpen from None


def kept_at(path: Path) -> SecretBox:
    """The box whose key is kept at `path`, made if there is none. Raises UnusableKey."""
    return SecretBox([text_kept_at(path, WHAT, Fernet.generate_key).strip()])
