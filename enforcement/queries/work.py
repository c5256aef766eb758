"""Tasks as people read them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..adapters.tables import STANDS, Assignment, Bay, Patrol, Person, SightingRow, Task
from ..domain.priority import MOST_URGENT, PUT_FIRST
from ..domain.refusals import NotFound
from ..domain.tasks import FINAL_STATES, SOMEBODY_GOES, EndReason, TaskState
from ..pipeline import observed
from .paging import Page, page
from .places import zones_of_bays


def tasks(
    session: Session,
    *,
    state: str | None = None,
    officer_id: UUID | None = None,
    ids: Sequence[UUID] | None = None,
    bay_id: UUID | None = None,
    cursor: UUID | None = None,
    limit: int = 50,
) -> Page:
    """Tasks as people read them. `state` is one of theirs, or `open`; `ids`: of these only."""
    query = _tasks(session)
    if state == "open":
        query = query.where(Task.state.not_in(FINAL_STATES))
    elif state:
        query = query.where(Task.state == state)
    if officer_id:
        query = query.where(Task.officer_id == officer_id)
    if ids is not None:
        query = query.where(Task.id.in_(ids))
    if bay_id:
        query = query.where(Task.bay_id == bay_id)
    rows, following = page(session, query, Task.id, cursor, limit)
    return _told(session, rows), following


def task(session: Session, task_id: UUID) -> dict[str, Any]:
    """One task. Raises NotFound, also for another authority's."""
    rows = list(
        session.execute(_tasks(session).where(Task.id == task_id).execution_options(populate_existing=True))
    )
    if not rows:
        raise NotFound(f"There is no task {task_id}.")
    return _told(session, rows)[0]


def _tasks(session: Session) -> Select:
    live = (
        (Assignment.authority_id == Task.authority_id)
        & (Assignment.task_id == Task.id)
        & (Assignment.state != "ended")
    )
    return (
        select(Task, Bay, Person.name, Assignment, Patrol)
        .join(Bay, (Bay.authority_id == Task.authority_id) & (Bay.id == Task.bay_id))
        .outerjoin(Patrol, (Patrol.authority_id == Task.authority_id) & (Patrol.id == Task.patrol_id))
        .outerjoin(Person, (Person.authority_id == Task.authority_id) & (Person.id == Task.officer_id))
        .outerjoin(Assignment, live)
        .where(Task.authority_id == session.info["authority_id"])
    )


def _told(session: Session, rows: Iterable[Any]) -> list[dict[str, Any]]:
    rows = list(rows)
    zones = zones_of_bays(session, [bay.id for _, bay, *_ in rows])
    seen = _sightings(session, [task.id for task, *_ in rows])
    unsafe = _said_unsafe(session, [task.id for task, *_ in rows if task.state == TaskState.ESCALATED])
    lacking = observed.missing(session, [task for task, *_ in rows if task.state in SOMEBODY_GOES])
    clocks = observed.counted_from(session, [task.stay_id for task, *_ in rows if task.stay_id])
    numbers = observed.notice_numbers(session, [task.id for task, *_ in rows if task.outcome])
    return [
        {
            **{column: getattr(task, column) for column in TASK_COLUMNS},
            **_urgency(task),
            "overstay_from": None if patrol else task.overstay_from,
            "counted_from": clocks.get(task.stay_id),
            "notice_number": numbers.get(task.id),
            "patrol": _patrol(task, patrol) if patrol else None,
            "bay": bay,
            "zones": zones[bay.id],
            "sightings": seen.get(task.id, 0),
            "missing_for_notice": lacking.get(task.id, []),
            "unsafe": task.id in unsafe,
            "officer": {"id": task.officer_id, "name": officer} if officer else None,
            "assignment": assignment,
        }
        for task, bay, officer, assignment, patrol in rows
    ]


def _urgency(task: Task) -> dict[str, Any]:
    """As the planner takes it: what a supervisor puts first comes first."""
    if task.put_first_at is None:
        return {"priority": task.priority, "priority_reasons": task.priority_reasons}
    return {"priority": MOST_URGENT, "priority_reasons": [PUT_FIRST, *task.priority_reasons]}


def _patrol(task: Task, patrol: Patrol) -> dict[str, Any]:
    """What an officer has to know of the patrol that a task came of."""
    window = {"window_from": task.overstay_from, "window_until": task.lawful_until}
    return window | {name: getattr(patrol, name) for name in ("id", "name", "instructions", "minutes")}


TASK_COLUMNS = (
    "id", "version", "state", "why", "code", "suffix", "lawful_from", "lawful_until",
    "sightings_needed", "observation_minutes", "start_rule", "rights", "rights_status", "rights_provider",
    "rights_checked_at", "rights_until", "put_first_at", "may_have_left_at", "not_before", "outcome",
    "ended_why", "raised_at", "ended_at", "stay_id", "found",
)  # fmt: skip


def _sightings(session: Session, ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = session.execute(
        select(SightingRow.task_id, func.count())
        .where(SightingRow.authority_id == session.info["authority_id"], SightingRow.task_id.in_(ids), STANDS)
        .group_by(SightingRow.task_id)
    )
    return dict(rows.all())


def _said_unsafe(session: Session, ids: Sequence[UUID]) -> set[UUID]:
    """Those of the tasks at which an officer found that it is unsafe."""
    rows = session.scalars(
        select(Assignment.task_id).where(
            Assignment.authority_id == session.info["authority_id"],
            Assignment.task_id.in_(ids),
            Assignment.end_reason == EndReason.UNSAFE.value,
        )
    )
    return set(rows)
