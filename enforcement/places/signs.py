"""The sign of a suspension, as somebody photographed it when it was up: a file beside those of officers."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from .. import journal
from ..adapters.photos import PhotoFolder, PhotoName
from ..adapters.tables import SuspensionRow
from ..domain.photos import MOST_BYTES, BadPhoto
from ..domain.refusals import NotFound
from ..pipeline import photos
from .known import get


def photograph(
    session: Session, folder: PhotoFolder, suspension_id: UUID, content: bytes, now: datetime, actor: str
) -> SuspensionRow:
    """Keep the picture of its sign; a later one takes its place. Raises NotFound, and BadPhoto for what is no JPEG of
    a picture alone: what a camera writes beside it (EXIF) is refused."""
    row: SuspensionRow = get(session, SuspensionRow, suspension_id, "suspension")
    if len(content) > MOST_BYTES:
        raise BadPhoto(f"A photo has at most {MOST_BYTES} bytes.")
    name = PhotoName(row.authority_id, row.id, sha256(content).hexdigest())
    photos.check(content, name.sha256)
    photos.lock(session, name)
    folder.keep(name, content)
    row.sign_photo = name.sha256
    session.flush()
    journal.record(session, "suspension.photo", row.id, at=now, actor=actor, bay_id=row.bay_id)
    return row


def picture(session: Session, folder: PhotoFolder, suspension_id: UUID) -> bytes:
    """Raises NotFound where there is none."""
    row: SuspensionRow = get(session, SuspensionRow, suspension_id, "suspension")
    kept = row.sign_photo and folder.read(PhotoName(row.authority_id, row.id, row.sign_photo))
    if not kept:
        raise NotFound("There is no photo of this sign.")
    return kept
