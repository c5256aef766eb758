"""What officers have seen so far, held against what the policy asks for before a notice."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import STANDS, OutcomeRow, SightingRow, StayRow, Task
from ..domain.policy import EnforcementPolicy, Observation, StartRule
from ..domain.sightings import Case, Sighting, counts, missing_for_notice


def ask(task: Task, policy: EnforcementPolicy) -> None:
    """From now on the task asks for what this policy asks for its code."""
    asked = policy.observation(task.code, task.suffix)
    task.sightings_needed = asked.sightings
    task.observation_minutes = asked.minutes
    task.start_rule = asked.start_rule.value


def missing(session: Session, tasks: Collection[Task]) -> dict[UUID, list[str]]:
    """By task, the evidence that its officer still lacks for a notice, in words."""
    seen = _seen(session, [task.id for task in tasks])
    clocks = counted_from(session, [task.stay_id for task in tasks if task.stay_id])
    return {
        task.id: missing_for_notice(
            seen[task.id],
            task.officer_id or task.only_for_id,
            Case(_asked(task), task.lawful_from, clocks.get(task.stay_id) if task.stay_id else None),
        )
        for task in tasks
    }


def watched_from(session: Session, task: Task) -> datetime | None:
    """Since when its officer has watched the car, by the looks that the start rule lets count."""
    case = Case(_asked(task), task.lawful_from)
    own = [each for each in _seen(session, [task.id])[task.id] if each.officer == task.officer_id]
    return min((each.at for each in own if counts(each, case)), default=None)


def _asked(task: Task) -> Observation:
    return Observation(task.observation_minutes, task.sightings_needed, StartRule(task.start_rule))


def _seen(session: Session, tasks: Collection[UUID]) -> dict[UUID, list[Sighting]]:
    rows = session.scalars(
        select(SightingRow).where(
            SightingRow.authority_id == session.info["authority_id"], SightingRow.task_id.in_(tasks), STANDS
        )
    )
    seen: dict[UUID, list[Sighting]] = defaultdict(list)
    for row in rows:
        seen[row.task_id].append(_sighting(row))
    return seen


def _sighting(row: SightingRow) -> Sighting:
    return Sighting(
        at=min(row.recorded_at, row.received_at),  # a phone's clock may run ahead, the law's does not
        officer=row.officer_id,
        plate=row.plate,
        valve_positions=(row.valve_front, row.valve_rear) if row.valve_front and row.valve_rear else None,
    )


def counted_from(session: Session, stays: Collection[UUID]) -> dict[UUID, datetime]:
    """By stay, when its clock began."""
    rows = session.execute(
        select(StayRow.id, StayRow.counted_from).where(
            StayRow.authority_id == session.info["authority_id"], StayRow.id.in_(stays)
        )
    )
    return {stay.id: stay.counted_from for stay in rows}


def notice_numbers(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """By task, what its officer's handheld printed on the notice, where they said it."""
    number = OutcomeRow.details["notice_number"].astext
    rows = session.execute(
        select(OutcomeRow.task_id, number).where(
            OutcomeRow.authority_id == session.info["authority_id"],
            OutcomeRow.task_id.in_(ids),
            number.is_not(None),
        )
    )
    return dict(rows.all())
