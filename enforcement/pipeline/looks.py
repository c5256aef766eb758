"""At the car: what the officer sees, when they begin a notice or come back, what they add. Nothing is ever edited."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Addendum, Photo, SightingRow, Task
from ..domain.refusals import Conflict, Forbidden, Invalid, NotFound
from ..domain.sightings import normal_plate
from ..domain.tasks import ShiftState, TaskEvent
from . import found, kerb_clock, late, rights, tasks
from .hand import Visit, at_the_car, visit
from .visits import busy, is_there, seen_by, until_lawful


def see(session: Session, task_id: UUID, officer_id: UUID, seen: Mapping[str, Any], now: datetime) -> Task:
    """Record a sighting: `id`, `recorded_at`, plate, valve positions, photos, note, place."""
    here = at_the_car(session, task_id, officer_id, seen["recorded_at"], now)
    plate = normal_plate(seen["plate"]) if seen.get("plate") else None
    front, rear = seen.get("valve_front"), seen.get("valve_rear")
    if not (plate or front or rear or seen.get("note") or seen.get("photos")):
        words = "Record the plate, the valve positions, a photo or a note: an empty look proves nothing."
        raise Invalid.at("/plate", words)
    if (front is None) != (rear is None):
        raise Invalid("Give both valve positions, or neither.")
    is_there(session, here, now)
    session.add(
        SightingRow(
            authority_id=here.task.authority_id,
            id=seen["id"],
            task_id=here.task.id,
            officer_id=officer_id,
            recorded_at=seen["recorded_at"],
            received_at=now,
            plate=plate,
            valve_front=front,
            valve_rear=rear,
            note=seen.get("note"),
            lon=seen.get("lon"),
            lat=seen.get("lat"),
            accuracy_m=seen.get("accuracy_m"),
        )
    )
    told = {"sighting_id": seen["id"], **late.since(here.done_at, now)}
    tasks.move(session, here.task, TaskEvent.SIGHT, now, officer_id=officer_id, **told)
    if here.task.found:
        kerb_clock.seen(session, here.task, now)
    _keep_photos(session, here.task.authority_id, seen["id"], seen.get("photos") or ())
    rights.want_plate(session, here.task, seen["id"], plate)
    return here.task


def _keep_photos(
    session: Session, authority_id: UUID, sighting_id: UUID, photos: Sequence[Mapping[str, Any]]
) -> None:
    """By their hashes; the same photo counts once."""
    for photo in {photo["sha256"]: photo for photo in photos}.values():
        session.add(Photo(authority_id=authority_id, sighting_id=sighting_id, **photo))


def prepare(session: Session, task_id: UUID, officer_id: UUID, recorded_at: datetime, now: datetime) -> Task:
    """The officer begins to prepare a notice; the first time counts, by when it was done."""
    here = at_the_car(session, task_id, officer_id, recorded_at, now)
    is_there(session, here, now)
    if here.assignment.preparation_began_at is None:
        here.assignment.preparation_began_at = min(recorded_at, now)
    if here.shift.state in (ShiftState.AVAILABLE, ShiftState.OBSERVING):
        busy(session, here, ShiftState.SERVING, now)
    began = here.assignment.preparation_began_at
    tasks.move(session, here.task, TaskEvent.PREPARE, now, officer_id=officer_id, began_at=began)
    return here.task


def come_back(
    session: Session, task_id: UUID, officer_id: UUID, version: int, recorded_at: datetime, now: datetime
) -> Task:
    """The officer leaves the car until a notice could be lawful; the task waits for them, and they are free.

    They say so themselves: who stays beside the car for the last minutes keeps the task in hand. Judged by when it
    was done; where the work is over since, nothing is put off. Raises Conflict if there is nothing to wait for, or
    nothing seen yet to come back to.
    """
    here = visit(session, task_id, officer_id, recorded_at, version=version)
    if here.task.sightings_needed < 2 and not here.task.found:
        raise Conflict("One sighting is enough here: make it when a notice could be lawful.")
    if not seen_by(session, here.task, officer_id):
        raise Conflict("Record your first sighting before you leave the car.")
    if here.task.found:
        return _come_back_to_found(session, here, recorded_at, now)
    if recorded_at >= here.task.lawful_from:
        raise Conflict("A notice could be lawful by now: make your second sighting.")
    if not here.over:
        until_lawful(session, here, now, **late.since(recorded_at, now))
    return here.task


def _come_back_to_found(session: Session, here: Visit, recorded_at: datetime, now: datetime) -> Task:
    due = found.look_due(session, here.task)
    if recorded_at >= due:
        raise Conflict("There is nothing left to wait for: make your next sighting.")
    if not here.over:
        found.put_off(session, here.task, here.shift, due, recorded_at, now, **late.since(recorded_at, now))
    return here.task


def add(
    session: Session,
    task_id: UUID,
    sighting_id: UUID,
    officer_id: UUID,
    said: Mapping[str, Any],
    now: datetime,
) -> Task:
    """The officer adds to their own sighting (`id`, `text`, `recorded_at`), even when the case is closed."""
    sighting = own_sighting(session, task_id, sighting_id, officer_id)
    session.add(
        Addendum(
            authority_id=sighting.authority_id,
            id=said["id"],
            sighting_id=sighting_id,
            officer_id=officer_id,
            text=said["text"],
            recorded_at=said["recorded_at"],
            received_at=now,
        )
    )
    session.flush()
    journal.record(
        session, "task.addendum", task_id, at=now, officer_id=officer_id,
        sighting_id=sighting_id, addendum_id=said["id"],
    )  # fmt: skip
    return session.get_one(Task, (sighting.authority_id, task_id))


def own_sighting(session: Session, task_id: UUID, sighting_id: UUID, officer_id: UUID) -> SightingRow:
    """A sighting of this task that this officer made. Raises NotFound, Forbidden."""
    sighting = session.get(SightingRow, (session.info["authority_id"], sighting_id))
    if sighting is None or sighting.task_id != task_id:
        raise NotFound(f"There is no sighting {sighting_id} of task {task_id}.")
    if sighting.officer_id != officer_id:
        raise Forbidden("Only the officer who made a sighting adds to it, or marks it as misread.")
    return sighting
