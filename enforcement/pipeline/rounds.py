"""What was done in one window of a standing patrol."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ..adapters.tables import Assignment, OutcomeRow, Patrol, Task
from ..domain.tasks import FINAL_STATES, TaskState


@dataclass(frozen=True, slots=True)
class Round:
    """One window of a patrol, the tasks that were raised in it, and those that are open still.

    `seen`: the tasks at which somebody was.
    """

    begins: datetime
    ends: datetime
    tasks: list[Task]
    seen: set[UUID]

    @property
    def own(self) -> list[Task]:
        """Without the visit that an officer has not closed since the window before."""
        return [task for task in self.tasks if task.lawful_until and task.lawful_until > self.begins]

    @property
    def asked_for(self) -> bool:
        """Was somebody asked to go, and was that not taken back because the patrol changed meanwhile?"""
        return any(not _called_off(task) for task in self.own)

    @property
    def answered(self) -> bool:
        """Was somebody there, or is it settled by hand?"""
        return any(task.id in self.seen or task.outcome or task.ended_by for task in self.own)


def _called_off(task: Task) -> bool:
    """Taken back by ourselves before its time was over."""
    by_us = task.state == TaskState.WITHDRAWN and task.ended_by is None
    return bool(by_us and task.ended_at and task.lawful_until and task.ended_at < task.lawful_until)


def round_of(session: Session, patrol: Patrol, begins: datetime, ends: datetime) -> Round | None:
    """The window with its tasks, held; None if one of them is held by somebody else."""
    ours = (Task.authority_id == patrol.authority_id, Task.patrol_id == patrol.id)
    in_it = or_(Task.lawful_until == ends, Task.state.not_in(FINAL_STATES))
    of_window = select(Task).where(*ours, in_it).order_by(Task.id)
    known = session.scalars(of_window.with_only_columns(Task.id)).all()
    held = session.scalars(
        of_window.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    ).all()
    if len(held) < len(known):
        return None
    return Round(begins, ends, list(held), seen(session, [task.id for task in held]))


def seen(session: Session, ids: Collection[UUID]) -> set[UUID]:
    """At which of these tasks somebody was, whatever became of them afterwards."""
    ours = session.info["authority_id"]
    arrived = select(Assignment.task_id).where(
        Assignment.authority_id == ours, Assignment.task_id.in_(ids), Assignment.arrived_at.is_not(None)
    )
    said = select(OutcomeRow.task_id).where(OutcomeRow.authority_id == ours, OutcomeRow.task_id.in_(ids))
    return set(session.scalars(arrived.union(said)))
