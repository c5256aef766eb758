"""Cases of two sightings: the second look is kept for the officer who made the first, unless they can't come."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Task

KEEPERS = text("""
    SELECT t.id, s.id AS shift_id, count(a.id) AS declined
    FROM tasks t
    JOIN shifts s ON s.authority_id = t.authority_id AND s.officer_id = t.only_for_id
      AND s.started_at IS NOT NULL AND s.ended_at IS NULL AND s.planned_to > t.lawful_from
    LEFT JOIN assignments a ON a.authority_id = t.authority_id AND a.task_id = t.id
      AND a.officer_id = t.only_for_id AND a.end_reason = 'declined'
    WHERE t.authority_id = :authority_id AND t.id = ANY(:tasks)
      AND t.not_before + interval '10 minutes' > :now
    GROUP BY t.id, s.id
    HAVING count(a.id) < 2
""")
"""A second look is its officer's while they are on a shift that goes on until it is lawful, have not declined twice,
and take it within ten minutes of its time: a long break or other work must not make it wait for ever."""


def keepers(session: Session, tasks: Collection[UUID], now: datetime) -> dict[UUID, UUID]:
    """By task, the shift whose officer alone may have it. A task that is not named is open to all."""
    if not tasks:
        return {}
    told = {"authority_id": session.info["authority_id"], "tasks": list(tasks), "now": now}
    return {row.id: row.shift_id for row in session.execute(KEEPERS, told)}


def open_to_all(session: Session, task: Task, now: datetime) -> None:
    """Another officer begins the case anew, with sightings of their own."""
    journal.record(session, "task.opened", task.id, at=now, officer_id=task.only_for_id, bay_id=task.bay_id)
    task.only_for_id, task.not_before = None, None
