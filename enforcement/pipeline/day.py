"""The hours of a shift: busy for so long, past its end."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Shift
from ..domain.safety import AlertKind
from ..domain.tasks import ShiftState
from . import alerts, duty, shifts, tasks
from .check_ins import last_seen
from .duty import InHand
from .rules import policy_of

UNDER_WAY = (ShiftState.INCIDENT, ShiftState.SERVING)


def end_busy(session: Session, now: datetime) -> int:
    """Officers who said for how long they would be busy are available again; how many."""
    due = session.scalars(
        select(Shift)
        .where(Shift.authority_id == session.info["authority_id"], Shift.busy_until <= now)
        .order_by(Shift.id)
        .with_for_update(skip_locked=True)
    ).all()
    for shift in due:
        over_at, shift.busy_until = shift.busy_until, None
        duty.change(session, shift, ShiftState.AVAILABLE, now, over_at)
    if due:
        tasks.want_plan(session, now)
    return len(due)


def end_overrun(session: Session, now: datetime) -> int:
    """End one shift that was forgotten open; where work is under way, ask the supervisor. 1 if there was one due.

    One at a time: what its officer has in hand is locked before it.
    """
    shift_id = session.scalar(
        select(Shift.id)
        .where(Shift.authority_id == session.info["authority_id"], Shift.overrun_at <= now)
        .order_by(Shift.overrun_at)
        .limit(1)
    )
    if shift_id is None:
        return 0
    hand = duty.in_hand(session, shift_id, beside=True)
    shift = hand.shift
    if shift.overrun_at is None or shift.overrun_at > now:
        return 1
    if _under_way(hand):
        shift.overrun_at = now + policy_of(session).shift_overrun
        alerts.raise_alert(
            session,
            AlertKind.OVERRUN,
            "shift",
            shift.id,
            now,
            officer_id=shift.officer_id,
            at=last_seen(shift),
        )
    else:
        shifts.end(session, shift.id, None, now)
    return 1


def _under_way(hand: InHand) -> bool:
    working = hand.assignment is not None and hand.assignment.state == "accepted"
    return working or ShiftState(hand.shift.state) in UNDER_WAY
