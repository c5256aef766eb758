"""A sighting's photos: the bytes come piece by piece, and count when all are here and are what the phone hashed.

The row is the sighting's, made with it; the bytes are a file (`adapters.photos`); that they came is a row of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256 as hashed
from uuid import UUID

from sqlalchemy import select, text, tuple_
from sqlalchemy.orm import Session

from .. import journal
from ..adapters import jpeg
from ..adapters.photos import SHA256, Found, PhotoFolder, PhotoName
from ..adapters.tables import Photo, PhotoFile, SightingRow
from ..domain.photos import MOST_PIXELS, BadPhoto, Piece, is_next
from ..domain.refusals import Forbidden, NotFound
from .sessions import Sessions

# One photo at a time is changed by one of us, whichever machine we are on.
LOCK = text("SELECT pg_advisory_xact_lock(hashtext('openpatrol.photos'), hashtext(:photo))")


PAGE = 500
STALE_DAYS = 30  # what has come of a photo that nobody went on with


@dataclass(frozen=True, slots=True)
class Receipt:
    """How many bytes of a photo are here, of how many; `complete` when it is kept for good."""

    received: int
    size: int
    complete: bool


def sighting_of(session: Session, sighting_id: UUID, sha256: str) -> SightingRow:
    """The sighting that this photo was recorded with. Raises NotFound, also for another authority's."""
    ours = session.info["authority_id"]
    known = SHA256.fullmatch(sha256) and session.get(Photo, (ours, sighting_id, sha256))
    if not known:
        raise NotFound(f"There is no such photo of a sighting {sighting_id}.")
    return session.get_one(SightingRow, (ours, sighting_id))


def receive(
    session: Session,
    folder: PhotoFolder,
    photo: tuple[UUID, str],
    officer_id: UUID,
    piece: Piece,
    now: datetime,
) -> Receipt:
    """Take a piece of a photo (its sighting's id, its SHA-256). Any piece may come twice; the last makes it complete.

    Raises NotFound; Forbidden for another officer's; WrongOffset; BadPhoto when all is here and can't be kept.
    """
    sighting = sighting_of(session, *photo)
    if sighting.officer_id != officer_id:
        raise Forbidden("Only the officer who made a sighting sends its photos.")
    name = PhotoName(sighting.authority_id, *photo)
    _lock(session, name)
    kept = _kept(session, name)
    if kept:
        return Receipt(kept.size, kept.size, True)
    if is_next(piece, folder.received(name)):
        folder.add(name, piece.offset, piece.content)
    received = folder.received(name)
    if received < piece.size:
        return Receipt(received, piece.size, False)
    _keep(session, folder, name, now)
    journal.record(
        session, "photo.received", sighting.id, at=now, officer_id=officer_id, task_id=sighting.task_id
    )
    return Receipt(received, received, True)


def _keep(session: Session, folder: PhotoFolder, name: PhotoName, now: datetime) -> None:
    """All bytes are here: what was never hashed by the phone, or tells more than the picture, is sent again."""
    content = folder.gathered(name)
    try:
        if hashed(content).hexdigest() != name.sha256:
            raise BadPhoto("Its SHA-256 is not the one that was made when it was taken.")
        jpeg.check(content, MOST_PIXELS)
    except jpeg.BadJpeg as fault:
        folder.discard(name)
        raise BadPhoto(str(fault)) from fault
    except BadPhoto:
        folder.discard(name)
        raise
    folder.keep(name, content)
    session.add(
        PhotoFile(
            authority_id=name.authority_id,
            sighting_id=name.sighting_id,
            sha256=name.sha256,
            size=len(content),
            received_at=now,
        )
    )
    session.flush()


def shown(session: Session, folder: PhotoFolder, sighting_id: UUID, sha256: str) -> bytes:
    """The photo. Raises NotFound while it is not complete, or if its file is gone."""
    name = PhotoName(session.info["authority_id"], sighting_id, sha256)
    content = folder.read(name) if _kept(session, name) else None
    if content is None:
        raise NotFound("This photo has not reached the server.")
    return content


def checked(sessions: Sessions, folder: PhotoFolder) -> Iterator[tuple[PhotoName, bool]]:
    """Every photo that is complete, and whether its file is there and hashes to its name."""
    at: tuple[UUID, str] | None = None
    while True:
        with sessions() as session:
            names = _page(session, at)
        for name in names:
            content = folder.read(name)
            yield name, content is not None and hashed(content).hexdigest() == name.sha256
        if len(names) < PAGE:
            return
        at = (names[-1].sighting_id, names[-1].sha256)


def _page(session: Session, after: tuple[UUID, str] | None) -> list[PhotoName]:
    key = (PhotoFile.sighting_id, PhotoFile.sha256)
    rows = select(PhotoFile.authority_id, *key).where(PhotoFile.authority_id == session.info["authority_id"])
    if after:
        rows = rows.where(tuple_(*key) > after)
    return [PhotoName(*row) for row in session.execute(rows.order_by(*key).limit(PAGE))]


def sweep(sessions: Sessions, folder: PhotoFolder) -> int:
    """Erase files whose rows are gone, and what came of photos that nobody goes on with; how many."""
    with sessions() as session:
        ours = session.info["authority_id"]
    erased = 0
    for files in folder.found(ours):
        with sessions() as session:
            useless = list(_useless(session, files))
        for each in useless:
            with sessions() as session:
                _lock(session, each.name)  # it may be completed at this moment
                for still in _useless(session, [each]):
                    folder.erase(still)
                    erased += 1
    return erased


def _useless(session: Session, files: Sequence[Found]) -> Iterator[Found]:
    known, kept = (_names(session, table, files) for table in (Photo, PhotoFile))
    for each in files:
        wanted = each.name in kept
        if not each.whole:
            wanted = each.name in known and not wanted and each.days < STALE_DAYS
        if not wanted:
            yield each


def _names(session: Session, table: type[Photo] | type[PhotoFile], files: Sequence[Found]) -> set[PhotoName]:
    rows = session.execute(
        select(table.authority_id, table.sighting_id, table.sha256).where(
            table.authority_id == session.info["authority_id"],
            table.sighting_id.in_({each.name.sighting_id for each in files}),
        )
    )
    return {PhotoName(*row) for row in rows}


def _kept(session: Session, name: PhotoName) -> PhotoFile | None:
    return session.get(PhotoFile, (name.authority_id, name.sighting_id, name.sha256))


def _lock(session: Session, name: PhotoName) -> None:
    session.execute(LOCK, {"photo": str(name.path)})
