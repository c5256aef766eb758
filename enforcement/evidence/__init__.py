"""The evidence pack of a case: everything that is known of it, also what helps the motorist, in one signed page."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .. import journal
from ..adapters.photos import PhotoFolder
from ..adapters.signing import SigningKey, sealed
from .doubts import doubts
from .facts import gathered
from .page import drawn
from .photos import packed


def pack(
    session: Session, task_id: UUID, folder: PhotoFolder, key: SigningKey, actor: str, now: datetime
) -> bytes:
    """The signed page of a case, as UTF-8; that it was made, by whom, is journalled with its hash.

    Raises NotFound, also for another authority's; FolderAway.
    """
    facts = gathered(session, task_id, actor, now)
    pictures = packed(facts, session.info["authority_id"], folder)
    facts["doubts"] = doubts(facts)
    page = drawn(facts, pictures, ZoneInfo(facts["authority"]["time_zone"]))
    file = sealed(page, key, facts["authority"]["name"], now, html=True)
    journal.record(session, "evidence.made", task_id, at=now, actor=actor, sha256=sha256(page).hexdigest())
    return file
