"""Sensors, and the bays that they lie in."""

from sqlalchemy import select

from enforcement import queries
from enforcement.adapters.tables import Bay, Sensor, UnknownSensor
from enforcement.domain.refusals import Invalid
from enforcement.places import known, sensors

from .auth import clock, current, reads_places, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas
from .schemas.base import page_of

blueprint = Blueprint("sensors", __name__, description="Devices, and the bays that they lie in")


@blueprint.get("/sensors")
@reads_places
@blueprint.arguments(schemas.SensorQuery, location="query")
@blueprint.response(200, page_of(schemas.SensorOut))
def list_sensors(query):
    """Sensors in use, the bays they lie in now, and how they are: the newest first; of `silent` ones those that were
    not heard for the longest."""
    items, following = queries.sensors(session, clock(), **query)
    return {"items": items, "next": following}


@blueprint.post("/sensors")
@writes_places
@blueprint.arguments(schemas.SensorIn)
@blueprint.response(201, schemas.SensorOut)
def add_sensor(body):
    """A new device, and the bay that it lies in."""
    now = clock()
    reference, bay = body.pop("bay"), None
    if reference:
        same = select(Bay).where(
            Bay.authority_id == current.authority_id,
            Bay.reference == reference,
            Bay.retired_at.is_(None),
            Bay.spot.is_(False),
        )
        bay = session.scalars(same).first()
        if bay is None:
            words = f"There is no bay {reference!r}."
            raise Invalid.at("/bay", words)
    sensor = sensors.add_sensor(session, body, now, current.actor)
    if bay:
        sensors.map_sensor(session, sensor, bay, now, now, current.actor)
    session.commit()
    return queries.sensor(session, sensor.id, now)


@blueprint.patch("/sensors/<uuid:sensor_id>")
@writes_places
@blueprint.arguments(schemas.SensorChange)
@blueprint.response(200, schemas.SensorOut)
def change_sensor(body, sensor_id):
    """Change what is known of a device, or retire it."""
    sensor = known.get(session, Sensor, sensor_id, "sensor")
    sensors.change_sensor(session, sensor, body, clock(), current.actor)
    session.commit()
    return queries.sensor(session, sensor_id, clock())


@blueprint.post("/sensors/<uuid:sensor_id>/bay")
@writes_places
@blueprint.arguments(schemas.SensorMapping)
@blueprint.response(200, schemas.SensorOut)
def map_sensor(body, sensor_id):
    """From `valid_from` (now, if left out) the sensor lies in this bay, or in none."""
    now = clock()
    sensor = known.get(session, Sensor, sensor_id, "sensor")
    bay = known.get(session, Bay, body["bay_id"], "bay") if body["bay_id"] else None
    sensors.map_sensor(session, sensor, bay, body["valid_from"] or now, now, current.actor)
    session.commit()
    return queries.sensor(session, sensor_id, now)


@blueprint.get("/sensors/unknown")
@reads_places
@blueprint.response(200, schemas.UnknownSensorList)
def list_unknown_sensors():
    """Devices that report but are not on our books, the busiest first."""
    ours = select(UnknownSensor).where(UnknownSensor.authority_id == current.authority_id)
    rows = session.scalars(ours.order_by(UnknownSensor.readings.desc(), UnknownSensor.reference).limit(200))
    return {"items": list(rows)}
