"""Sensors, and the bays that they lie in."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, Sensor, SensorBay, UnknownSensor
from ..domain.readings import sensor_reference
from ..domain.refusals import Conflict
from ..pipeline import remapping
from ..pipeline.rules import policy_of
from .restrictions import BEGINNING

DAY_MINUTES = 24 * 60


def add_sensor(session: Session, given: dict[str, Any], now: datetime, actor: str | None = None) -> Sensor:
    """A new device, known from now on. Raises Conflict for a reference that is taken."""
    reference = sensor_reference(given["reference"])
    ours = session.info["authority_id"]
    if session.scalars(
        select(Sensor.id).where(Sensor.authority_id == ours, Sensor.reference == reference)
    ).first():
        raise Conflict(f"There is a sensor {reference!r} already.")
    sensor = Sensor(
        authority_id=ours,
        id=uuid7(),
        reference=reference,
        model=given.get("model"),
        threshold_mm=given.get("threshold_mm"),
        heartbeat_minutes=given.get("heartbeat_minutes") or DAY_MINUTES,
        health={},
    )
    session.add(sensor)
    session.flush()
    journal.record(session, "sensor.created", sensor.id, at=now, actor=actor, reference=reference)
    return sensor


def map_sensor(
    session: Session,
    sensor: Sensor,
    bay: Bay | None,
    since: datetime,
    now: datetime,
    actor: str | None = None,
) -> None:
    """From `since` on the sensor lies in this bay (or in none); what it reported before stays where it was.

    A time in the past corrects the books: the readings since then, up to a day back, move to the right bay,
    and the bays they leave and reach are folded again. The first mapping of all reaches back to the
    beginning, so that what the sensor said while it was unknown finds its bay.
    """
    ours = (SensorBay.authority_id == sensor.authority_id, SensorBay.sensor_id == sensor.id)
    ending = (SensorBay.valid_to.is_(None)) | (SensorBay.valid_to > since)
    first = session.scalars(select(SensorBay.id).where(*ours).limit(1)).first() is None
    before = remapping.hold(session, sensor, bay.id if bay else None, since, now)
    session.execute(delete(SensorBay).where(*ours, SensorBay.valid_from >= since))
    session.execute(update(SensorBay).where(*ours, ending).values(valid_to=since))
    if bay:
        session.add(
            SensorBay(
                authority_id=sensor.authority_id,
                id=uuid7(),
                sensor_id=sensor.id,
                bay_id=bay.id,
                valid_from=BEGINNING if first else since,
            )
        )
    _forget_unknown(session, sensor)
    remapping.move_readings(session, sensor, before, now, policy_of(session).debounce)
    bay_id = bay.id if bay else None
    journal.record(session, "sensor.mapped", sensor.id, at=now, actor=actor, bay_id=bay_id, since=since)


def _forget_unknown(session: Session, sensor: Sensor) -> None:
    session.execute(
        delete(UnknownSensor).where(
            UnknownSensor.authority_id == sensor.authority_id, UnknownSensor.reference == sensor.reference
        )
    )


def change_sensor(
    session: Session, sensor: Sensor, changes: dict[str, Any], now: datetime, actor: str | None = None
) -> Sensor:
    """Model, threshold, heartbeat; or take it out of use (`retired`)."""
    if changes.pop("retired", False):
        map_sensor(session, sensor, None, now, now, actor)
        sensor.retired_at = now
    for name, value in changes.items():
        setattr(sensor, name, value)
    session.flush()
    journal.record(session, "sensor.changed", sensor.id, at=now, actor=actor, **changes)
    return sensor
