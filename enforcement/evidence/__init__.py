"""The evidence pack of a case: everything that is known of it, also what helps the motorist, in one signed page."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from .. import journal
from ..adapters.signing import SigningKey, sealed
from .doubts import doubts
from .facts import gathered
from .page import drawn


def pack(session: Session, task_id: UUID, key: SigningKey, actor: str, now: datetime) -> bytes:
    """The signed page of a case, as UTF-8; that it was made, by whom, is journalled with its hash.

    Raises NotFound, also for another authority's.
    """
    facts = gathered(session, task_id, actor, now)
    facts["doubts"] = doubts(facts)
    page = drawn(facts, ZoneInfo(facts["authority"]["time_zone"]))
    file = sealed(page, key, facts["authority"]["name"], now, html=True)
    journal.record(session, "evidence.made", task_id, at=now, actor=actor, sha256=sha256(page).hexdigest())
    return file
