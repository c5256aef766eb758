"""A supervisor knows better: a task before all others that nobody is on the way to, and back to what it is worth."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Task
from ..domain.refusals import Conflict
from ..domain.tasks import NOBODY_GOES
from . import tasks


def put_first(session: Session, task_id: UUID, actor: str, now: datetime) -> Task:
    """It counts as the most urgent that a task can be.

    Raises NotFound; Conflict where an officer has it already, or it is over.
    """
    task = tasks.lock(session, task_id)
    if task.state not in NOBODY_GOES:
        raise Conflict("An officer has this task already, or it is over.")
    if task.put_first_at is None:
        task.put_first_at = now
        _tell(session, task, "task.put-first", actor, now)
    return task


def put_back(session: Session, task_id: UUID, actor: str, now: datetime) -> Task:
    """It counts as what it is again. Raises NotFound."""
    task = tasks.lock(session, task_id)
    if task.put_first_at is not None:
        task.put_first_at = None
        _tell(session, task, "task.put-back", actor, now)
    return task


def _tell(session: Session, task: Task, kind: str, actor: str, now: datetime) -> None:
    journal.record(
        session, kind, task.id, at=now, actor=actor, officer_id=task.officer_id, bay_id=task.bay_id
    )
    tasks.want_plan(session, now)
