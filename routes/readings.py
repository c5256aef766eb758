"""What sensors send. Answered after the commit, item by item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from flask import request
from prometheus_client import Counter
from psycopg.errors import DeadlockDetected
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from enforcement import people, pipeline
from enforcement.adapters.sensor_networks import batch, chirpstack, decoders, things_stack
from enforcement.adapters.sensor_networks.envelopes import Uplink
from enforcement.adapters.tables import ReadingRow, Sensor, StayRow
from enforcement.domain.readings import Reading, State, sensor_reference
from enforcement.pipeline.rules import policy_of
from enforcement.queries import page

from .auth import clock, current, open_to
from .bodies import Blueprint
from .database import session
from .heard import Heard
from .limits import limits
from .schemas.base import page_of
from .schemas.line import LogQuery, ReadingPage, StayOut, StayQuery, TakenOut
from .together import Together

blueprint = Blueprint("readings", __name__, description="From the kerb: readings and stays")

ATTEMPTS = 3
FEW = 10  # readings in a request; a batch of more has a transaction of its own
FATES = ("taken", "repeated", "late", "unmapped")
READINGS = Counter("openpatrol_readings_total", "Readings, by what became of them", ["fate"])

# Readings are counted, not requests; and the key is looked at where they are kept.
sensors_only = open_to(scope="readings:write", limited=False, remembered=True)
reads = open_to("supervisor", "administrator", scope="places:read")


@dataclass(frozen=True, slots=True)
class Brought:
    """The readings that one request brought, by whose key, and when."""

    key_id: UUID
    readings: Sequence[Reading]
    at: datetime


@blueprint.post("/readings")
@sensors_only
@blueprint.response(200, TakenOut)
def take_batch():
    """Our own batch of up to 1,000 readings, each judged by itself.

    `{"readings": [{"sensor", "state": "occupied|free|over", "at", "since"?, "key"?, "battery_percent"?}]}`
    """
    now = clock()
    parsed = batch.parse(request.get_data(), now)
    limits().readings.take(current.actor, max(1, len(parsed.readings) + len(parsed.refused)))
    fates = _take([reading for _, reading in parsed.readings], now)
    return {**_counts(fates), "refused": parsed.refused}


@blueprint.post("/webhooks/things-stack")
@sensors_only
@blueprint.response(200, TakenOut)
def take_things_stack():
    """The Things Stack v3 webhook: all its messages may come here, uplinks count."""
    now = clock()
    return _take_uplink(things_stack.uplink(request.get_data(), now), now)


@blueprint.post("/webhooks/chirpstack")
@sensors_only
@blueprint.response(200, TakenOut)
def take_chirpstack():
    """ChirpStack v4's HTTP integration, with its `?event=`."""
    now = clock()
    return _take_uplink(chirpstack.uplink(request.get_data(), request.args.get("event", "up"), now), now)


def _take_uplink(uplink: Uplink | None, now: datetime) -> dict:
    limits().readings.take(current.actor)
    if uplink is None:
        return {**_counts([]), "refused": []}
    known = session.execute(
        select(Sensor.model, Sensor.threshold_mm).where(
            Sensor.authority_id == current.authority_id, Sensor.reference == uplink.sensor
        )
    ).first()
    model, threshold_mm = known or (None, None)
    reading = decoders.reading(uplink, model=model, threshold_mm=threshold_mm)
    return {**_counts(_take([reading], now)), "refused": []}


def _take(readings: list[Reading], now: datetime) -> list[str]:
    """What became of each. A few readings share a transaction with those of others that come just then."""
    if not readings:
        return []
    brought = Brought(current.key_id, readings, now)
    if len(readings) > FEW:
        return _take_all([brought])[0]
    session.rollback()  # a transaction must not be held open while others work
    return _together(current.authority_id, brought)


def _take_all(brought: Sequence[Brought], attempts: int = ATTEMPTS) -> list[list[str]]:
    """Networks don't send again: after a deadlock or a new mapping it is ours to do so, and then none may change."""
    readings = [reading for each in brought for reading in each.readings]
    try:
        people.check_keys(session, [each.key_id for each in brought])
        if attempts < ATTEMPTS:
            pipeline.remapping.stand_still(session)
        now, debounce = max(each.at for each in brought), policy_of(session).debounce
        fates = iter(pipeline.readings.take(session, readings, now, debounce))
        heard = _heard.anew({each.key_id for each in brought}, now)
        if heard:
            pipeline.networks.hear(session, heard, now)
        session.commit()
        _heard.note(heard, now)
        return [list(islice(fates, len(each.readings))) for each in brought]
    except Exception as fault:
        session.rollback()
        if attempts == 1 or not _passes(fault):
            raise
    return _take_all(brought, attempts - 1)


def _passes(fault: Exception) -> bool:
    return isinstance(fault, pipeline.stays.Remapped) or isinstance(
        getattr(fault, "orig", None), DeadlockDetected
    )


_heard = Heard(timedelta(seconds=15))  # so precisely we know when a network was heard
_together = Together(_take_all, nobodys=(OperationalError, InterfaceError, PoolTimeout))


def _counts(fates: list[str]) -> dict[str, int]:
    counted = {fate: fates.count(fate) for fate in FATES}
    for fate, number in counted.items():
        READINGS.labels(fate).inc(number)
    return counted


@blueprint.get("/readings")
@reads
@blueprint.arguments(LogQuery, location="query")
@blueprint.response(200, ReadingPage)
def list_readings(query):
    """Readings as received, the newest first; of one bay or one sensor, if you like."""
    rows = select(ReadingRow).where(ReadingRow.authority_id == current.authority_id)
    if query["bay"]:
        rows = rows.where(ReadingRow.bay_id == query["bay"])
    if query["sensor"]:
        rows = rows.where(ReadingRow.sensor == sensor_reference(query["sensor"]))
    if query["late"]:
        rows = rows.where(
            ReadingRow.bay_id.is_not(None), ~ReadingRow.folded, ReadingRow.state != State.DEVICE.value
        )
    found, following = page(session, rows, ReadingRow.id, query["cursor"], query["limit"])
    return {"items": [row for (row,) in found], "next": following}


@blueprint.get("/stays")
@reads
@blueprint.arguments(StayQuery, location="query")
@blueprint.response(200, page_of(StayOut))
def list_stays(query):
    """Stays, the newest first; of one bay, or those open now, if you like."""
    rows = select(StayRow).where(StayRow.authority_id == current.authority_id)
    if query["bay"]:
        rows = rows.where(StayRow.bay_id == query["bay"])
    if query["open"]:
        rows = rows.where(StayRow.departed_at.is_(None), StayRow.superseded_at.is_(None))
    found, following = page(session, rows, StayRow.id, query["cursor"], query["limit"])
    return {"items": [row for (row,) in found], "next": following}
