"""Stay → overstay: the clock of each stay that is due for a look, and what follows from it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import BayState, StayRow, Task
from ..domain.tasks import TaskState
from . import patrols, tasks
from .rules import Rules
from .stay_checks import HOURS_ENDED, StayCheck

BATCH = 200  # stays that one transaction looks at
TRY_AGAIN = timedelta(minutes=5)

log = structlog.get_logger()


def check_due(session: Session, rules: Rules, now: datetime) -> int:
    """Look at the stays whose time has come; how many there were. Safe to run twice and in parallel.

    A stay that can't be judged (hours that no longer parse, say) waits and holds nobody else up.
    """
    gone = _let_go(session, rules, now)
    stays = session.scalars(
        select(StayRow)
        .where(StayRow.authority_id == rules.authority_id, StayRow.check_at <= now)
        .order_by(StayRow.check_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    if stays and not _checked_together(session, rules, stays, now):
        for stay in stays:
            _check_alone(session, rules, stay, now)
    return max(gone, len(stays))


def _let_go(session: Session, rules: Rules, now: datetime) -> int:
    """Most cars leave within their time: those of which nothing follows take one statement, all together."""
    ours = {"authority_id": rules.authority_id, "now": now, "batch": BATCH}
    return session.connection().exec_driver_sql(LET_GO, ours).rowcount


LET_GO = """
    UPDATE stays SET check_at = NULL FROM (
      SELECT id FROM stays s
      WHERE authority_id = %(authority_id)s AND check_at <= %(now)s
        AND (departed_at IS NOT NULL OR superseded_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM tasks WHERE authority_id = s.authority_id AND stay_id = s.id)
        AND NOT EXISTS (SELECT FROM tasks WHERE authority_id = s.authority_id AND bay_id = s.bay_id
                        AND found AND stay_id IS NULL AND state NOT IN ('closed', 'withdrawn'))
      ORDER BY check_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED
    ) AS gone
    WHERE stays.authority_id = %(authority_id)s AND stays.id = gone.id
"""


def _checked_together(session: Session, rules: Rules, stays: Sequence[StayRow], now: datetime) -> bool:
    """All in a few statements, or none: a savepoint for each would cost more than all the rest."""
    try:
        with session.begin_nested():
            check = StayCheck(session, rules, stays, now)
            for stay in stays:
                check.stay(stay)
    except OperationalError:  # of the database, not of a stay: all wait for the next sweep
        raise
    except Exception:  # one of them can't be judged: each by itself will show which
        return False
    return True


def _check_alone(session: Session, rules: Rules, stay: StayRow, now: datetime) -> None:
    try:
        with session.begin_nested():
            StayCheck(session, rules, [stay], now).stay(stay)
    except OperationalError:
        raise
    except Exception:  # whatever it is, it is this stay's own trouble
        log.exception("stay can't be judged", stay_id=str(stay.id), bay_id=str(stay.bay_id))
        stay.check_at = now + TRY_AGAIN


def end_outlived(session: Session, rules: Rules, now: datetime) -> int:
    """Withdraw tasks that nobody took before the controlled hours, or their window, ended; how many there were."""
    ended = session.scalars(
        select(Task)
        .where(
            Task.authority_id == rules.authority_id,
            Task.state.in_([TaskState.WAITING.value, TaskState.ESCALATED.value]),
            Task.lawful_until <= now,
        )
        .order_by(Task.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for task in ended:
        tasks.withdraw(
            session, task, patrols.over_words(session, task) if task.patrol_id else HOURS_ENDED, now
        )
    return len(ended)


def mark_silent(session: Session, rules: Rules, now: datetime) -> int:
    """Bays whose sensor has been silent for too long become unknown: no new tasks from them."""
    silent = session.scalars(
        select(BayState)
        .where(
            BayState.authority_id == rules.authority_id,
            BayState.unknown_at.is_(None),
            BayState.silent_at <= now,
        )
        .order_by(BayState.bay_id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for state in silent:
        state.unknown_at = now
        journal.record(session, "bay.unknown", state.bay_id, at=now, silent_since=state.silent_at)
    session.flush()
    return len(silent)
