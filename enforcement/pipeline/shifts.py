"""An officer's day: the shift that a supervisor planned, its states, and where the phone was."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ..adapters.tables import Bay, JournalRow, Position, Shift, ShiftLog, ShiftZone, Task
from ..domain import fences
from ..domain.fences import Fence, Fix, Presence
from ..domain.refusals import Conflict, Forbidden, Invalid
from ..domain.tasks import (
    BUSY,
    ON_DUTY,
    EndReason,
    ShiftState,
    TaskEvent,
    TaskState,
    records_positions,
    takes_offers,
)
from . import coverage, duty, found, tasks, visits, zones
from .duty import InHand
from .duty import current as current
from .duty import find as find
from .rules import policy_of

EARLY = timedelta(hours=2)  # how long before its time a planned shift may be started
AHEAD = timedelta(minutes=5)  # how far a phone's clock may run ahead of ours


def start(
    session: Session, shift_id: UUID, officer_id: UUID, now: datetime, recorded_at: datetime | None = None
) -> Shift:
    """The officer goes on duty, in the zones that the supervisor assigned. Starting twice is starting once.

    Judged by when it was done: what a phone kept while it was offline still counts.
    """
    shift = own(session, shift_id, officer_id)
    if shift.started_at and not shift.ended_at:
        return shift
    if current(session, officer_id):
        raise Conflict("You are on another shift; end that one first.")
    began = min(recorded_at or now, now)
    if began < shift.planned_from - EARLY or began >= shift.planned_to:
        raise Conflict("This shift is not now.", planned_from=shift.planned_from, planned_to=shift.planned_to)
    if not _has_zones(session, shift):
        raise Conflict("No zones are assigned to this shift yet: ask your supervisor.")
    shift.started_at = shift.state_at = began
    shift.overrun_at = shift.planned_to + policy_of(session).shift_overrun
    duty.change(session, shift, ShiftState.AVAILABLE, now, began)
    tasks.want_plan(session, now)
    return shift


def own(session: Session, shift_id: UUID, officer_id: UUID) -> Shift:
    """This officer's shift, held. Raises NotFound, Forbidden."""
    shift = find(session, shift_id, lock=True)
    check_own(shift, officer_id)
    return shift


def check_own(shift: Shift, officer_id: UUID) -> None:
    """Raises Forbidden for anybody else."""
    if shift.officer_id != officer_id:
        raise Forbidden("This shift is another officer's.")


def _has_zones(session: Session, shift: Shift) -> bool:
    zones = select(ShiftZone.zone_id).where(
        ShiftZone.authority_id == shift.authority_id, ShiftZone.shift_id == shift.id
    )
    return session.scalars(zones.limit(1)).first() is not None


def change_state(
    session: Session,
    shift_id: UUID,
    officer_id: UUID,
    wanted: ShiftState,
    now: datetime,
    recorded_at: datetime | None = None,
    minutes: int | None = None,
) -> Shift:
    """The officer says what they are doing. An offer that they can't take now goes to somebody else.

    What the phone kept and sends late never overwrites what was said of a later time, nor the end of the shift:
    it is only told in the log. With `minutes` a busy officer is available again after so long.
    """
    if wanted in (ShiftState.PLANNED, ShiftState.ENDED):
        raise Invalid(
            "A shift is ended, not set to ended." if wanted is ShiftState.ENDED else "It has begun."
        )
    if minutes and wanted not in BUSY:
        raise Invalid("Only what keeps you busy has an end: a break or an incident ends when you say so.")
    hand = duty.in_hand(session, shift_id)
    shift = hand.shift
    check_own(shift, officer_id)
    chosen = min(recorded_at or now, now)
    if _is_past(shift, chosen):
        duty.note(session, shift, wanted, now, chosen)
        return shift
    if not takes_offers(wanted) and hand.task and hand.assignment and hand.assignment.state == "offered":
        tasks.take_offer_back(session, hand.task, hand.assignment, now)
    duty.change(session, shift, wanted, now, chosen)
    shift.state_at = chosen
    shift.busy_until = chosen + timedelta(minutes=minutes) if minutes else None
    tasks.want_plan(session, now)
    return shift


def _is_past(shift: Shift, chosen: datetime) -> bool:
    """It was so within the shift, and something else is known of a later time."""
    if shift.started_at is None or chosen < shift.started_at:
        return False
    later = shift.ended_at or shift.state_at
    return later is not None and chosen < later


def end(
    session: Session,
    shift_id: UUID,
    officer_id: UUID | None,
    now: datetime,
    recorded_at: datetime | None = None,
    actor: str | None = None,
) -> Shift:
    """The officer goes home; work in hand is released at once, and what they raised themselves ends with the shift.

    `officer_id` None: a supervisor (the `actor`) or the sweep ends it. An officer who says later that they went
    earlier did so, unless they have signed the log.
    """
    hand = duty.in_hand(session, shift_id, beside=True)
    if officer_id:
        check_own(hand.shift, officer_id)
    if hand.shift.ended_at:
        return _went_earlier(session, hand.shift, recorded_at or now, now)
    if hand.task and hand.assignment:
        tasks.end_assignment(session, hand.assignment, EndReason.SHIFT_ENDED, now)
        tasks.move(session, hand.task, TaskEvent.RELEASE, now)
        hand.task.officer_id = None
        tasks.look_at_car(session, hand.task, now)
    for task, assignment in hand.beside:
        found.end(session, task, assignment, now)
    went = max(min(recorded_at or now, now), hand.shift.started_at or now)
    hand.shift.ended_at = went
    duty.change(session, hand.shift, ShiftState.ENDED, now, went, actor)
    tasks.want_plan(session, now)
    return hand.shift


def _went_earlier(session: Session, shift: Shift, went: datetime, now: datetime) -> Shift:
    earlier = shift.started_at and shift.ended_at and shift.started_at <= went < shift.ended_at
    if earlier and session.get(ShiftLog, (shift.authority_id, shift.id)) is None:
        shift.ended_at = went
        duty.note(session, shift, ShiftState.ENDED, now, went)
    return shift


def record_positions(
    session: Session, officer_id: UUID, fixes: Sequence[Fix], now: datetime
) -> tuple[int, Task | None]:
    """Keep where the phone was, on shift and not on a break; how many were kept, and a task now arrived at.

    Fixes from before the shift, or from a break, are not kept. A late fix never moves an officer back.
    """
    on = current(session, officer_id)
    if on is None:
        raise Conflict("You are not on shift: positions are not taken.")
    hand = duty.in_hand(session, on.id)
    shift = hand.shift
    if shift.ended_at or not records_positions(ShiftState(shift.state)):
        raise Conflict("You are on a break: positions are not taken.")
    kept = _on_duty(session, shift, [fix for fix in fixes if fix.at <= now + AHEAD])
    if not kept:
        return 0, None
    _keep(session, shift, kept, now)
    before = shift.fix_at
    arrived = _follow(session, shift, hand.task, sorted(kept, key=lambda fix: fix.at))
    task = None
    if arrived and hand.task:
        task = visits.arrive(session, hand.task.id, officer_id, "fence", shift.fix_at or now, now)
    if before is None:
        tasks.want_plan(session, now)
    if shift.fix_at != before:
        zones.watch(session, shift, _sent_to(hand), now)
    coverage.note_walk(session, shift, kept, before, now)
    return len(kept), task


def _sent_to(hand: InHand) -> UUID | None:
    """The bay that the officer is on the way to, or stands at."""
    going = hand.task and hand.assignment and hand.assignment.state == "accepted"
    return hand.task.bay_id if hand.task and going else None


def _on_duty(session: Session, shift: Shift, fixes: Sequence[Fix]) -> list[Fix]:
    """The fixes from the shift and from no break of it; the journal knows when those were."""
    changes = session.execute(
        select(JournalRow.at, JournalRow.kind, JournalRow.facts)
        .where(
            JournalRow.authority_id == shift.authority_id,
            JournalRow.subject_id == shift.id,
            JournalRow.kind.in_([f"shift.{state.value}" for state in ON_DUTY]),
            JournalRow.at >= shift.started_at,
        )
        .order_by(JournalRow.id)
    ).all()

    spans = sorted(((duty.since(row), row.kind) for row in changes), key=itemgetter(0))

    def working(at: datetime) -> bool:
        doing = [kind for began, kind in spans if began <= at]
        return bool(doing) and doing[-1] != f"shift.{ShiftState.BREAK.value}"

    return [fix for fix in fixes if working(fix.at)]


def _keep(session: Session, shift: Shift, fixes: Sequence[Fix], now: datetime) -> None:
    session.execute(
        insert(Position),
        [
            {
                "authority_id": shift.authority_id,
                "at": fix.at,
                "shift_id": shift.id,
                "officer_id": shift.officer_id,
                "received_at": now,
                "lon": fix.lon,
                "lat": fix.lat,
                "accuracy_m": fix.accuracy_m,
            }
            for fix in fixes
        ],
    )


def _follow(session: Session, shift: Shift, task: Task | None, fixes: Sequence[Fix]) -> bool:
    """Take in the fixes, oldest first; whether the officer has now arrived at the task that they accepted."""
    going = task is not None and task.state == TaskState.ACCEPTED
    bay = session.get_one(Bay, (task.authority_id, task.bay_id)) if task and going else None
    near = shift.fixes_near if task and shift.near_task_id == task.id else 0
    presence = Presence(near=near, taken_at=shift.fix_at)
    for fix in fixes:
        if shift.fix_at is None or fix.at > shift.fix_at:
            shift.lon, shift.lat, shift.accuracy_m, shift.fix_at = fix.lon, fix.lat, fix.accuracy_m, fix.at
        if bay:
            presence = fences.step(presence, fix, lon=bay.lon, lat=bay.lat)
    shift.near_task_id, shift.fixes_near = (task.id if task and going else None), presence.near
    return presence.state is Fence.ARRIVED
