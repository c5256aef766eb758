"""What screens ask for. Reads only; every query names its authority."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session, aliased

from .adapters.tables import (
    Alert,
    Assignment,
    Bay,
    BayState,
    BriefingRead,
    Patrol,
    Person,
    RestrictionRow,
    RightsAnswer,
    Shift,
    ShiftZone,
    SightingRow,
    SuspensionRow,
    Task,
    Zone,
    ZoneBay,
)
from .domain.refusals import NotFound
from .domain.safety import missed_at
from .domain.tasks import FINAL_STATES, EndReason, TaskState
from .pipeline import observed
from .pipeline.rules import restrictions_at

Page = tuple[list[Any], UUID | None]


def page(session: Session, query: Select, id_column: Any, cursor: UUID | None, limit: int) -> Page:
    """The newest rows first, from `cursor` on, and the cursor of the next page (None at the end)."""
    if cursor is not None:
        query = query.where(id_column < cursor)
    rows = list(session.execute(query.order_by(id_column.desc()).limit(limit + 1)))
    more = len(rows) > limit
    rows = rows[:limit]
    return rows, (getattr(rows[-1][0], id_column.key) if more else None)


def tasks(
    session: Session,
    *,
    state: str | None = None,
    officer_id: UUID | None = None,
    cursor: UUID | None = None,
    limit: int = 50,
) -> tuple[list[dict[str, Any]], UUID | None]:
    """Tasks as people read them. `state` is one of theirs, or `open`."""
    query = _tasks(session)
    if state == "open":
        query = query.where(Task.state.not_in(FINAL_STATES))
    elif state:
        query = query.where(Task.state == state)
    if officer_id:
        query = query.where(Task.officer_id == officer_id)
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
    lacking = observed.missing(session, [task for task, *_ in rows if task.state in IN_HAND])
    clocks = observed.counted_from(session, [task.stay_id for task, *_ in rows if task.stay_id])
    numbers = observed.notice_numbers(session, [task.id for task, *_ in rows if task.outcome])
    return [
        {
            **{column: getattr(task, column) for column in TASK_COLUMNS},
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


def _patrol(task: Task, patrol: Patrol) -> dict[str, Any]:
    """What an officer has to know of the patrol that a task came of."""
    window = {"window_from": task.overstay_from, "window_until": task.lawful_until}
    return window | {name: getattr(patrol, name) for name in ("id", "name", "instructions", "minutes")}


IN_HAND = (TaskState.ACCEPTED, TaskState.ARRIVED)
TASK_COLUMNS = (
    "id", "version", "state", "why", "code", "suffix", "lawful_from", "lawful_until",
    "sightings_needed", "observation_minutes", "start_rule", "rights", "rights_status", "rights_provider",
    "rights_checked_at", "rights_until", "priority", "priority_reasons", "may_have_left_at", "not_before", "outcome",
    "ended_why", "raised_at", "ended_at", "stay_id", "found",
)  # fmt: skip


def _sightings(session: Session, ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = session.execute(
        select(SightingRow.task_id, func.count())
        .where(SightingRow.authority_id == session.info["authority_id"], SightingRow.task_id.in_(ids))
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


def zones_of_bays(session: Session, bays: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """By bay, the zones that it lies in."""
    zones: dict[UUID, list[UUID]] = defaultdict(list)
    for bay_id, zone_id in session.execute(
        select(ZoneBay.bay_id, ZoneBay.zone_id)
        .where(ZoneBay.authority_id == session.info["authority_id"], ZoneBay.bay_id.in_(bays))
        .order_by(ZoneBay.zone_id)
    ):
        zones[bay_id].append(zone_id)
    return zones


def shifts(session: Session, query: Select) -> list[dict[str, Any]]:
    """Shifts as people read them; `query` is a choice of `shift_query`."""
    rows = session.execute(query.order_by(Shift.planned_from, Shift.id)).all()
    ids = [shift.id for shift, _ in rows]
    zones, briefed = _zones_of_shifts(session, ids), _briefed(session, ids)
    return [
        {
            "id": shift.id,
            "officer": {"id": shift.officer_id, "name": name},
            "state": shift.state,
            "version": shift.version,
            "zones": zones[shift.id],
            "planned_from": shift.planned_from,
            "planned_to": shift.planned_to,
            "started_at": shift.started_at,
            "ended_at": shift.ended_at,
            "state_since": shift.state_since,
            "busy_until": shift.busy_until,
            "check_in_minutes": shift.check_in_minutes,
            "check_in_by": _check_in_by(shift),
            "briefed_at": briefed.get(shift.id),
            "position": {
                "lon": shift.lon,
                "lat": shift.lat,
                "accuracy_m": shift.accuracy_m,
                "at": shift.fix_at,
            }
            if shift.fix_at
            else None,
        }
        for shift, name in rows
    ]


def shift(session: Session, shift_id: UUID) -> dict[str, Any]:
    """One shift, which is there."""
    return shifts(session, shift_query(session).where(Shift.id == shift_id))[0]


def shift_query(session: Session) -> Select:
    """All shifts of the authority with their officer's name, to be narrowed."""
    return (
        select(Shift, Person.name)
        .join(Person, (Person.authority_id == Shift.authority_id) & (Person.id == Shift.officer_id))
        .where(Shift.authority_id == session.info["authority_id"])
    )


def _check_in_by(shift: Shift) -> datetime | None:
    """When a missing sign of life is an alarm; None while none is asked for."""
    if shift.check_in_at is None or shift.alive_at is None or shift.check_in_minutes is None:
        return None
    return missed_at(shift.alive_at, shift.check_in_minutes)


def _briefed(session: Session, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """By shift, when its officer last read the briefing."""
    rows = session.execute(
        select(BriefingRead.shift_id, func.max(BriefingRead.read_at))
        .where(BriefingRead.authority_id == session.info["authority_id"], BriefingRead.shift_id.in_(ids))
        .group_by(BriefingRead.shift_id)
    )
    return dict(rows.all())


def _zones_of_shifts(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    zones: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for shift_id, zone_id, name in session.execute(
        select(ShiftZone.shift_id, Zone.id, Zone.name)
        .join(Zone, (Zone.authority_id == ShiftZone.authority_id) & (Zone.id == ShiftZone.zone_id))
        .where(ShiftZone.authority_id == session.info["authority_id"], ShiftZone.shift_id.in_(ids))
        .order_by(Zone.name)
    ):
        zones[shift_id].append({"id": zone_id, "name": name})
    return zones


UPCOMING = timedelta(hours=24)


def shift_of(session: Session, officer_id: UUID, now: datetime) -> dict[str, Any] | None:
    """The shift that an officer is on, else the next one planned within a day."""
    mine = shift_query(session).where(Shift.officer_id == officer_id, Shift.ended_at.is_(None))
    on = shifts(session, mine.where(Shift.started_at.is_not(None)))
    coming = mine.where(
        Shift.started_at.is_(None), Shift.planned_to > now, Shift.planned_from < now + UPCOMING
    )
    found = on or shifts(session, coming)
    return found[0] if found else None


def bays(
    session: Session,
    now: datetime,
    *,
    ids: Sequence[UUID] | None = None,
    cursor: UUID | None = None,
    limit: int = 50,
) -> tuple[list[dict[str, Any]], UUID | None]:
    """Bays with their state of now, what they allow, and their zones."""
    query = (
        select(Bay, BayState)
        .join(BayState, (BayState.authority_id == Bay.authority_id) & (BayState.bay_id == Bay.id))
        .where(Bay.authority_id == session.info["authority_id"], Bay.retired_at.is_(None))
    )
    if ids is not None:
        query = query.where(Bay.id.in_(ids))
    rows, following = page(session, query, Bay.id, cursor, limit)
    here = [bay.id for bay, _ in rows]
    zones = zones_of_bays(session, here)
    restrictions = restrictions_at(session, dict.fromkeys(here, now))
    suspended_now = suspended(session, here, now)
    return [
        {
            "id": bay.id,
            "reference": bay.reference,
            "street": bay.street,
            "lon": bay.lon,
            "lat": bay.lat,
            "outline": bay.outline,
            "state": "unknown" if state.unknown_at or not state.state else state.state,
            "state_at": state.at,
            "restriction": restrictions.get(bay.id),
            "zones": zones[bay.id],
            "paused_at": bay.paused_at,
            "paused_why": bay.paused_why,
            "suspended": bay.id in suspended_now,
        }
        for bay, state in rows
    ], following


def bay(session: Session, bay_id: UUID, now: datetime) -> dict[str, Any]:
    """One bay. Raises NotFound."""
    found, _ = bays(session, now, ids=[bay_id])
    if not found:
        raise NotFound(f"There is no bay {bay_id}.")
    return found[0]


def suspended(session: Session, ids: Sequence[UUID], now: datetime) -> dict[UUID, datetime]:
    """Those of these bays that are suspended now, and since when."""
    rows = session.execute(
        select(SuspensionRow.bay_id, func.min(SuspensionRow.starts_at))
        .where(
            SuspensionRow.authority_id == session.info["authority_id"],
            SuspensionRow.bay_id.in_(ids),
            SuspensionRow.cancelled_at.is_(None),
            SuspensionRow.starts_at <= now,
            SuspensionRow.ends_at > now,
        )
        .group_by(SuspensionRow.bay_id)
    )
    return dict(rows.all())


def zones(session: Session, *, ids: Sequence[UUID] | None = None) -> list[dict[str, Any]]:
    """The zones in use, and how many bays each has."""
    bays_in = (
        select(func.count())
        .select_from(ZoneBay)
        .join(Bay, (Bay.authority_id == ZoneBay.authority_id) & (Bay.id == ZoneBay.bay_id))
        .where(
            ZoneBay.authority_id == Zone.authority_id,
            ZoneBay.zone_id == Zone.id,
            Bay.retired_at.is_(None),
            Bay.spot.is_(False),
        )
        .scalar_subquery()
    )
    query = select(Zone, bays_in).where(
        Zone.authority_id == session.info["authority_id"], Zone.retired_at.is_(None)
    )
    if ids is not None:
        query = query.where(Zone.id.in_(ids))
    return [
        {
            "id": zone.id,
            "name": zone.name,
            "colour": zone.colour,
            "outline": zone.outline,
            "version": zone.version,
            "bays": count,
        }
        for zone, count in session.execute(query.order_by(Zone.name))
    ]


def restriction_rows(session: Session) -> list[RestrictionRow]:
    """Everything that bays of this authority may allow."""
    return list(
        session.scalars(
            select(RestrictionRow)
            .where(RestrictionRow.authority_id == session.info["authority_id"])
            .order_by(RestrictionRow.name, RestrictionRow.id)
        )
    )


DUE = text("SELECT work, count(*), min(since) FROM openpatrol_due(:now) GROUP BY work")


def due_work(session: Session, now: datetime) -> dict[str, float]:
    """By kind, for how many seconds the oldest piece of due work has waited, in any authority."""
    rows = session.execute(DUE, {"now": now})
    return {work: max((now - since).total_seconds(), 0.0) if since else 0.0 for work, _, since in rows}


LATELY = text("SELECT measure, became, amount FROM openpatrol_lately(:since)")


def lately(session: Session, since: datetime) -> dict[tuple[str, str], float]:
    """By measure and what it became, in all authorities: offers, messages and plans since then, in numbers;
    and `plan_seconds`, the longest that any authority's last plan took; `walks_estimated`, how many had to
    estimate walks in their last one."""
    rows = session.execute(LATELY, {"since": since})
    return {(measure, became): amount or 0.0 for measure, became, amount in rows}


def alerts(
    session: Session, *, state: str = "open", cursor: UUID | None = None, limit: int = 50
) -> tuple[list[dict[str, Any]], UUID | None]:
    """What needs a supervisor, or needed one."""
    put_away = Alert.resolved_at.is_not(None)
    query = _alerts(session).where(put_away if state == "resolved" else ~put_away)
    rows, following = page(session, query, Alert.id, cursor, limit)
    return [_alert(*row) for row in rows], following


def alert(session: Session, alert_id: UUID) -> dict[str, Any]:
    """One alert, which is there."""
    return _alert(*session.execute(_alerts(session).where(Alert.id == alert_id)).one())


def _alerts(session: Session) -> Select:
    seer = aliased(Person)
    return (
        select(Alert, Person.name, seer.name)
        .outerjoin(Person, (Person.authority_id == Alert.authority_id) & (Person.id == Alert.officer_id))
        .outerjoin(seer, (seer.authority_id == Alert.authority_id) & (seer.id == Alert.acknowledged_by))
        .where(Alert.authority_id == session.info["authority_id"])
    )


def _alert(alert: Alert, officer: str | None, seer: str | None) -> dict[str, Any]:
    at = {"lon": alert.lon, "lat": alert.lat, "accuracy_m": alert.accuracy_m, "at": alert.fix_at}
    return {
        **{column: getattr(alert, column) for column in ALERT_COLUMNS},
        "officer": {"id": alert.officer_id, "name": officer} if officer else None,
        "acknowledged_by": {"id": alert.acknowledged_by, "name": seer} if seer else None,
        "position": at if alert.fix_at else None,
    }


ALERT_COLUMNS = (
    "id", "kind", "subject", "subject_id", "tasks", "raised_at", "again_at", "acknowledged_at", "cleared_at",
    "resolved_at",
)  # fmt: skip


PROVIDERS = text("SELECT state, providers FROM openpatrol_rights_providers(:now)")


def rights_providers(session: Session, now: datetime) -> dict[str, int]:
    """How many providers there are in any authority, by the state of their breaker."""
    return dict(session.execute(PROVIDERS, {"now": now}).all())


def rights_answers(session: Session, task_id: UUID) -> list[RightsAnswer]:
    """What was asked of rights about a task and its stay, and answered, in that order. Raises NotFound."""
    stay_id = task(session, task_id)["stay_id"]
    about_it = RightsAnswer.task_id == task_id
    if stay_id:
        about_it |= RightsAnswer.stay_id == stay_id
    ours = RightsAnswer.authority_id == session.info["authority_id"]
    return list(session.scalars(select(RightsAnswer).where(ours, about_it).order_by(RightsAnswer.id)))
