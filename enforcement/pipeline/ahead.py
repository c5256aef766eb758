"""What comes after the work in hand, as far as the plan can tell: no promise, and nothing is reserved.

Kept with the plan, by shift: for an officer who is sent somewhere, what their way leads on to from there; for one who
will soon be free, what the plan would give them then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, Person, Planning, Shift, Task
from ..adapters.travel import StraightLine
from ..domain.dispatch import Id, OfficerNow, Proposal
from ..domain.tasks import TaskState
from . import duty

FORGOTTEN = timedelta(minutes=30)  # by then too much has changed
SECOND_LOOK_SOON = timedelta(minutes=10)

Way = dict[str, Any]  # `task`, `after` (None: whatever is in hand), `walk_seconds`, `walk_metres`, `at`


@dataclass(frozen=True, slots=True)
class Next:
    """A task that an officer most likely goes to next, and the walk to it; None where nobody can tell."""

    task: Task
    bay: Bay
    walk_seconds: float | None
    walk_metres: float | None


# Kept with the plan


def kept(
    session: Session, looked_at: Sequence[OfficerNow], proposals: Sequence[Proposal], now: datetime
) -> dict[str, Way]:
    """By shift, what is ahead: of those whom the plan looked at by this plan, of the others as before."""
    known = session.scalar(
        select(Planning.ahead).where(Planning.authority_id == session.info["authority_id"])
    )
    seen = {str(officer.id) for officer in looked_at}
    before = {shift: way for shift, way in (known or {}).items() if shift not in seen and _fresh(way, now)}
    free = {officer.id for officer in looked_at if officer.free_at <= now}
    return before | dict(_ways(proposals, free, now))


def _ways(proposals: Sequence[Proposal], free: set[Id], now: datetime) -> Iterator[tuple[str, Way]]:
    sent_to = {proposal.task for proposal in proposals}
    for proposal in proposals:
        then, after = (proposal.then, proposal.task) if proposal.officer in free else (proposal, None)
        if then and (after is None or then.task not in sent_to):
            yield (
                str(proposal.officer),
                {
                    "task": str(then.task),
                    "after": str(after) if after else None,
                    "walk_seconds": then.walk_seconds,
                    "walk_metres": then.walk_metres,
                    "at": now.isoformat(),
                },
            )


def _fresh(way: Mapping[str, Any], now: datetime) -> bool:
    return datetime.fromisoformat(way["at"]) > now - FORGOTTEN


# Told to its officer


def next_of(session: Session, officer_id: UUID, now: datetime) -> Next | None:
    """A second look that waits for them and is due soon; else where the plan sees them after the work in hand."""
    shift = duty.current(session, officer_id)
    if shift is None:
        return None
    in_hand = duty.live(session, shift.id)
    doing = in_hand.task_id if in_hand else None
    return (
        _second_look(session, shift, doing, now) or (doing and _planned(session, shift, doing, now)) or None
    )


def _second_look(session: Session, shift: Shift, doing: UUID | None, now: datetime) -> Next | None:
    waits = _waiting().where(
        Task.authority_id == shift.authority_id,
        Task.only_for_id == shift.officer_id,
        Task.not_before <= now + SECOND_LOOK_SOON,
    )
    found = session.execute(waits.order_by(Task.not_before, Task.id).limit(1)).first()
    if found is None:
        return None
    task, bay = found.Task, found.Bay
    here = _place(session, shift, doing)
    if here is None:
        return Next(task, bay, None, None)
    seconds, metres = StraightLine().walk(lon1=here[0], lat1=here[1], lon2=bay.lon, lat2=bay.lat)
    pace = session.get_one(Person, (shift.authority_id, shift.officer_id)).pace
    return Next(task, bay, seconds / pace, metres)


def _place(session: Session, shift: Shift, doing: UUID | None) -> tuple[float, float] | None:
    """Where the officer will be when they can go on: lon, lat."""
    if doing is None:
        return None if shift.lon is None or shift.lat is None else (shift.lon, shift.lat)
    bay_id = session.get_one(Task, (shift.authority_id, doing)).bay_id
    bay = session.get_one(Bay, (shift.authority_id, bay_id))
    return bay.lon, bay.lat


def _planned(session: Session, shift: Shift, doing: UUID, now: datetime) -> Next | None:
    known = session.scalar(select(Planning.ahead).where(Planning.authority_id == shift.authority_id))
    way = (known or {}).get(str(shift.id))
    if way is None or not _fresh(way, now) or way["after"] not in (None, str(doing)):
        return None
    still = _waiting().where(Task.authority_id == shift.authority_id, Task.id == UUID(way["task"]))
    found = session.execute(still).first()
    return Next(found.Task, found.Bay, way["walk_seconds"], way["walk_metres"]) if found else None


def _waiting() -> Any:
    """Tasks that nobody has, and their bays."""
    return (
        select(Task, Bay)
        .join(Bay, (Bay.authority_id == Task.authority_id) & (Bay.id == Task.bay_id))
        .where(Task.state == TaskState.WAITING.value, Task.may_have_left_at.is_(None))
    )
