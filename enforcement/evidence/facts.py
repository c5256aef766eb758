"""What is known of a case, gathered as it stands: every list in the order in which things happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from ..adapters.tables import (
    Addendum,
    Assignment,
    Authority,
    Bay,
    BayState,
    JournalRow,
    KeptRecord,
    Notification,
    OutcomeRow,
    Patrol,
    ReadingRow,
    SightingRow,
    StayRow,
    SuspensionRow,
    Task,
)
from ..domain import fences
from ..domain.codes import contravention
from ..domain.outcomes import RULES, Outcome
from ..domain.refusals import NotFound
from ..pipeline import observed
from ..pipeline.rules import restrictions_at, rules_of
from ..queries import rights_answers
from ..sightings import misread_of, photos_apart, photos_of
from .pauses import pauses

BEFORE = timedelta(hours=1)  # readings from so long before the car came, to show what was there before it
MOST_READINGS = 1000

TASK = (
    "id", "state", "why", "code", "suffix", "overstay_from", "lawful_from", "lawful_until", "sightings_needed",
    "observation_minutes", "start_rule", "rights", "rights_status", "rights_provider", "rights_checked_at",
    "rights_until", "raised_at", "found", "far_m", "may_have_left_at", "outcome", "ended_at", "ended_why",
)  # fmt: skip
STAY = (
    "id", "arrived_at", "arrived_after", "counted_from", "claimed_since", "departed_at", "possible_swap",
    "superseded_at", "covered_by",
)  # fmt: skip
PATROL = ("id", "name", "instructions", "hours", "terms", "minutes")
RESTRICTION = ("bay_class", "hours", "permitted_minutes", "code", "suffix", "reason", "carried")
READING = ("event_at", "received_at", "sensor", "source", "state", "since", "folded", "health")
SIGHTING = (
    "id", "recorded_at", "received_at", "plate", "valve_front", "valve_rear", "note", "lon", "lat", "accuracy_m",
)  # fmt: skip
ASSIGNMENT = (
    "id", "state", "offered_at", "accepted_at", "arrived_at", "preparation_began_at", "ended_at", "end_reason",
)  # fmt: skip
ANSWER = (
    "checked_at", "about", "provider", "status", "right_type", "valid_from", "valid_to", "reason", "plate",
)  # fmt: skip
KEPT = ("record_id", "kind", "recorded_at", "received_at", "why", "said")
SUSPENSION = ("id", "starts_at", "ends_at", "why", "notice", "sign_up_at", "cancelled_at")
MESSAGE = ("kind", "state", "queued_at", "sent_at", "received_at", "attempts", "status", "detail")

Facts = dict[str, Any]


def gathered(session: Session, task_id: UUID, actor: str, now: datetime) -> Facts:
    """The facts of a case. Times are aware UTC, ids are UUIDs. Raises NotFound."""
    ours = session.info["authority_id"]
    task = session.get(Task, (ours, task_id))
    if task is None:
        raise NotFound(f"There is no task {task_id}.")
    authority, bay = session.get_one(Authority, ours), session.get_one(Bay, (ours, task.bay_id))
    stay = session.get(StayRow, (ours, task.stay_id)) if task.stay_id else None
    patrol = session.get(Patrol, (ours, task.patrol_id)) if task.patrol_id else None
    first = min(task.overstay_from, task.raised_at)
    since = (stay.arrived_after or stay.arrived_at) if stay else first
    until = (stay.departed_at if stay else None) or task.ended_at or now
    seen = _sightings(session, task, bay)
    return {
        "made": {"at": now, "by": actor},
        "authority": {"name": authority.name, "time_zone": authority.time_zone},
        "task": _told(task, TASK) | {"gist": contravention(task.code).gist},
        "bay": _told(bay, ("reference", "street", "spot", "lon", "lat", "paused_at", "paused_why")),
        "sensor": _sensor(session, bay),
        "restriction": _restriction(session, bay, stay.counted_from if stay else first, now),
        "pauses": pauses(session, bay.id, since, until),
        "suspensions": _suspensions(session, bay, since, until),
        "grace_minutes": int((task.lawful_from - task.overstay_from) // timedelta(minutes=1)),
        "stay": _told(stay, STAY) if stay else None,
        "patrol": _told(patrol, PATROL) if patrol else None,
        "readings": _readings(session, bay, since - BEFORE, until + BEFORE),
        "sightings": seen,
        "rights_answers": [_told(row, ANSWER) for row in rights_answers(session, task_id)],
        "missing_for_notice": observed.missing(session, [task])[task.id],
        "outcomes": _outcomes(session, task),
        "assignments": _of_task(session, Assignment, task, Assignment.offered_at, ASSIGNMENT),
        "kept": _kept(session, task, bay),
        "messages": _of_task(session, Notification, task, Notification.queued_at, MESSAGE, officer=False),
        "journal": _journal(session, [task.id, *([stay.id] if stay else []), *[each["id"] for each in seen]]),
    }


def officer_number(officer_id: UUID | None) -> str | None:
    """How the pack names an officer: the end of their id, as a shoulder number stands for a person."""
    return officer_id.hex[-6:].upper() if officer_id else None


def _told(row: Any, names: Iterable[str]) -> Facts:
    return {name: getattr(row, name) for name in names}


def _sensor(session: Session, bay: Bay) -> Facts:
    state = session.get(BayState, (bay.authority_id, bay.id))
    return _told(state, ("silent_at", "unknown_at")) if state else {"silent_at": None, "unknown_at": None}


def _restriction(session: Session, bay: Bay, at: datetime, now: datetime) -> Facts | None:
    row = restrictions_at(session, {bay.id: at}).get(bay.id)
    if row is None:
        return None
    hours = rules_of(session, now).restriction(row).hours
    spans = hours.intervals(at - timedelta(days=1), at + timedelta(days=1))
    return _told(row, RESTRICTION) | {"controlled": [list(span) for span in spans]}


def _suspensions(session: Session, bay: Bay, since: datetime, until: datetime) -> list[Facts]:
    rows = session.scalars(
        select(SuspensionRow)
        .where(
            SuspensionRow.authority_id == bay.authority_id,
            SuspensionRow.bay_id == bay.id,
            SuspensionRow.starts_at < until,
            SuspensionRow.ends_at > since,
        )
        .order_by(SuspensionRow.starts_at)
    )
    return [_told(row, SUSPENSION) | {"sign": _sign(session, row)} for row in rows]


def _sign(session: Session, suspension: SuspensionRow) -> Facts | None:
    """The photo of its sign, and when it was given to us; None if there is none."""
    if suspension.sign_photo is None:
        return None
    given = _journal(session, [suspension.id], "suspension.photo")
    return {"sha256": suspension.sign_photo, "given_at": given[-1]["at"] if given else None}


def _readings(session: Session, bay: Bay, since: datetime, until: datetime) -> list[Facts]:
    rows = session.scalars(
        select(ReadingRow)
        .where(
            ReadingRow.authority_id == bay.authority_id,
            ReadingRow.bay_id == bay.id,
            ReadingRow.event_at.between(since, until),
        )
        .order_by(ReadingRow.event_at, ReadingRow.received_at, ReadingRow.key)
        .limit(MOST_READINGS)
    )
    return [_told(row, READING) for row in rows]


def _sightings(session: Session, task: Task, bay: Bay) -> list[Facts]:
    rows = session.scalars(
        select(SightingRow)
        .where(SightingRow.authority_id == task.authority_id, SightingRow.task_id == task.id)
        .order_by(SightingRow.recorded_at, SightingRow.id)
    ).all()
    ids = [row.id for row in rows]
    photos, misread = photos_of(session, ids), misread_of(session, ids)
    addenda = _beside(session, Addendum, ids, Addendum.recorded_at)
    return [
        _told(row, SIGHTING)
        | {
            "officer": officer_number(row.officer_id),
            "misread_at": misread.get(row.id),
            "metres_from_bay": _metres(_told(row, ("lon", "lat")), bay),
            "photos": _placed(photos[row.id], bay),
            "addenda": [
                _told(each, ("text", "recorded_at", "received_at"))
                for each in addenda
                if each.sighting_id == row.id
            ],
        }
        for row in rows
    ]


def _metres(where: Facts, bay: Bay) -> float | None:
    if where["lon"] is None or where["lat"] is None:
        return None
    return round(fences.metres(lon1=where["lon"], lat1=where["lat"], lon2=bay.lon, lat2=bay.lat), 1)


def _beside(session: Session, table: Any, sightings: Sequence[UUID], order: Any) -> list[Any]:
    ours = select(table).where(
        table.authority_id == session.info["authority_id"], table.sighting_id.in_(sightings)
    )
    return list(session.scalars(ours.order_by(order)))


def _outcomes(session: Session, task: Task) -> list[Facts]:
    rows = session.scalars(
        select(OutcomeRow)
        .where(OutcomeRow.authority_id == task.authority_id, OutcomeRow.task_id == task.id)
        .order_by(OutcomeRow.recorded_at)
    )
    names = ("outcome", "details", "recorded_at", "received_at", "far_m", "rights")
    return [
        _told(row, names)
        | {"words": RULES[Outcome(row.outcome)].words, "officer": officer_number(row.officer_id)}
        for row in rows
    ]


def _of_task(
    session: Session, table: Any, task: Task, order: Any, names: Sequence[str], *, officer: bool = True
) -> list[Facts]:
    rows = session.scalars(
        select(table).where(table.authority_id == task.authority_id, table.task_id == task.id).order_by(order)
    )
    return [
        _told(row, names) | ({"officer": officer_number(row.officer_id)} if officer else {}) for row in rows
    ]


def _kept(session: Session, task: Task, bay: Bay) -> list[Facts]:
    """What officers recorded and the line could not take."""
    rows = session.scalars(
        select(KeptRecord)
        .where(
            KeptRecord.authority_id == task.authority_id,
            or_(KeptRecord.task_id == task.id, KeptRecord.found_id == task.id),
            KeptRecord.taken_at.is_(None),
        )
        .order_by(KeptRecord.recorded_at, KeptRecord.id)
    ).all()
    photos = photos_apart(session, rows)
    return [
        _told(row, KEPT)
        | {"officer": officer_number(row.person_id), "photos": _placed(photos[row.record_id], bay)}
        for row in rows
    ]


def _placed(photos: Iterable[Facts], bay: Bay) -> list[Facts]:
    return [each | {"metres_from_bay": _metres(each, bay)} for each in photos]


def _journal(session: Session, subjects: Sequence[UUID], *kinds: str) -> list[Facts]:
    """Entries about these, of these kinds alone where any are named."""
    rows = session.scalars(
        select(JournalRow)
        .where(
            JournalRow.authority_id == session.info["authority_id"],
            JournalRow.subject_id.in_(subjects),
            JournalRow.kind.in_(kinds) if kinds else true(),
        )
        .order_by(JournalRow.id)
    )
    return [_told(row, ("at", "kind", "actor", "facts")) for row in rows]
