"""What officers saw at a task, with photos and what was added, as screens ask for it. Reads only."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from .adapters.tables import Addendum, KeptRecord, Misreading, Person, Photo, PhotoFile, SightingRow

SIGHTING = (
    "id", "recorded_at", "received_at", "plate", "valve_front", "valve_rear", "note", "lon", "lat", "accuracy_m",
)  # fmt: skip
PHOTO = ("sha256", "taken_at", "chosen", "lon", "lat", "accuracy_m")
ADDENDUM = ("id", "text", "recorded_at")

Told = dict[str, Any]


def sightings(session: Session, task_id: UUID, officer_id: UUID | None = None) -> list[Told]:
    """The sightings of a task in the order in which they were made; those of one officer, if one is named."""
    theirs = select(SightingRow, Person.name).where(
        SightingRow.authority_id == session.info["authority_id"], SightingRow.task_id == task_id
    )
    if officer_id:
        theirs = theirs.where(SightingRow.officer_id == officer_id)
    of_officer = (Person.authority_id == SightingRow.authority_id) & (Person.id == SightingRow.officer_id)
    rows = session.execute(
        theirs.join(Person, of_officer).order_by(SightingRow.recorded_at, SightingRow.id)
    ).all()
    ids = [row.id for row, _ in rows]
    photos, addenda, misread = photos_of(session, ids), addenda_of(session, ids), misread_of(session, ids)
    return [
        _told(row, SIGHTING)
        | {
            "officer": {"id": row.officer_id, "name": name},
            "misread_at": misread.get(row.id),
            "photos": photos[row.id],
            "addenda": addenda[row.id],
        }
        for row, name in rows
    ]


def photos_of(session: Session, sightings: Sequence[UUID]) -> dict[UUID, list[Told]]:
    """By sighting, its photos as they were taken; `size` and `received_at` are None while one is not complete."""
    came = (
        (PhotoFile.authority_id == Photo.authority_id)
        & (PhotoFile.sighting_id == Photo.sighting_id)
        & (PhotoFile.sha256 == Photo.sha256)
    )
    photos: dict[UUID, list[Told]] = {each: [] for each in sightings}
    for photo, size, received_at in session.execute(
        select(Photo, PhotoFile.size, PhotoFile.received_at)
        .outerjoin(PhotoFile, came)
        .where(Photo.authority_id == session.info["authority_id"], Photo.sighting_id.in_(sightings))
        .order_by(Photo.taken_at, Photo.sha256)
    ):
        told = _told(photo, PHOTO) | {"size": size, "received_at": received_at}
        photos[photo.sighting_id].append(told)
    return photos


def photos_apart(session: Session, kept: Sequence[KeptRecord]) -> dict[UUID, list[Told]]:
    """The same of records that were kept apart, by their phone's ids."""
    came = {
        (row.sighting_id, row.sha256): {"size": row.size, "received_at": row.received_at}
        for row in session.scalars(
            select(PhotoFile).where(
                PhotoFile.authority_id == session.info["authority_id"],
                PhotoFile.sighting_id.in_({record.record_id for record in kept}),
            )
        )
    }
    not_yet = {"size": None, "received_at": None}
    return {
        record.record_id: [
            {name: said.get(name) for name in PHOTO}
            | {"taken_at": _time(said["taken_at"]), "chosen": said.get("chosen", False)}
            | came.get((record.record_id, said["sha256"]), not_yet)
            for said in record.said.get("photos") or ()
        ]
        for record in kept
    }


def misread_of(session: Session, sightings: Sequence[UUID]) -> dict[UUID, datetime]:
    """By sighting, when its officer marked it as misread; those that stand are not in it."""
    rows = session.scalars(
        select(Misreading).where(
            Misreading.authority_id == session.info["authority_id"], Misreading.sighting_id.in_(sightings)
        )
    )
    return {row.sighting_id: row.recorded_at for row in rows}


def addenda_of(session: Session, sightings: Sequence[UUID]) -> dict[UUID, list[Told]]:
    """By sighting, what its officer added."""
    addenda: dict[UUID, list[Told]] = {each: [] for each in sightings}
    for row in session.scalars(
        select(Addendum)
        .where(Addendum.authority_id == session.info["authority_id"], Addendum.sighting_id.in_(sightings))
        .order_by(Addendum.recorded_at, Addendum.id)
    ):
        addenda[row.sighting_id].append(_told(row, ADDENDUM))
    return addenda


def _time(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _told(row: Any, names: Iterable[str]) -> Told:
    return {name: getattr(row, name) for name in names}
