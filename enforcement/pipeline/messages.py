"""Assignment → notification: a message is a row first, and is sent after the commit that wrote it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.catalogue import said
from ..adapters.push import Kind, Message, PushResult, shrunk
from ..adapters.push_endpoints import Subscription
from ..adapters.queue import later
from ..adapters.tables import (
    Assignment,
    Authority,
    Bay,
    Device,
    Notification,
    Person,
    Shift,
    SignIn,
    Task,
)
from ..domain import notices
from ..domain.notices import Notice, Urgency
from ..journal import Entry

DELIVER = "messages.deliver"
OFFER, WITHDRAWN, TEST = "offer", "withdrawn", "test"
ALERT, KEEP_AWAY, CHECK_IN = "alert", "keep-away", "check-in"
FROM_DESK = "message"
ON_SHIFT_ONLY = (KEEP_AWAY, CHECK_IN, FROM_DESK)
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
MOST_ATTEMPTS = 8
TOGETHER = 25  # messages that one job sends


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way, with all that is needed to send it while no session is open."""

    notification_id: UUID
    subscription: Subscription
    message: Message


def tell_offered(session: Session, offered: Sequence[tuple[Assignment, Task, Bay]], now: datetime) -> None:
    """There is something to do now: one assignment to each officer."""
    ours = session.info["authority_id"]
    zone = ZoneInfo(session.get_one(Authority, ours).time_zone)
    of_officer = {assignment.officer_id: (assignment, task, bay) for assignment, task, bay in offered}
    rows = []
    for device, language in _devices(session, list(of_officer), now):
        assignment, task, bay = of_officer[device.person_id]
        notice = _offer_in_words(assignment, task, bay, zone, now)
        until = min(now + notice.ttl, assignment.expires_at)
        rows.append(_row(device, language, OFFER, notice, until, now) | _about(assignment))
    _queue(session, rows)


def _offer_in_words(assignment: Assignment, task: Task, bay: Bay, zone: ZoneInfo, now: datetime) -> Notice:
    if task.patrol_id and task.lawful_until:
        until, walk = task.lawful_until.astimezone(zone), assignment.walk_metres
        return notices.patrol_offered(task.id, bay.street, bay.reference, until, walk, spot=bay.spot)
    return notices.task_offered(
        task.id,
        bay.street,
        bay.reference,
        int((now - task.overstay_from).total_seconds() // 60),
        _whole_minute(task.lawful_from).astimezone(zone),
        assignment.walk_metres,
        second_look=task.only_for_id == assignment.officer_id,
    )


def _about(assignment: Assignment) -> dict[str, Any]:
    return {"task_id": assignment.task_id, "assignment_id": assignment.id}


def _whole_minute(at: datetime) -> datetime:
    """The minute that has begun by then: who looks when the clock shows it is never too early."""
    return at + timedelta(seconds=-at.timestamp() % 60)


def tell_withdrawn(session: Session, assignment: Assignment, task: Task, why: str, now: datetime) -> None:
    """The reason to go there is gone; `why` in words of ours."""
    bay = session.get_one(Bay, (task.authority_id, task.bay_id))
    notice = notices.task_withdrawn(task.id, bay.street, bay.reference, why, spot=bay.spot)
    devices = _devices(session, [assignment.officer_id], now)
    rows = [_row(*device, WITHDRAWN, notice, now + notice.ttl, now) for device in devices]
    _queue(session, [row | _about(assignment) for row in rows])


def tell(session: Session, people: Collection[UUID], kind: str, notice: Notice, now: datetime) -> None:
    """What a person wants them to know: it goes through whatever they are doing, those `ON_SHIFT_ONLY` on shift."""
    devices = _devices(session, people, now)
    _queue(session, [_row(*device, kind, notice, now + notice.ttl, now) for device in devices])


def send_test(session: Session, device: Device, now: datetime) -> UUID | None:
    """What an officer asks for to see that messages arrive."""
    notice = notices.test_message()
    language = session.get_one(Person, (device.authority_id, device.person_id)).language
    queued = _queue(session, [_row(device, language, TEST, notice, now + notice.ttl, now)])
    return queued[0] if queued else None


def _devices(session: Session, people: Collection[UUID], now: datetime) -> list[tuple[Device, str | None]]:
    """These people's devices whose sign-in still holds, and the language that each reads in."""
    found = session.execute(
        select(Device, Person.language)
        .join(Person, (Person.authority_id == Device.authority_id) & (Person.id == Device.person_id))
        .join(SignIn, (SignIn.authority_id == Device.authority_id) & (SignIn.id == Device.sign_in_id))
        .where(
            Device.authority_id == session.info["authority_id"],
            Device.person_id.in_(people),
            Device.state == "active",
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now,
        )
        .order_by(Device.id)
    )
    return [(device, language) for device, language in found]


def _row(
    device: Device, language: str | None, kind: str, notice: Notice, expires_at: datetime, now: datetime
) -> dict[str, Any]:
    spoken = replace(notice, title=said(notice.title, language), body=said(notice.body, language))
    return {
        "authority_id": device.authority_id,
        "id": uuid7(),
        "device_id": device.id,
        "kind": kind,
        "payload": notices.payload(spoken, badge=1 if kind == OFFER else 0),
        "topic": notice.topic,
        "urgency": notice.urgency.value,
        "expires_at": expires_at,
        "state": "queued",
        "attempts": 0,
        "queued_at": now,
    }


def _queue(session: Session, rows: Sequence[dict[str, Any]]) -> list[UUID]:
    """Rows and a job for each few of them; a device that has the message already gets no second one."""
    if not rows:
        return []
    for row in rows:
        row["payload"]["notification"]["data"]["notification"] = str(row["id"])
    new = insert(Notification).on_conflict_do_nothing().returning(Notification.id)
    ids = list(session.scalars(new, rows))
    for first in range(0, len(ids), TOGETHER):
        _deliver(session, ids[first : first + TOGETHER])
    return ids


def _deliver(session: Session, ids: Sequence[UUID], after: timedelta | None = None) -> None:
    """The commas are for jobs that an older release has queued: they name one."""
    ours = session.info["authority_id"]
    later(session, DELIVER, after=after, authority_id=ours, notification_id=",".join(map(str, ids)))


def outgoing(session: Session, ids: Collection[UUID], now: datetime) -> list[Outgoing]:
    """What to send of these: never for a task or a shift that is over, and nothing that was sent."""
    stories = [story for story in _stories(session, ids) if story.Notification.state == "queued"]
    return [each for story in stories if (each := _outgoing(session, story, now))]


def _outgoing(session: Session, story: Any, now: datetime) -> Outgoing | None:
    row, device = story.Notification, story.Device
    why_not = _why_not(session, story, now)
    if why_not:
        row.state, row.detail = "dropped", why_not
        return None
    row.attempts += 1
    ttl = max(1, int((row.expires_at - now).total_seconds()))
    return Outgoing(
        row.id,
        Subscription(device.endpoint, device.p256dh, device.auth),
        Message(row.payload, ttl, Urgency(row.urgency), row.topic),
    )


def _stories(session: Session, ids: Collection[UUID]) -> Any:
    """The messages, locked, with device, sign-in, assignment and shift."""
    return session.execute(
        select(Notification, Device, SignIn, Assignment, Shift)
        .join(Device, _same(Device, Notification.device_id))
        .join(SignIn, _same(SignIn, Device.sign_in_id))
        .outerjoin(Assignment, _same(Assignment, Notification.assignment_id))
        .outerjoin(Shift, _same(Shift, Assignment.shift_id))
        .where(
            Notification.authority_id == session.info["authority_id"],
            Notification.id.in_(ids),
        )
        .order_by(Notification.id)
        .with_for_update(of=Notification)
    )


def _same(table: Any, id_: Any) -> Any:
    return (table.authority_id == Notification.authority_id) & (table.id == id_)


def _why_not(session: Session, story: Any, now: datetime) -> str | None:
    row, device, sign_in, assignment, shift = story
    if row.expires_at <= now:
        return "too late"
    if device.state != "active" or sign_in.revoked_at or sign_in.expires_at <= now:
        return "signed out"
    if assignment is None:
        waits = row.kind in ON_SHIFT_ONLY and not _on_shift(session, device.person_id)
        return "off shift" if waits else None
    if shift.ended_at:
        return "off shift"
    if row.kind == OFFER and assignment.state != "offered":
        return "no longer on offer"
    return None


def _on_shift(session: Session, person_id: UUID) -> bool:
    on = select(Shift.id).where(
        Shift.authority_id == session.info["authority_id"],
        Shift.officer_id == person_id,
        Shift.started_at.is_not(None),
        Shift.ended_at.is_(None),
    )
    return session.scalars(on).first() is not None


def settle(session: Session, results: Mapping[UUID, PushResult], now: datetime) -> None:
    """Write down what the push service said of each message, and do what follows from it."""
    found = session.execute(
        select(Notification, Device)
        .join(Device, _same(Device, Notification.device_id))
        .where(Notification.authority_id == session.info["authority_id"], Notification.id.in_(results))
        .order_by(Notification.id)
        .with_for_update()
    ).all()
    entries = []
    for row, device in found:
        result = results[row.id]
        _settle(session, row, device, result, now)
        facts = {
            "message": row.kind, "task_id": row.task_id, "status": result.status, "result": result.kind.value,
        }  # fmt: skip
        kind = f"notification.{row.state}"
        entries.append(Entry(kind, "notification", row.id, now, facts, device.person_id))
    journal.record_all(session, entries)


def _settle(session: Session, row: Notification, device: Device, result: PushResult, now: datetime) -> None:
    row.status, row.detail = result.status, result.detail
    if result.kind is Kind.ACCEPTED:
        row.state, row.sent_at = "sent", now
    elif result.kind is Kind.RETRY:
        _again(session, row, result, now)
    elif result.kind is Kind.TOO_LARGE and row.payload != (least := shrunk(row.payload)):
        row.payload = least
        _deliver(session, [row.id])
    else:
        row.state = "failed"
        _rest_device(session, device, result, now)


def _again(session: Session, row: Notification, result: PushResult, now: datetime) -> None:
    """Later, as asked or with growing waits, until the message is no longer worth delivering."""
    backoff = min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
    wait = result.retry_after or backoff
    if row.attempts >= MOST_ATTEMPTS or now + wait >= row.expires_at:
        row.state = "failed"
    else:
        _deliver(session, [row.id], after=wait)


def _rest_device(session: Session, device: Device, result: PushResult, now: datetime) -> None:
    """Gone: prune it. Key mismatch or doubt: rest it until its phone subscribes anew. Our fault: leave it."""
    states = {
        Kind.GONE: "gone",
        Kind.RENEW: "renew",
        Kind.QUARANTINE: "quarantined",
        Kind.REFUSED_ENDPOINT: "refused",
    }
    if result.kind in states:
        device.state, device.why = states[result.kind], result.detail
        journal.record(
            session, "device.rested", device.id, at=now, officer_id=device.person_id, state=device.state
        )


def receipt(session: Session, notification_id: UUID, person_id: UUID, now: datetime) -> bool:
    """The phone showed it: the only proof of delivery. False if it is no message of this person's."""
    row = session.get(Notification, (session.info["authority_id"], notification_id))
    device = session.get(Device, (row.authority_id, row.device_id)) if row else None
    if row is None or device is None or device.person_id != person_id:
        return False
    if row.received_at is None:
        row.received_at = now
        journal.record(
            session, "notification.received", row.id, at=now, officer_id=person_id, task_id=row.task_id
        )
    return True
