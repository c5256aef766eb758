"""The clock of what an officer raised: the sensor's where it saw this car come, else the officer's own first look."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import STANDS, SightingRow, StayRow, Task
from ..domain import found
from ..domain.overstays import Overstay
from ..domain.refusals import Invalid
from .rules import Rules, restrictions_at, rules_of, suspensions_of


def clock_of(
    session: Session, task: Task, stay: StayRow | None, rules: Rules, first_seen: datetime
) -> Overstay:
    """By the sensor where it saw this car come, else by what the officer saw first. Raises Invalid."""
    row = restrictions_at(session, {task.bay_id: first_seen}).get(task.bay_id)
    rule = rules.restriction(row) if row else None
    suspensions = suspensions_of(session, [task.bay_id], first_seen).get(task.bay_id, [])
    own = found.clock_of(first_seen, task.code, task.suffix, rule, rules.policy, suspensions)
    suspended = any(each.starts <= first_seen for each in suspensions)
    if not (stay and rule and found.turns_on_time(task.code, rule)) or suspended:
        return own
    if stay.overstay_from is None or stay.lawful_from is None:
        return own
    return replace(
        own,
        overstay_from=stay.overstay_from,
        lawful_from=stay.lawful_from,
        lawful_until=stay.lawful_until,
    )


def take(task: Task, clock: Overstay) -> None:
    """It goes by this clock."""
    task.overstay_from, task.lawful_from = clock.overstay_from, clock.lawful_from
    task.lawful_until = clock.lawful_until


def retime(session: Session, task: Task, clock: Overstay, now: datetime) -> None:
    """Its clock is another one: told where that changes anything."""
    before = (task.overstay_from, task.lawful_from, task.lawful_until)
    waits = task.not_before == task.lawful_from
    take(task, clock)
    if before == (task.overstay_from, task.lawful_from, task.lawful_until):
        return
    task.not_before = task.lawful_from if waits else task.not_before
    journal.record(
        session, "task.retimed", task.id, at=now, officer_id=task.officer_id, bay_id=task.bay_id,
        overstay_from=task.overstay_from, lawful_from=task.lawful_from, code=task.code,
    )  # fmt: skip


def seen(session: Session, task: Task, now: datetime) -> None:
    """Its officer has seen the car. Where no sensor has, the clock begins with their first sighting."""
    if task.stay_id is None:
        own_clock(session, task, now)


def own_clock(session: Session, task: Task, now: datetime) -> None:
    """Set its clock by what its officer saw, and by nothing else."""
    first = select(func.min(func.least(SightingRow.recorded_at, SightingRow.received_at))).where(
        SightingRow.authority_id == task.authority_id, SightingRow.task_id == task.id, STANDS
    )
    first_seen = session.scalar(first) or task.raised_at
    with suppress(Invalid):  # its hours are others by now: the clock that was set stands
        retime(session, task, clock_of(session, task, None, rules_of(session, now), first_seen), now)
