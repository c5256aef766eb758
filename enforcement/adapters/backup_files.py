"""A backup's file: a zip of the database as pg_dump wrote it, keys if asked for, and a manifest at the end.

Written beside its place and then moved, so that half a backup is never taken for one.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Protocol

DATABASE, MANIFEST, KEYS = "database.dump", "manifest.json", "keys/"
FORMAT = 1
PIECE = 1 << 20

Progress = Callable[[int], None]  # told how many bytes are done


class BadBackup(Exception):
    """The file is no backup of ours, or not whole; the text says which."""


class Source(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when it was taken (RFC 3339), of which revision, and how many rows of each table."""

    taken_at: str
    revision: str
    postgres: int
    rows: dict[str, int]
    bytes: int
    sha256: str
    keys: tuple[str, ...]
    format: int = FORMAT


class Written:
    """Counts and hashes what goes through on its way into the file."""

    def __init__(self, into: IO[bytes], progress: Progress) -> None:
        self._into, self._progress = into, progress
        self.digest, self.bytes = hashlib.sha256(), 0

    def take(self, source: Source) -> None:
        while piece := source.read(PIECE):
            self._into.write(piece)
            self.digest.update(piece)
            self.bytes += len(piece)
            self._progress(self.bytes)


@contextmanager
def new_file(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip that takes its name when all went well; for its owner's eyes only, and on the disk by then."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w") as made:
                yield made
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def write_database(into: zipfile.ZipFile, source: Source, progress: Progress) -> Written:
    """The dump as it comes; how much there was and its SHA-256."""
    with into.open(DATABASE, "w", force_zip64=True) as member:
        written = Written(member, progress)
        written.take(source)
    return written


def write_manifest(into: zipfile.ZipFile, manifest: Manifest) -> None:
    into.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup and what it says of itself. Raises BadBackup."""
    try:
        with zipfile.ZipFile(path) as file:
            yield file, _manifest(file)
    except (zipfile.BadZipFile, KeyError, EOFError) as fault:
        raise BadBackup(f"{path} is no whole backup: {fault}") from None


def _manifest(file: zipfile.ZipFile) -> Manifest:
    try:
        said: dict[str, Any] = json.loads(file.read(MANIFEST))
        manifest = Manifest(**{**said, "keys": tuple(said["keys"])})
    except (ValueError, TypeError) as fault:
        raise BadBackup(f"its manifest can't be read: {fault}") from None
    if manifest.format != FORMAT:
        raise BadBackup(f"its format is {manifest.format}; this version reads {FORMAT}")
    return manifest


def read_database(file: zipfile.ZipFile, manifest: Manifest, into: IO[bytes], progress: Progress) -> None:
    """Hand on the dump, piece by piece; BadBackup at the end if it is not what was written."""
    with file.open(DATABASE) as member:
        read = Written(into, progress)
        read.take(member)
    if (read.bytes, read.digest.hexdigest()) != (manifest.bytes, manifest.sha256):
        raise BadBackup("the database in it is not what was written")
