"""Unsafe: a place is frozen, those on the way there are called back, and only a supervisor releases it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Assignment, Bay, Freeze, SensorBay, Shift, ShiftZone, Task, ZoneBay
from ..domain import notices, safety
from ..domain.fences import Fix
from ..domain.outcomes import Effect, Outcome
from ..domain.refusals import Conflict, NotFound
from ..domain.safety import AlertKind, Circle
from ..domain.tasks import EndReason, TaskEvent, TaskState
from . import alerts, messages, tasks
from .rules import policy_of

SETTLED = timedelta(seconds=5)  # by then every transaction that did not see the freeze yet has ended
ON_THE_WAY = (TaskState.OFFERED, TaskState.ACCEPTED)
WHY = "Unsafe there: keep away"


def freeze(session: Session, task: Task, officer_id: UUID, now: datetime) -> Freeze:
    """The officer of this task found the place unsafe. The sweep calls back who is on the way, see `look`."""
    bay = session.get_one(Bay, (task.authority_id, task.bay_id))
    policy = policy_of(session)
    row = Freeze(
        authority_id=task.authority_id,
        id=uuid7(),
        task_id=task.id,
        lon=bay.lon,
        lat=bay.lat,
        radius_m=policy.freeze_radius_m,
        starts_at=now,
        asks_at=now + policy.freeze_period,
        check_at=now,
    )
    session.add(row)
    session.flush()
    journal.record(
        session, "freeze.began", row.id, at=now, officer_id=officer_id, task_id=task.id, bay_id=bay.id,
        radius_m=row.radius_m, asks_at=row.asks_at,
    )  # fmt: skip
    here = Fix(bay.lon, bay.lat, 0.0, now)
    alert = alerts.raise_alert(
        session, AlertKind.UNSAFE, "freeze", row.id, now, officer_id=officer_id, at=here, tasks=[task.id]
    )
    others = [each for each in _nearby(session, bay) if each != officer_id]
    messages.tell(session, others, messages.KEEP_AWAY, notices.keep_away(alert.id, bay.street), now)
    return row


def _nearby(session: Session, bay: Bay) -> list[UUID]:
    """Officers on shift who patrol there, or were last seen within a walk of it."""
    on = (Shift.authority_id == bay.authority_id, Shift.started_at.is_not(None), Shift.ended_at.is_(None))
    here = (ZoneBay.authority_id == bay.authority_id, ZoneBay.bay_id == bay.id)
    patrolling = set(
        session.scalars(
            select(ShiftZone.shift_id)
            .join(
                ZoneBay,
                (ZoneBay.authority_id == ShiftZone.authority_id) & (ZoneBay.zone_id == ShiftZone.zone_id),
            )
            .where(*here)
        )
    )
    near = Circle(bay.lon, bay.lat, safety.NEARBY_M)
    return [
        shift.officer_id
        for shift in session.scalars(select(Shift).where(*on))
        if shift.id in patrolling
        or (shift.lon is not None and shift.lat is not None and near.holds(lon=shift.lon, lat=shift.lat))
    ]


def standing(session: Session) -> list[Circle]:
    """The places to which nobody is sent now."""
    rows = session.scalars(
        select(Freeze).where(
            Freeze.authority_id == session.info["authority_id"], Freeze.released_at.is_(None)
        )
    )
    return [Circle(row.lon, row.lat, row.radius_m) for row in rows]


def is_frozen(session: Session, bay: Bay) -> bool:
    """Is nobody sent to this bay?"""
    return safety.frozen(standing(session), lon=bay.lon, lat=bay.lat)


def look(session: Session, now: datetime) -> int:
    """Look at the frozen places that are due: call back who is on the way, ask the supervisor again; how many."""
    due = session.scalars(
        select(Freeze)
        .where(
            Freeze.authority_id == session.info["authority_id"],
            Freeze.released_at.is_(None),
            Freeze.check_at <= now,
        )
        .order_by(Freeze.id)
        .with_for_update(skip_locked=True)
    ).all()
    if due:
        _call_back(session, [Circle(row.lon, row.lat, row.radius_m) for row in due], now)
    for row in due:
        if row.asks_at <= now:
            _ask(session, row, now)
        settled = row.starts_at + SETTLED
        row.check_at = settled if now < settled else row.asks_at
    return len(due)


def _call_back(session: Session, circles: Sequence[Circle], now: datetime) -> None:
    going = session.execute(
        select(Task.id, Bay)
        .join(Bay, (Bay.authority_id == Task.authority_id) & (Bay.id == Task.bay_id))
        .where(Task.authority_id == session.info["authority_id"], Task.state.in_(ON_THE_WAY))
    )
    inside = [id_ for id_, bay in going if safety.frozen(circles, lon=bay.lon, lat=bay.lat)]
    for task in tasks.lock_all(session, inside).values():
        assignment = tasks.live_assignment(session, task.id)
        if assignment and task.state in ON_THE_WAY:
            _stop(session, task, assignment, now)


def _stop(session: Session, task: Task, assignment: Assignment, now: datetime) -> None:
    tasks.move(session, task, TaskEvent.FREEZE, now, assignment_id=assignment.id)
    tasks.end_assignment(session, assignment, EndReason.FROZEN, now)
    messages.tell_withdrawn(session, assignment, task, WHY, now)
    task.officer_id = None
    tasks.want_plan(session, now)


def _ask(session: Session, row: Freeze, now: datetime) -> None:
    row.asks_at = now + policy_of(session).freeze_period
    alert = alerts.raise_alert(
        session,
        AlertKind.UNSAFE,
        "freeze",
        row.id,
        now,
        at=Fix(row.lon, row.lat, 0.0, now),
        tasks=[row.task_id],
    )
    if alert.raised_at < now:
        alerts.ask_again(session, alert, now)


def find(session: Session, freeze_id: UUID) -> Freeze:
    """The freeze, held. Raises NotFound."""
    row = session.get(
        Freeze, (session.info["authority_id"], freeze_id), with_for_update=True, populate_existing=True
    )
    if row is None:
        raise NotFound(f"There is no freeze {freeze_id}.")
    return row


def release(session: Session, freeze_id: UUID, person_id: UUID, actor: str, now: datetime) -> Freeze:
    """A supervisor says that one may go there again; the task at which it began waits for an officer."""
    row = find(session, freeze_id)
    if row.released_at is None:
        row.released_at, row.released_by = now, person_id
        journal.record(session, "freeze.released", row.id, at=now, actor=actor, task_id=row.task_id)
        task = tasks.lock(session, row.task_id)
        if task.state == TaskState.ESCALATED:
            reopen(session, task, actor, now)
        alerts.clear(session, AlertKind.UNSAFE, row.id, now, resolve=True)
        tasks.want_plan(session, now)
    return row


def extend(session: Session, freeze_id: UUID, minutes: int, actor: str, now: datetime) -> Freeze:
    """A supervisor need not be asked again for so long. Raises Conflict when it is released."""
    row = find(session, freeze_id)
    if row.released_at:
        raise Conflict("This place is released already.")
    row.asks_at = now + timedelta(minutes=minutes)
    row.check_at = max(row.check_at, row.asks_at) if now >= row.starts_at + SETTLED else row.check_at
    journal.record(session, "freeze.extended", row.id, at=now, actor=actor, asks_at=row.asks_at)
    return row


def reopen(session: Session, task: Task, actor: str, now: datetime) -> None:
    """An escalated task waits for an officer again."""
    task.offers, task.tell_at = 0, None
    tasks.move(session, task, TaskEvent.REOPEN, now, actor=actor)
    tasks.want_plan(session, now)


def reopen_by_hand(session: Session, task_id: UUID, person_id: UUID, actor: str, now: datetime) -> Task:
    """A supervisor puts an escalated task back. Where it is the one that was found unsafe, this releases the place.

    Raises Conflict where another freeze stands around it.
    """
    ours = Freeze.authority_id == session.info["authority_id"]
    own = session.scalars(
        select(Freeze.id)
        .where(ours, Freeze.task_id == task_id, Freeze.released_at.is_(None))
        .order_by(Freeze.id)
    ).all()
    for freeze_id in own:
        release(session, freeze_id, person_id, actor, now)
    task = tasks.lock(session, task_id)
    require_safe(session, session.get_one(Bay, (task.authority_id, task.bay_id)))
    if not own or task.state == TaskState.ESCALATED:
        reopen(session, task, actor, now)
    return task


def require_safe(session: Session, bay: Bay) -> None:
    """Raises Conflict where nobody is sent."""
    if is_frozen(session, bay):
        raise Conflict("An officer found it unsafe there: release the place first.")


def follow(
    session: Session, task: Task, bay: Bay, officer_id: UUID, outcome: Outcome, effect: Effect, now: datetime
) -> None:
    """What an outcome means for others: a frozen place, a supervisor who must know, a sensor in doubt."""
    if effect.freezes_area:
        freeze(session, task, officer_id, now)
    elif effect.tells_supervisor:
        here = Fix(bay.lon, bay.lat, 0.0, now)
        kind = AlertKind(outcome.value)
        alerts.raise_alert(session, kind, "task", task.id, now, officer_id=officer_id, at=here)
    if effect.corrects_sensor:
        doubt(session, bay, task, officer_id, now)


def doubt(session: Session, bay: Bay, task: Task, officer_id: UUID, now: datetime) -> None:
    """An officer found the bay empty: counted against its sensor, whose next report is believed again."""
    sensor_id = session.scalar(
        select(SensorBay.sensor_id).where(
            SensorBay.authority_id == bay.authority_id,
            SensorBay.bay_id == bay.id,
            SensorBay.valid_to.is_(None),
        )
    )
    journal.record(
        session, "bay.doubted", bay.id, at=now, officer_id=officer_id, task_id=task.id, sensor_id=sensor_id
    )
