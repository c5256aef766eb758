"""Standing patrols and what came of them, as people read them. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from .. import queries
from ..adapters.tables import Assignment, Bay, Patrol, Person, Task
from ..pipeline.patrols import terms_of

COLUMNS = (
    "id", "name", "instructions", "code", "suffix", "hours", "minutes", "priority", "window_from", "window_until",
    "paused_at", "paused_why", "version",
)  # fmt: skip

Told = dict[str, Any]


def patrols(session: Session) -> list[Told]:
    """Those in use, by name."""
    return _told(session, session.execute(_patrols(session).order_by(Patrol.name)))


def patrol(session: Session, patrol_id: UUID) -> Told:
    """One of them, which is there."""
    return _told(session, session.execute(_patrols(session).where(Patrol.id == patrol_id)))[0]


def _patrols(session: Session) -> Select[Any, Any]:
    return (
        select(Patrol, Bay)
        .join(Bay, (Bay.authority_id == Patrol.authority_id) & (Bay.id == Patrol.bay_id))
        .where(Patrol.authority_id == session.info["authority_id"], Patrol.retired_at.is_(None))
    )


def _told(session: Session, rows: Iterable[Any]) -> list[Told]:
    rows = list(rows)
    zones = queries.zones_of_bays(session, [bay.id for _, bay in rows])
    return [
        {
            **{column: getattr(patrol, column) for column in COLUMNS},
            "place": bay,
            "zones": zones[bay.id],
            "terms": [{"first": term.first, "last": term.last} for term in terms_of(patrol)],
        }
        for patrol, bay in rows
    ]


def rounds(session: Session, patrol_id: UUID, *, cursor: UUID | None, limit: int) -> queries.Page:
    """Each time that it was asked for, the newest first, and the cursor of the next page."""
    asked = (
        select(Task, Person.name)
        .outerjoin(Person, (Person.authority_id == Task.authority_id) & (Person.id == Task.officer_id))
        .where(Task.authority_id == session.info["authority_id"], Task.patrol_id == patrol_id)
    )
    rows, following = queries.page(session, asked, Task.id, cursor, limit)
    arrived = _arrivals(session, [task.id for task, _ in rows])
    return [_round(task, officer, arrived) for task, officer in rows], following


def _round(task: Task, officer: str | None, arrived: Mapping[UUID, Any]) -> Told:
    return {
        "task_id": task.id,
        "window_from": task.overstay_from,
        "window_until": task.lawful_until,
        "state": task.state,
        "officer": {"id": task.officer_id, "name": officer} if officer else None,
        "arrived_at": arrived.get(task.id),
        "outcome": task.outcome,
        "ended_at": task.ended_at,
        "ended_why": task.ended_why,
    }


def _arrivals(session: Session, tasks: Sequence[UUID]) -> Mapping[UUID, Any]:
    """By task, when somebody first was there."""
    rows = session.execute(
        select(Assignment.task_id, func.min(Assignment.arrived_at))
        .where(Assignment.authority_id == session.info["authority_id"], Assignment.task_id.in_(tasks))
        .group_by(Assignment.task_id)
    )
    return dict(rows.all())
