"""Photos as files: `<authority>/<two digits of the hash>/<sighting>-<hash>.jpg`, and beside them what is to come.

The folder may be shared by any number of machines. A photo gets its name when it is whole and on the disk, and is
never written to again; whoever changes anything about one photo holds its lock in the database meanwhile
(`pipeline.photos`). For the eyes of the server's user only.
"""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import structlog

from ..domain.refusals import Refusal
from .durable import settle, write

log = structlog.get_logger()

WHOLE, COMING, DRAFT = ".jpg", ".part", ".new"
SHA256 = re.compile(r"[0-9a-f]{64}")
STEM = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9a-f]{64})")
AGAIN_SECONDS = 60


class FolderAway(Refusal):
    """Photos can't be kept or read just now; nothing was lost that was answered for."""

    status, type, title = 503, "photos-away", "Photos can't be reached"


@dataclass(frozen=True, slots=True, order=True)
class PhotoName:
    """Which photo: `sha256` in 64 hex digits. Nothing else ever becomes a path."""

    authority_id: UUID
    sighting_id: UUID
    sha256: str

    def __post_init__(self) -> None:
        if not SHA256.fullmatch(self.sha256):
            raise ValueError("a photo is named by the SHA-256 of its bytes")

    @property
    def path(self) -> Path:
        """Within the folder."""
        folder = Path(str(self.authority_id)) / self.sha256[:2]
        return folder / f"{self.sighting_id}-{self.sha256}{WHOLE}"


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a photo that lies in the folder; `days` since it was last written to."""

    name: PhotoName
    file: Path
    whole: bool
    days: float


class PhotoFolder:
    """Where the photos of all authorities are. Every method may raise FolderAway."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def received(self, name: PhotoName) -> int:
        """How many bytes of a photo that is still coming are here."""
        with _reached(), suppress(FileNotFoundError):
            return self._coming(name).stat().st_size
        return 0

    def add(self, name: PhotoName, offset: int, content: bytes) -> None:
        """Write these bytes at their place."""
        with _reached():
            self._make_room(name)
            opened = os.open(self._coming(name), os.O_CREAT | os.O_WRONLY, 0o600)
            with open(opened, "wb") as file:
                file.seek(offset)
                file.write(content)

    def gathered(self, name: PhotoName) -> bytes:
        """All that has come."""
        with _reached():
            return self._coming(name).read_bytes()

    def discard(self, name: PhotoName) -> None:
        """What has come was nothing: it begins again."""
        with _reached():
            self._coming(name).unlink(missing_ok=True)

    def keep(self, name: PhotoName, content: bytes) -> None:
        """The whole photo is on the disk under its name, or not there at all."""
        with _reached():
            self._make_room(name)
            place = self._folder / name.path
            opened, draft = tempfile.mkstemp(DRAFT, f"{place.stem}.", place.parent)  # mode 0600
            try:
                write(opened, content)
                os.replace(draft, place)
            finally:
                Path(draft).unlink(missing_ok=True)
            for folder in (place.parent, place.parent.parent, self._folder):
                settle(folder)
            self._coming(name).unlink(missing_ok=True)

    def read(self, name: PhotoName) -> bytes | None:
        """The photo's bytes; None if they are not there."""
        with _reached(), suppress(FileNotFoundError):
            return (self._folder / name.path).read_bytes()
        return None

    def found(self, authority_id: UUID) -> Iterator[list[Found]]:
        """All files of an authority's photos, whole or not, a folder at a time. What is not ours is left out."""
        with _reached():
            folders = sorted((self._folder / str(authority_id)).glob("[0-9a-f][0-9a-f]"))
        for folder in folders:
            with _reached():
                files = [_found(authority_id, file) for file in sorted(folder.iterdir())]
            yield [each for each in files if each]

    def erase(self, found: Found) -> None:
        with _reached():
            found.file.unlink(missing_ok=True)

    def _coming(self, name: PhotoName) -> Path:
        return self._folder / name.path.with_suffix(COMING)

    def _make_room(self, name: PhotoName) -> None:
        place = self._folder / name.path.parent
        for folder in (self._folder, place.parent, place):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _found(authority_id: UUID, file: Path) -> Found | None:
    """What a file in the folder is, by its name; None if it is none of ours, or gone meanwhile."""
    named = STEM.fullmatch(file.name.partition(".")[0])
    if named is None or file.suffix not in (WHOLE, COMING, DRAFT):
        return None
    try:
        written_at = file.stat().st_mtime
    except FileNotFoundError:
        return None
    days = (time.time() - written_at) / 86_400  # by the clock that stamps files, not that of a replay
    return Found(PhotoName(authority_id, UUID(named[1]), named[2]), file, file.suffix == WHOLE, days)


@contextmanager
def _reached() -> Iterator[None]:
    """A disk that is full or a share that is away is no fault of who asks."""
    try:
        yield
    except OSError as fault:
        log.error("photos away", fault=type(fault).__name__, errno=fault.errno)
        raise FolderAway("Keep it, and send it again in a minute.", retry_after=AGAIN_SECONDS) from fault
