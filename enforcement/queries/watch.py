"""Does all that runs by itself run? Also when nobody is there to raise an alarm."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ..adapters.tables import Device, Person, Sensor, Shift, SignIn, Watch
from ..domain import troubles
from .sensors import silent_at


def watch(session: Session, now: datetime) -> dict[str, Any]:
    """When a worker last looked and whether none works, how many sensors are silent, and which officers on shift no
    message reaches."""
    looked_at = session.scalar(
        select(Watch.looked_at).where(Watch.authority_id == session.info["authority_id"])
    )
    return {
        "looked_at": looked_at,
        "nobody_works": troubles.nobody_works(now - looked_at if looked_at else None),
        "unreached": _unreached(session, now),
        **_sensors(session, now),
    }


def _sensors(session: Session, now: datetime) -> dict[str, int]:
    silent = or_(Sensor.last_heard_at.is_(None), silent_at() <= now)
    counts = select(func.count().label("sensors"), func.count().filter(silent).label("silent_sensors"))
    in_use = (Sensor.authority_id == session.info["authority_id"], Sensor.retired_at.is_(None))
    return dict(session.execute(counts.where(*in_use)).mappings().one())


def _unreached(session: Session, now: datetime) -> list[dict[str, Any]]:
    """Officers on shift without a phone that takes messages: it asks by itself while it is in their hand."""
    reached = (
        select(Device.id)
        .join(SignIn, (SignIn.authority_id == Device.authority_id) & (SignIn.id == Device.sign_in_id))
        .where(
            Device.authority_id == Shift.authority_id,
            Device.person_id == Shift.officer_id,
            Device.state == "active",
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now,
        )
    )
    rows = session.execute(
        select(Person.id, Person.name)
        .join(Shift, (Shift.authority_id == Person.authority_id) & (Shift.officer_id == Person.id))
        .where(
            Shift.authority_id == session.info["authority_id"],
            Shift.started_at.is_not(None),
            Shift.ended_at.is_(None),
            ~reached.exists(),
        )
        .order_by(Person.name, Person.id)
    )
    return [dict(row) for row in rows.mappings()]
