"""A sighting's photos: the bytes come piece by piece, and count when all are here and are what the phone hashed.

A photo is recorded with a sighting; its bytes are a file (`adapters.photos`); that they came is a row of its own.
Those of a sighting that was kept apart are taken too, and belong to it if it takes effect after all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256 as hashed
from uuid import UUID

from sqlalchemy import Select, select, text, tuple_
from sqlalchemy.orm import Session

from .. import journal
from ..adapters import jpeg
from ..adapters.photos import SHA256, Found, PhotoFolder, PhotoName
from ..adapters.tables import KeptRecord, Photo, PhotoFile, SightingRow, SuspensionRow
from ..domain.photos import MOST_PIXELS, BadPhoto, OtherPhoto, Piece, is_next
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


@dataclass(frozen=True, slots=True)
class Recorded:
    """A photo that an officer recorded with a sighting, or with one that was kept apart, at this task."""

    name: PhotoName
    officer_id: UUID
    task_id: UUID | None


def recorded(session: Session, sighting_id: UUID, sha256: str) -> Recorded:
    """Whose photo it is. Raises NotFound, also for another authority's."""
    if SHA256.fullmatch(sha256):
        name = PhotoName(session.info["authority_id"], sighting_id, sha256)
        for wanted in (_with_sighting(name), _kept_apart(name)):
            if found := session.execute(wanted).first():
                return Recorded(name, found.officer_id, found.task_id)
    raise NotFound(f"There is no such photo of a sighting {sighting_id}.")


def _with_sighting(name: PhotoName) -> Select[UUID, UUID]:
    of_it = (Photo.authority_id == SightingRow.authority_id) & (Photo.sighting_id == SightingRow.id)
    return (
        select(SightingRow.officer_id, SightingRow.task_id)
        .join(Photo, of_it)
        .where(
            SightingRow.authority_id == name.authority_id,
            SightingRow.id == name.sighting_id,
            Photo.sha256 == name.sha256,
        )
    )


def _kept_apart(name: PhotoName) -> Select[UUID, UUID | None]:
    return select(KeptRecord.person_id.label("officer_id"), KeptRecord.task_id).where(
        KeptRecord.authority_id == name.authority_id,
        KeptRecord.record_id == name.sighting_id,
        KeptRecord.said["photos"].contains([{"sha256": name.sha256}]),
    )


def receive(
    session: Session, folder: PhotoFolder, photo: Recorded, officer_id: UUID, piece: Piece, now: datetime
) -> Receipt:
    """Take a piece of a photo. Any piece may come twice; the last makes it complete.

    Raises Forbidden for another officer's; WrongOffset; BadPhoto when all is here and can't be kept.
    """
    if photo.officer_id != officer_id:
        raise Forbidden("Only the officer who took a photo sends it.")
    lock(session, photo.name)
    kept = _kept(session, photo.name)
    if kept:
        return Receipt(kept.size, kept.size, True)
    if is_next(piece, folder.received(photo.name)):
        folder.add(photo.name, piece.offset, piece.content)
    received = folder.received(photo.name)
    if received < piece.size:
        return Receipt(received, piece.size, False)
    _keep(session, folder, photo, now)
    return Receipt(received, received, True)


def _keep(session: Session, folder: PhotoFolder, photo: Recorded, now: datetime) -> None:
    """All bytes are here: what is not what the phone hashed, or is no photo to keep, is sent again."""
    content = folder.gathered(photo.name)
    try:
        check(content, photo.name.sha256)
    except BadPhoto:
        folder.discard(photo.name)
        raise
    folder.keep(photo.name, content)
    sighting_id, officer_id = photo.name.sighting_id, photo.officer_id
    session.add(
        PhotoFile(
            authority_id=photo.name.authority_id,
            sighting_id=sighting_id,
            sha256=photo.name.sha256,
            officer_id=officer_id,
            size=len(content),
            received_at=now,
        )
    )
    journal.record(
        session, "photo.received", sighting_id, at=now, officer_id=officer_id, task_id=photo.task_id
    )


def check(content: bytes, sha256: str) -> None:
    """Raises OtherPhoto or BadPhoto for what is no picture to keep, with nothing told beside it."""
    if hashed(content).hexdigest() != sha256:
        raise OtherPhoto("Its SHA-256 is not the one that was made when it was taken.")
    try:
        jpeg.check(content, MOST_PIXELS)
    except jpeg.BadJpeg as fault:
        raise BadPhoto(str(fault)) from fault


def shown(session: Session, folder: PhotoFolder, name: PhotoName) -> bytes:
    """The photo. Raises NotFound while it is not complete, or if its file is gone."""
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
                lock(session, each.name)  # it may be completed at this moment
                for still in _useless(session, [each]):
                    folder.erase(still)
                    erased += 1
    return erased


def _useless(session: Session, files: Sequence[Found]) -> Iterator[Found]:
    kept = _complete(session, files)
    for each in files:
        wanted = each.name in kept
        if not each.whole:
            wanted = not wanted and each.days < STALE_DAYS and _is_recorded(session, each.name)
        if not wanted:
            yield each


def _complete(session: Session, files: Sequence[Found]) -> set[PhotoName]:
    ours, ids = session.info["authority_id"], {each.name.sighting_id for each in files}
    taken = select(PhotoFile.authority_id, PhotoFile.sighting_id, PhotoFile.sha256).where(
        PhotoFile.authority_id == ours, PhotoFile.sighting_id.in_(ids)
    )
    of_signs = select(SuspensionRow.authority_id, SuspensionRow.id, SuspensionRow.sign_photo).where(
        SuspensionRow.authority_id == ours, SuspensionRow.id.in_(ids), SuspensionRow.sign_photo.is_not(None)
    )
    return {PhotoName(*row) for row in session.execute(taken.union_all(of_signs))}


def _is_recorded(session: Session, name: PhotoName) -> bool:
    try:
        recorded(session, name.sighting_id, name.sha256)
    except NotFound:
        return False
    return True


def _kept(session: Session, name: PhotoName) -> PhotoFile | None:
    return session.scalars(
        select(PhotoFile).where(
            PhotoFile.authority_id == name.authority_id,
            PhotoFile.sighting_id == name.sighting_id,
            PhotoFile.sha256 == name.sha256,
        )
    ).first()


def lock(session: Session, name: PhotoName) -> None:
    """Nobody else changes anything about this photo until the transaction ends."""
    session.execute(LOCK, {"photo": str(name.path)})
