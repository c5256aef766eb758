"""What officers recorded and the line could not take, as supervisors read it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from ..adapters.tables import KeptRecord, Person
from ..domain.refusals import NotFound
from ..sightings import photos_apart
from .paging import Page, page

RECORD = (
    "id", "record_id", "task_id", "found_id", "kind", "said", "why", "recorded_at", "received_at", "taken_at",
    "put_away_at",
)  # fmt: skip
By = aliased(Person)


def kept_records(
    session: Session, *, taken: bool, put_away: bool, cursor: UUID | None = None, limit: int = 50
) -> Page:
    """The newest first; those that took effect after all, or were put away, only if they are asked for too."""
    query = _records(session)
    if not taken:
        query = query.where(KeptRecord.taken_at.is_(None))
    if not put_away:
        query = query.where(KeptRecord.put_away_at.is_(None))
    rows, following = page(session, query, KeptRecord.id, cursor, limit)
    return _told(session, rows), following


def kept_of_task(session: Session, task_id: UUID) -> list[dict[str, Any]]:
    """Those about a task that took no effect, as they were recorded; also those that were put away."""
    of_task = or_(KeptRecord.task_id == task_id, KeptRecord.found_id == task_id)
    query = _records(session).where(of_task, KeptRecord.taken_at.is_(None))
    return _told(session, session.execute(query.order_by(KeptRecord.recorded_at, KeptRecord.id)))


def kept_record(session: Session, kept_id: UUID) -> dict[str, Any]:
    """One of them. Raises NotFound, also for another authority's."""
    found = _told(session, session.execute(_records(session).where(KeptRecord.id == kept_id)))
    if not found:
        raise NotFound(f"There is no record {kept_id}.")
    return found[0]


def kept_waiting(session: Session) -> int:
    """How many wait for a supervisor."""
    waiting = select(func.count()).where(
        KeptRecord.authority_id == session.info["authority_id"],
        KeptRecord.taken_at.is_(None),
        KeptRecord.put_away_at.is_(None),
    )
    return session.scalar(waiting) or 0


def _records(session: Session) -> Select:
    return (
        select(KeptRecord, Person.name, By.name)
        .join(Person, (Person.authority_id == KeptRecord.authority_id) & (Person.id == KeptRecord.person_id))
        .outerjoin(By, (By.authority_id == KeptRecord.authority_id) & (By.id == KeptRecord.put_away_by))
        .where(KeptRecord.authority_id == session.info["authority_id"])
    )


def _told(session: Session, rows: Iterable[Any]) -> list[dict[str, Any]]:
    rows = list(rows)
    photos = photos_apart(session, [kept for kept, *_ in rows])
    return [
        {name: getattr(kept, name) for name in RECORD}
        | {
            "officer": {"id": kept.person_id, "name": officer},
            "put_away_by": {"id": kept.put_away_by, "name": by} if kept.put_away_by else None,
            "photos": photos[kept.record_id],
        }
        for kept, officer, by in rows
    ]
