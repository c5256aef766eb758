"""What a wall screen shows: numbers and streets. Nobody's name, no plate, nobody's place."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from ..adapters.tables import Alert, Authority, Bay, Freeze, Task
from ..domain.tasks import FINAL_STATES, NOBODY_GOES, SOMEBODY_GOES, TaskState

MOST_STREETS = 5
ATTENDED = (TaskState.ARRIVED, TaskState.CLOSED)


def board(session: Session, now: datetime) -> dict[str, Any]:
    """Today in six figures, the streets where most cars were over their time, and what needs a supervisor.

    Today begins at the authority's own midnight.
    """
    authority = session.get_one(Authority, session.info["authority_id"])
    midnight = _midnight(now, ZoneInfo(authority.time_zone))
    return {
        "authority": authority,
        "at": now,
        "figures": _now(session, now) | _today(session, midnight),
        "hot_spots": _hot_spots(session, midnight, now),
        "alarms": _alarms(session),
        "freezes": _freezes(session),
    }


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _now(session: Session, now: datetime) -> dict[str, int]:
    figures = {
        "lawful_now": _lawful(now),
        "over": and_(_a_car_stands_there(now), Task.lawful_from > now),
        "waiting": Task.state.in_(NOBODY_GOES),
        "in_hand": Task.state.in_(SOMEBODY_GOES),
    }
    counts = [func.count().filter(which).label(name) for name, which in figures.items()]
    is_open = (Task.authority_id == session.info["authority_id"], Task.state.not_in(FINAL_STATES))
    return dict(session.execute(select(*counts).where(*is_open)).mappings().one())


def _a_car_stands_there(now: datetime) -> ColumnElement[bool]:
    return and_(Task.patrol_id.is_(None), Task.may_have_left_at.is_(None), Task.overstay_from <= now)


def _lawful(now: datetime) -> ColumnElement[bool]:
    in_hours = or_(Task.lawful_until.is_(None), Task.lawful_until > now)
    return and_(_a_car_stands_there(now), Task.lawful_from <= now, in_hours)


def _of_today(session: Session, midnight: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Task.authority_id == session.info["authority_id"],
        Task.raised_at >= midnight,
        Task.patrol_id.is_(None),
    )


def _today(session: Session, midnight: datetime) -> dict[str, int]:
    query = select(
        func.count().label("overstays_today"),
        func.count().filter(Task.state.in_(ATTENDED)).label("attended_today"),
    )
    return dict(session.execute(query.where(*_of_today(session, midnight))).mappings().one())


def _hot_spots(session: Session, midnight: datetime, now: datetime) -> list[dict[str, Any]]:
    """Streets by overstays of today, the most first, and where in them those cars stood."""
    overstays = func.count().label("overstays")
    lawful = func.count().filter(Task.state.not_in(FINAL_STATES), _lawful(now)).label("lawful_now")
    rows = session.execute(
        select(Bay.street, overstays, lawful, func.avg(Bay.lon).label("lon"), func.avg(Bay.lat).label("lat"))
        .join(Bay, (Bay.authority_id == Task.authority_id) & (Bay.id == Task.bay_id))
        .where(*_of_today(session, midnight))
        .group_by(Bay.street)
        .order_by(overstays.desc(), Bay.street)
        .limit(MOST_STREETS)
    )
    return [dict(row) for row in rows.mappings()]


def _alarms(session: Session) -> list[dict[str, Any]]:
    """By kind, how many wait for a supervisor, how many of them were seen, and since when the oldest waits."""
    rows = session.execute(
        select(
            Alert.kind,
            func.count().label("number"),
            func.count(Alert.acknowledged_at).label("seen"),
            func.min(Alert.raised_at).label("since"),
        )
        .where(Alert.authority_id == session.info["authority_id"], Alert.resolved_at.is_(None))
        .group_by(Alert.kind)
        .order_by(func.min(Alert.raised_at))
    )
    return [dict(row) for row in rows.mappings()]


def _freezes(session: Session) -> list[dict[str, float]]:
    rows = session.execute(
        select(Freeze.lon, Freeze.lat, Freeze.radius_m)
        .where(Freeze.authority_id == session.info["authority_id"], Freeze.released_at.is_(None))
        .order_by(Freeze.id)
    )
    return [dict(row) for row in rows.mappings()]
