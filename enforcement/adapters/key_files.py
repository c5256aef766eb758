"""Private keys kept in files: made once, whole or not at all, never overwritten, the same for every process."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from .durable import settle, write

ENVIRONMENT = "from the environment"


class UnusableKey(Exception):
    """A key can't be used; the text says which, where it came from and why, never what it holds."""


def kept_at(path: Path, what: str, new_pem: Callable[[], bytes]) -> PrivateKeyTypes:
    """The key kept at `path` (PEM), made by `new_pem` with mode 0600 if there is none.

    Raises UnusableKey, naming the path, if the file can't be read, made or used.
    """
    return _parse(text_kept_at(path, what, new_pem), what, str(path))


def text_kept_at(path: Path, what: str, new_text: Callable[[], bytes]) -> str:
    """What the file holds, made by `new_text` with mode 0600 if there is none.

    Processes that start together agree: one of them makes the file, all of them read it.
    Raises UnusableKey, naming the path, if the file can't be read or made.
    """
    try:
        if not path.exists():
            _make(path, new_text())
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise UnusableKey(f"{what} {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UnusableKey(f"{what} {path}: not a text file") from error


def from_pem(text: str, what: str) -> PrivateKeyTypes:
    """The key in a PEM text handed in by the environment, where line ends may be written as `\\n`.

    Raises UnusableKey.
    """
    return _parse(text.replace("\\n", "\n"), what, ENVIRONMENT)


def _parse(text: str, what: str, source: str) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:  # TypeError: it has a password
        raise UnusableKey(f"{what} {source}: not a private key in PEM without a password") from error


def _make(path: Path, pem: bytes) -> None:
    """Write a new key beside `path` and link it into place: whole or not at all, first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        write(descriptor, pem)
        os.link(draft, path)
        settle(path.parent)
    except FileExistsError:
        pass  # another process was first: its key is the one
    finally:
        os.unlink(draft)
