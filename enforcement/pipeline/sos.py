"""SOS: taken from an officer in every state, on shift and off it; nothing else may stand in its way."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Alert
from ..domain import notices
from ..domain.fences import Fix
from ..domain.refusals import Conflict, Forbidden
from ..domain.safety import TAKEN_BACK_WITHIN, AlertKind
from . import actions, alerts, messages


def call(session: Session, action_id: UUID, officer_id: UUID, at: Fix | None, now: datetime) -> Alert:
    """The officer calls for help: one alarm, however often it is sent, with the place last told.

    Sent again after the alarm was put away it raises no second one; a new call does.
    """
    if not _is_new(session, action_id, officer_id, now):
        # Held: whoever takes it back or puts it away at this moment comes first.
        held = _latest(session, officer_id).with_for_update()
        latest = session.scalars(held.execution_options(populate_existing=True)).first()
        if latest and not _is_open(latest):
            return latest
    return alerts.raise_alert(
        session, AlertKind.SOS, "officer", officer_id, now, officer_id=officer_id, at=at
    )


def _is_new(session: Session, action_id: UUID, officer_id: UUID, now: datetime) -> bool:
    """Also true for an id that was used for something else: a clumsy phone is no reason to stay silent."""
    try:
        with session.begin_nested():
            return actions.first_time(session, action_id, officer_id, "sos", officer_id, {}, now, now)
    except Conflict:
        return True


def _latest(session: Session, officer_id: UUID) -> Select[Alert]:
    return (
        select(Alert)
        .where(
            Alert.authority_id == session.info["authority_id"],
            Alert.kind == AlertKind.SOS.value,
            Alert.subject_id == officer_id,
        )
        .order_by(Alert.id.desc())
        .limit(1)
    )


def open_call(session: Session, officer_id: UUID) -> Alert | None:
    """This officer's call for help that nobody has put away."""
    latest = session.scalars(_latest(session, officer_id)).first()
    return latest if latest and _is_open(latest) else None


def _is_open(call: Alert) -> bool:
    return call.resolved_at is None and call.cleared_at is None


def calling(session: Session) -> Select[UUID]:
    """Who calls for help: asked to nothing until it is over."""
    return select(Alert.subject_id).where(
        Alert.authority_id == session.info["authority_id"],
        Alert.kind == AlertKind.SOS.value,
        alerts.STILL_OPEN,
    )


def take_back(session: Session, alert_id: UUID, officer_id: UUID, now: datetime) -> Alert:
    """The officer says that it was nothing. At once it is over; later it is noted, and a supervisor asks.

    Twice is once. Raises NotFound, Forbidden.
    """
    alert = alerts.find(session, alert_id)
    if alert.kind != AlertKind.SOS or alert.officer_id != officer_id:
        raise Forbidden("This alarm is not yours.")
    if alert.cleared_at or alert.resolved_at:
        return alert
    alert.cleared_at = now
    in_time = now <= alert.raised_at + TAKEN_BACK_WITHIN and alert.acknowledged_at is None
    if in_time:
        alert.resolved_at = now
    journal.record(session, "alert.taken-back", alert.id, at=now, officer_id=officer_id, in_time=in_time)
    messages.tell(session, alerts.supervisors(session), messages.ALERT, notices.sos_taken_back(alert.id), now)
    return alert
