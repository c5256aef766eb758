"""Standing patrol → task: one in each window, until somebody was there or the window is over.

The sweep looks at a patrol when its window begins and when it ends (`check_at`). A patrol is locked after tasks;
the sweep, which comes the other way, waits for none of them.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, Patrol, Task
from ..domain.hours import BadHours, ControlledHours
from ..domain.outcomes import Effect, Outcome
from ..domain.patrols import LEAST_LEFT, Term, next_window
from ..domain.refusals import NotFound
from ..domain.safety import AlertKind
from ..domain.tasks import FINAL_STATES, OPEN_STATES, TaskState
from . import alerts, observed, tasks
from .rounds import Round, round_of, seen
from .rules import Rules, policy_of

log = structlog.get_logger()

BATCH = 50
TRY_AGAIN = timedelta(minutes=5)
SEARCH_AGAIN = timedelta(days=1)  # where no window is near enough to be found
TO_CALL_OFF = OPEN_STATES - {TaskState.ARRIVED}  # who is there already closes it themselves
NOT_REACHED = "Nobody was there before the window ended."
CHANGED = "The patrol was changed."
RETIRED = "The patrol is no longer in use."
BAY_PAUSED = "The bay is paused."
BAY_RETIRED = "The bay is no longer in use."
WINDOW_OVER = "The window is over."
BAD_HOURS = "Its hours can't be read any more."


def look(session: Session, rules: Rules, now: datetime) -> int:
    """Look at the patrols that are due: raise what begins, end what is over; how many there were."""
    due = session.scalars(
        select(Patrol)
        .where(Patrol.authority_id == rules.authority_id, Patrol.check_at <= now)
        .order_by(Patrol.check_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    for patrol in due:
        _look_alone(session, rules, patrol, now)
    session.flush()
    return len(due)


def _look_alone(session: Session, rules: Rules, patrol: Patrol, now: datetime) -> None:
    """One patrol's trouble is not another's."""
    try:
        with session.begin_nested():
            _look_at(session, rules, patrol, now)
    except OperationalError:  # of the database, not of a patrol: all wait for the next sweep
        raise
    except Exception:
        log.exception("patrol can't be looked at", patrol_id=str(patrol.id))
        patrol.check_at = now + TRY_AGAIN


def _look_at(session: Session, rules: Rules, patrol: Patrol, now: datetime) -> None:
    bay = session.get_one(Bay, (patrol.authority_id, patrol.bay_id))
    if bay.retired_at and _is_used(patrol):
        pause(session, patrol, BAY_RETIRED, now)
    if patrol.window_from is None and _is_used(patrol):
        set_window(session, patrol, rules, now)
    here = round_of(session, patrol, patrol.window_from or now, patrol.window_until or now)
    if here is None:  # an officer is recording something at this moment: the next sweep sees what it was
        patrol.check_at = now
    elif _is_used(patrol):
        _look_at_window(session, rules, patrol, bay, here, now)
    else:
        _put_away(session, patrol, bay, here, now)


def _is_used(patrol: Patrol) -> bool:
    return patrol.paused_at is None and patrol.retired_at is None


def _put_away(session: Session, patrol: Patrol, bay: Bay, here: Round, now: datetime) -> None:
    """Paused or retired: also what was raised at that very moment is taken back. Who is there closes it first."""
    why = RETIRED if patrol.retired_at else BAY_RETIRED if bay.retired_at else CHANGED
    take_back(session, here.tasks, why, now)
    still_there = any(TaskState(task.state) in OPEN_STATES for task in here.tasks)
    patrol.check_at = now + TRY_AGAIN if still_there else None


def _look_at_window(
    session: Session, rules: Rules, patrol: Patrol, bay: Bay, here: Round, now: datetime
) -> None:
    take_back(session, [task for task in here.tasks if task.lawful_until != here.ends], CHANGED, now)
    if patrol.window_until is None or now < here.begins:
        patrol.check_at = patrol.window_from or now + SEARCH_AGAIN
        return
    if not bay.paused_at:
        _ask(session, patrol, here, now)
    elif now < here.ends:
        take_back(session, here.tasks, BAY_PAUSED, now)
    patrol.check_at = here.ends
    if now >= here.ends:
        _end(session, patrol, here, now)
        set_window(session, patrol, rules, here.ends)


def _ask(session: Session, patrol: Patrol, here: Round, now: datetime) -> None:
    """Once in a window; what was called off meanwhile is asked for anew, for the rest of it."""
    if not here.own:
        here.tasks.append(raise_task(session, patrol, here.begins, now))
    elif not here.asked_for and now < here.ends:
        here.tasks.append(raise_task(session, patrol, now, now))


def set_window(session: Session, patrol: Patrol, rules: Rules, after: datetime) -> None:
    """The window that is open at that time, or the next; the sweep looks when it begins."""
    try:
        window = next_window(hours_of(patrol, rules), terms_of(patrol), after)
    except BadHours:  # they were right once: an event that they name is gone
        pause(session, patrol, BAD_HOURS, after)
        return
    patrol.window_from, patrol.window_until = window or (None, None)
    patrol.check_at = patrol.window_from or after + SEARCH_AGAIN


def hours_of(patrol: Patrol, rules: Rules) -> ControlledHours:
    return ControlledHours(patrol.hours, rules.zone, rules.calendar)


def terms_of(patrol: Patrol) -> list[Term]:
    return [Term(date.fromisoformat(first), date.fromisoformat(last)) for first, last in patrol.terms]


def over_words(session: Session, task: Task) -> str:
    """Why a task that is open still ends with its window."""
    return WINDOW_OVER if seen(session, [task.id]) else NOT_REACHED


def raise_task(session: Session, patrol: Patrol, begins: datetime, now: datetime) -> Task:
    """Work for one officer, from `begins` to the end of the window."""
    task = Task(
        authority_id=patrol.authority_id,
        id=uuid7(),
        bay_id=patrol.bay_id,
        patrol_id=patrol.id,
        state=TaskState.WAITING.value,
        version=1,
        why=patrol.name,
        code=patrol.code,
        suffix=patrol.suffix,
        overstay_from=begins,
        lawful_from=begins,
        lawful_until=patrol.window_until,
        rights="not asked: no car is known",
        priority=patrol.priority,
        priority_reasons=["a standing patrol"],
        offers=0,
        raised_at=now,
    )
    observed.ask(task, policy_of(session))
    session.add(task)
    session.flush()
    journal.record(
        session, "task.raised", task.id, at=now, bay_id=task.bay_id, patrol_id=patrol.id, code=task.code,
        priority=task.priority, window_from=begins, window_until=task.lawful_until,
    )  # fmt: skip
    tasks.want_plan(session, now)
    return task


def _end(session: Session, patrol: Patrol, here: Round, now: datetime) -> None:
    """Nobody is sent any more; where nobody was though we asked, the supervisors know."""
    take_back(session, here.tasks, WINDOW_OVER if here.answered else NOT_REACHED, now)
    if here.asked_for and not here.answered:
        journal.record(
            session, "patrol.not-reached", patrol.id, at=now, window_from=here.begins, window_until=here.ends
        )
        missed = [task.id for task in here.own]
        alerts.raise_alert(session, AlertKind.NOT_REACHED, "patrol", patrol.id, now, tasks=missed)


def call_off(session: Session, patrol_id: UUID, why: str, now: datetime) -> Patrol:
    """Take back what is asked for now; the patrol, held. Tasks come before it, plans after it. Raises NotFound."""
    ours = session.info["authority_id"]
    open_ones = select(Task.id).where(
        Task.authority_id == ours, Task.patrol_id == patrol_id, Task.state.not_in(FINAL_STATES)
    )
    held = tasks.lock_all(session, session.scalars(open_ones).all())
    patrol = lock(session, patrol_id)
    take_back(session, held.values(), why, now)
    return patrol


def take_back(session: Session, held: Iterable[Task], why: str, now: datetime) -> None:
    """Of these tasks, all held: those that nobody is at."""
    for task in held:
        if TaskState(task.state) in TO_CALL_OFF:
            tasks.withdraw(session, task, why, now)


def lock(session: Session, patrol_id: UUID | None) -> Patrol:
    """The patrol, held until the transaction ends; tasks of it may still be raised. Raises NotFound."""
    row = session.scalars(
        select(Patrol)
        .where(Patrol.authority_id == session.info["authority_id"], Patrol.id == patrol_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFound(f"There is no patrol {patrol_id}.")
    return row


def pause(session: Session, patrol: Patrol, why: str, now: datetime) -> None:
    """Nobody is asked to go until a supervisor puts it back into use; `why` in words."""
    patrol.paused_at, patrol.paused_why = now, why
    stop(patrol, now)
    journal.record(session, "patrol.paused", patrol.id, at=now)


def stop(patrol: Patrol, now: datetime) -> None:
    """No window any more; the sweep takes back what is raised at this moment."""
    patrol.window_from = patrol.window_until = None
    patrol.check_at = now


def follow(session: Session, task: Task, outcome: Outcome, effect: Effect, now: datetime) -> None:
    """What an outcome at a patrol means for it: after a car, the rest of the window is another look."""
    patrol = lock(session, task.patrol_id)
    if effect.pauses_bay and patrol.paused_at is None:
        pause(session, patrol, outcome.value.replace("_", " ").capitalize(), now)
    if task.lawful_until and task.lawful_until <= now:
        alerts.clear(session, AlertKind.NOT_REACHED, patrol.id, now, resolve=True, over=task.id)
    bay = session.get_one(Bay, (patrol.authority_id, patrol.bay_id))
    goes_on = effect.goes_on and _is_used(patrol) and not bay.paused_at and not bay.retired_at
    if goes_on and patrol.window_until == task.lawful_until and _is_left(task.lawful_until, now):
        raise_task(session, patrol, now, now)


def _is_left(until: datetime | None, now: datetime) -> bool:
    return until is not None and until - now >= LEAST_LEFT


def bay_changed(session: Session, bay_id: UUID, now: datetime) -> None:
    """This bay is paused, back in use or retired: the sweep looks at its patrols."""
    session.execute(update(Patrol).where(_in_use(session), Patrol.bay_id == bay_id).values(check_at=now))


def _in_use(session: Session) -> ColumnElement[bool]:
    ours = Patrol.authority_id == session.info["authority_id"]
    return and_(ours, Patrol.retired_at.is_(None), Patrol.paused_at.is_(None))


def event_changed(session: Session, name: str, now: datetime) -> None:
    """The days of an event that hours name are others: their windows are worked out anew."""
    session.execute(
        update(Patrol)
        .where(_in_use(session), Patrol.hours.contains(f"EV:{name}", autoescape=True))
        .values(window_from=None, window_until=None, check_at=now)
    )
