"""What a supervisor has to know: raised once, told to their phones, seen, and put away by a person."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Alert, Person, Task
from ..domain import notices
from ..domain.fences import Fix
from ..domain.refusals import NotFound
from ..domain.safety import AlertKind
from ..domain.tasks import TaskState
from . import messages

NO_FACTS: Mapping[str, Any] = MappingProxyType({})
SUPERVISORS = ("supervisor", "administrator")
STILL_OPEN = Alert.resolved_at.is_(None) & Alert.cleared_at.is_(None)


def raise_alert(
    session: Session,
    kind: AlertKind,
    subject: str,
    subject_id: UUID,
    now: datetime,
    *,
    officer_id: UUID | None = None,
    at: Fix | None = None,
    tasks: Collection[UUID] = (),
    facts: Mapping[str, Any] = NO_FACTS,
) -> Alert:
    """The one open alert of this kind on this subject: a new one is told to the supervisors, a known one is not
    told again. The place of the latest call is kept.
    """
    row = {
        "authority_id": session.info["authority_id"],
        "id": uuid7(),
        "kind": kind.value,
        "subject": subject,
        "subject_id": subject_id,
        "officer_id": officer_id,
        "tasks": list(tasks),
        "facts": dict(facts),
        "raised_at": now,
    }
    opened = insert(Alert).values(row).on_conflict_do_nothing(
        index_elements=["authority_id", "kind", "subject_id"], index_where=STILL_OPEN
    )  # fmt: skip
    new = session.scalar(opened.returning(Alert.id)) is not None
    alert = _open(session, kind, subject_id)
    if alert is None:  # it was put away at this moment: that one is over, this is the next
        return raise_alert(
            session, kind, subject, subject_id, now, officer_id=officer_id, at=at, tasks=tasks, facts=facts
        )
    moved = _place(alert, at)
    if new:
        _tell(session, alert, "alert.raised", now, about=subject, about_id=subject_id, tasks=len(tasks))
    elif alert.raised_at < now:
        alert.again_at = now
        if moved:  # who looks at it sees the new place without asking
            journal.record(
                session, "alert.moved", alert.id, at=now, officer_id=alert.officer_id, alert=alert.kind
            )
    return alert


def _open(session: Session, kind: AlertKind, subject_id: UUID) -> Alert | None:
    return session.scalars(
        select(Alert)
        .where(
            Alert.authority_id == session.info["authority_id"],
            Alert.kind == kind.value,
            Alert.subject_id == subject_id,
            STILL_OPEN,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _place(alert: Alert, at: Fix | None) -> bool:
    """True if it is another place than before."""
    if at is None or (alert.fix_at is not None and at.at < alert.fix_at):
        return False
    before = (alert.lon, alert.lat, alert.accuracy_m)
    alert.lon, alert.lat, alert.accuracy_m, alert.fix_at = at.lon, at.lat, at.accuracy_m, at.at
    return before != (at.lon, at.lat, at.accuracy_m)


def ask_again(session: Session, alert: Alert, now: datetime) -> None:
    """The supervisors are told once more of what nobody has put away."""
    alert.again_at = now
    _tell(session, alert, "alert.again", now)


def _tell(session: Session, alert: Alert, change: str, now: datetime, **told: Any) -> None:
    journal.record(session, change, alert.id, at=now, officer_id=alert.officer_id, alert=alert.kind, **told)
    notice = notices.alert_raised(alert.id, AlertKind(alert.kind), len(alert.tasks))
    messages.tell(session, supervisors(session), messages.ALERT, notice, now)


def supervisors(session: Session) -> list[UUID]:
    """Who is told."""
    return list(
        session.scalars(
            select(Person.id).where(
                Person.authority_id == session.info["authority_id"],
                Person.role.in_(SUPERVISORS),
                Person.disabled_at.is_(None),
            )
        )
    )


def clear(
    session: Session,
    kind: AlertKind,
    subject_id: UUID,
    now: datetime,
    *,
    resolve: bool = False,
    over: UUID | None = None,
) -> None:
    """The cause of the open alert, if there is one, is over; `resolve`: nobody need look at it any more.

    `over`: only if it was raised over this task, and not once more since.
    """
    alert = _open(session, kind, subject_id)
    if alert is None or (over and (over not in alert.tasks or alert.again_at)):
        return
    alert.cleared_at = now
    if resolve:
        alert.resolved_at = now
        _tell_seen(session, alert, now, over=True)
    change = "alert.resolved" if resolve else "alert.cleared"
    journal.record(session, change, alert.id, at=now, officer_id=alert.officer_id, alert=alert.kind)


def find(session: Session, alert_id: UUID) -> Alert:
    """The alert, held. Raises NotFound."""
    alert = session.get(
        Alert, (session.info["authority_id"], alert_id), with_for_update=True, populate_existing=True
    )
    if alert is None:
        raise NotFound(f"There is no alert {alert_id}.")
    return alert


def acknowledge(session: Session, alert_id: UUID, person_id: UUID, actor: str, now: datetime) -> Alert:
    """A supervisor has seen it; an officer who called for help is told so. Twice is once."""
    alert = find(session, alert_id)
    if alert.acknowledged_at or alert.resolved_at:
        return alert
    alert.acknowledged_at, alert.acknowledged_by = now, person_id
    _record(session, "alert.acknowledged", alert, actor, now)
    _tell_seen(session, alert, now, by=person_id)
    if alert.kind == AlertKind.SOS and alert.officer_id:
        messages.tell(session, [alert.officer_id], messages.ALERT, notices.sos_seen(alert.id), now)
    return alert


def resolve(session: Session, alert_id: UUID, person_id: UUID, actor: str, now: datetime) -> Alert:
    """A supervisor puts it away. Twice is once."""
    alert = find(session, alert_id)
    if alert.resolved_at:
        return alert
    alert.resolved_at, alert.resolved_by = now, person_id
    _record(session, "alert.resolved", alert, actor, now)
    if not alert.acknowledged_at:
        _tell_seen(session, alert, now, by=person_id)
    return alert


def _tell_seen(
    session: Session, alert: Alert, now: datetime, *, by: UUID | None = None, over: bool = False
) -> None:
    """What was told to the supervisors is taken back where nobody looks at the desk."""
    notice = notices.alert_seen(alert.id, AlertKind(alert.kind), over=over)
    others = [each for each in supervisors(session) if each != by]
    messages.tell(session, others, messages.ALERT, notice, now)


def _record(session: Session, change: str, alert: Alert, actor: str, now: datetime) -> None:
    journal.record(
        session, change, alert.id, at=now, officer_id=alert.officer_id, actor=actor, alert=alert.kind
    )


def tell_escalated(session: Session, now: datetime) -> int:
    """One alert for all the tasks that were offered in vain since the last one; 1 if there was one to raise.

    Tasks that somebody took or that are over meanwhile need nobody.
    """
    untold = session.scalars(
        select(Task)
        .where(Task.authority_id == session.info["authority_id"], Task.tell_at.is_not(None))
        .order_by(Task.id)
        .with_for_update(skip_locked=True)
    ).all()
    if not any(task.tell_at and task.tell_at <= now for task in untold):
        return 0
    batch = [task.id for task in untold if task.state == TaskState.ESCALATED]
    for task in untold:
        task.tell_at = None
    if batch:
        raise_alert(session, AlertKind.ESCALATED, "task", batch[0], now, tasks=batch)
    return 1
