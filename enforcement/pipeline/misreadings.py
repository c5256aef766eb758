"""An officer misread a plate or a valve: the look stays on record, and counts for nothing from then on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Misreading, SightingRow, Task
from ..domain.tasks import TaskEvent
from . import kerb_clock, late, tasks
from .hand import visit
from .looks import own_sighting


def misread(
    session: Session,
    task_id: UUID,
    sighting_id: UUID,
    officer_id: UUID,
    said: Mapping[str, Any],
    now: datetime,
) -> Task:
    """The officer marks their own sighting of a task in their hand as misread: `id`, `recorded_at`; once is enough.

    Nothing is edited: what the case needs is asked for anew, without it. Raises NotFound, Forbidden, StaleTask.
    """
    here = visit(session, task_id, officer_id, said["recorded_at"])
    sighting = own_sighting(session, task_id, sighting_id, officer_id)
    if _known(session, sighting):
        return here.task
    session.add(
        Misreading(
            authority_id=sighting.authority_id,
            id=said["id"],
            sighting_id=sighting.id,
            officer_id=officer_id,
            recorded_at=said["recorded_at"],
            received_at=now,
        )
    )
    session.flush()
    told = {"sighting_id": sighting.id, **late.since(here.done_at, now)}
    tasks.move(session, here.task, TaskEvent.MISREAD, now, officer_id=officer_id, **told)
    if here.task.found:
        kerb_clock.seen(session, here.task, now)
    return here.task


def _known(session: Session, sighting: SightingRow) -> bool:
    of_it = select(Misreading.id).where(
        Misreading.authority_id == sighting.authority_id, Misreading.sighting_id == sighting.id
    )
    return session.scalars(of_it).first() is not None
