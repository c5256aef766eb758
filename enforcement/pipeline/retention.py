"""Beside the line: what has outlived its period is erased, a piece at a time; what is under hold is not.

The erasing itself is the database's (`openpatrol_forget`): the server's role may not touch evidence or journal.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.photos import PhotoFolder
from ..adapters.tables import Hold
from ..domain.refusals import Conflict, NotFound
from ..journal import Entry
from ..places import spots
from . import photos, tasks
from .rules import policy_of
from .sessions import Sessions

PIECE = 500  # rows a transaction: short enough that nobody waits
ALL = 2**62

FORGET = text("SELECT openpatrol_forget(:kind, :before, :most, :dry)")
# Erasing takes the same lock: what is held from now on is not being erased.
HOLDS = text("SELECT pg_advisory_xact_lock(hashtext('openpatrol.holds'), hashtext(:authority_id))")


def forget_outlived(sessions: Sessions, folder: PhotoFolder, now: datetime) -> dict[str, int]:
    """Erase what has outlived its period, in many short transactions; how many rows of each kind.

    Files of photos go after their rows: what is left over by a night that broke off goes in the next.
    """
    with sessions() as session:
        outlived = list(policy_of(session).retention.outlived(now))
    erased = {kind: _forget_kind(sessions, kind, before) for kind, before in outlived}
    with sessions() as session:
        erased["spots"] = spots.forget(session)
    with sessions() as session:
        ours = session.info["authority_id"]
        journal.record_all(session, [Entry("authority.forgot", "authority", ours, now, dict(erased))])
    return erased | {"files of photos": photos.sweep(sessions, folder)}


def count_outlived(session: Session, now: datetime) -> dict[str, int]:
    """How many rows of each kind would be erased; some of them only go with others."""
    outlived = policy_of(session).retention.outlived(now)
    return {kind: _forget(session, kind, before, ALL, dry=True) for kind, before in outlived}


def _forget_kind(sessions: Sessions, kind: str, before: datetime) -> int:
    erased = 0
    while True:
        with sessions() as session:
            piece = _forget(session, kind, before, PIECE, dry=False)
        erased += piece
        if piece < PIECE:
            return erased


def _forget(session: Session, kind: str, before: datetime, most: int, *, dry: bool) -> int:
    asked = {"kind": kind, "before": before, "most": most, "dry": dry}
    rows: int = session.execute(FORGET, asked).scalar_one()
    return rows


def hold(session: Session, task_id: UUID, reason: str, person_id: UUID, now: datetime) -> Hold:
    """Keep this case until the hold is lifted. Raises NotFound; Conflict if it is held already."""
    session.execute(HOLDS, {"authority_id": str(session.info["authority_id"])})
    tasks.lock(session, task_id)
    if hold_of(session, task_id):
        raise Conflict("This case is held already.")
    held = Hold(
        authority_id=session.info["authority_id"],
        task_id=task_id,
        reason=reason,
        placed_at=now,
        placed_by=person_id,
    )
    session.add(held)
    session.flush()
    journal.record(session, "hold.placed", held.id, at=now, actor=f"person:{person_id}", task_id=task_id)
    return held


def lift(session: Session, task_id: UUID, person_id: UUID, now: datetime) -> None:
    """The case may be erased again when its time has come. Raises NotFound if it is not held."""
    tasks.lock(session, task_id)
    held = hold_of(session, task_id)
    if held is None:
        raise NotFound("This case is not held.")
    held.lifted_at, held.lifted_by = now, person_id
    journal.record(session, "hold.lifted", held.id, at=now, actor=f"person:{person_id}", task_id=task_id)


def standing(session: Session) -> list[Hold]:
    """The holds of the authority, the newest first."""
    ours = select(Hold).where(Hold.authority_id == session.info["authority_id"], Hold.lifted_at.is_(None))
    return list(session.scalars(ours.order_by(Hold.id.desc())))


def hold_of(session: Session, task_id: UUID) -> Hold | None:
    """The one that stands on this case, if any."""
    return session.scalars(
        select(Hold).where(
            Hold.authority_id == session.info["authority_id"],
            Hold.task_id == task_id,
            Hold.lifted_at.is_(None),
        )
    ).first()
