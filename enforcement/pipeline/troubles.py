"""Trouble with what runs by itself: messages, plans, jobs. Told once each time, and put away by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Watch
from ..domain import troubles
from ..domain.safety import AlertKind
from ..domain.troubles import LATE, LOOK_EVERY, Messages, Plans
from . import alerts, networks
from .rules import Rules

Found = tuple[bool, Mapping[str, Any]]  # is it in trouble, and what the alert says of it


def look(session: Session, rules: Rules, now: datetime) -> int:
    """Look whether all that runs by itself does run; how much has changed. One worker at a time, every 20 s."""
    watch = _due(session, now)
    if watch is None:
        return 0
    fresh = _note_standstill(session, watch, now)
    watch.looked_at, watch.look_at = now, now + LOOK_EVERY
    return 0 if fresh else _look(session, rules, watch, now)


def _look(session: Session, rules: Rules, watch: Watch, now: datetime) -> int:
    changed = networks.look(session, rules, watch.since or now, now)
    found = {
        AlertKind.PUSH_TROUBLE: _push(session, AlertKind.PUSH_TROUBLE.value in watch.troubles, now),
        AlertKind.PLANNER_TROUBLE: _planner(session, now),
        AlertKind.JOBS_STAND: _jobs(session),
    }
    changed += sum(_tell(session, watch, kind, *what, now) for kind, what in found.items())
    watch.troubles = [kind.value for kind, (troubled, _) in found.items() if troubled]
    return changed


def _due(session: Session, now: datetime) -> Watch | None:
    ours = session.info["authority_id"]
    session.execute(insert(Watch).values(authority_id=ours).on_conflict_do_nothing())
    watch = session.get(Watch, ours, with_for_update={"skip_locked": True}, populate_existing=True)
    return watch if watch and (watch.look_at is None or watch.look_at <= now) else None


def _note_standstill(session: Session, watch: Watch, now: datetime) -> bool:
    """Nobody was there to raise an alarm while no worker worked; that none did is on record. True if it is only now
    that one works again: what was left lying is about to be done.
    """
    stood = now - watch.looked_at if watch.looked_at else None
    if not troubles.nobody_works(stood):
        return False
    watch.since = now
    if stood:
        seconds = int(stood.total_seconds())
        journal.record(session, "work.resumed", watch.authority_id, at=now, stood_seconds=seconds)
    return True


def _tell(
    session: Session, watch: Watch, kind: AlertKind, troubled: bool, facts: Mapping[str, Any], now: datetime
) -> bool:
    """Only when it begins and when it is over: what a supervisor has put away meanwhile stays so."""
    if troubled == (kind.value in watch.troubles):
        return False
    if troubled:
        alerts.raise_alert(session, kind, "authority", watch.authority_id, now, facts=facts)
    else:
        alerts.clear(session, kind, watch.authority_id, now, resolve=True)
    return True


# Of each message the last minutes' answers: taken (in time or late), or not yet.
MESSAGES = text("""
    SELECT count(*) AS all,
           count(*) FILTER (WHERE CASE WHEN told.taken THEN n.sent_at - n.queued_at > :late ELSE told.failing END)
             AS troubled
    FROM (
        SELECT subject_id, bool_or(kind = 'notification.sent') AS taken,
               bool_or(facts ->> 'result' IN ('retry', 'misconfigured')) AS failing
        FROM journal
        WHERE authority_id = :authority_id AND subject = 'notification' AND at > :since
          AND kind IN ('notification.sent', 'notification.queued', 'notification.failed')
        GROUP BY subject_id
    ) told
    JOIN notifications n ON n.authority_id = :authority_id AND n.id = told.subject_id
""")


def _push(session: Session, was: bool, now: datetime) -> Found:
    since = now - troubles.PUSH_WITHIN
    row = session.execute(MESSAGES, {**_ours(session), "since": since, "late": LATE}).one()
    facts = {"messages": row.all, "troubled": row.troubled}
    return troubles.push_in_trouble(Messages(row.all, row.troubled), was), facts


PLANS = text("""
    SELECT CASE WHEN p.wanted > p.planned THEN p.wanted_at ELSE p.next_at END AS due_at,
           p.fault IS NOT NULL AS faulty,
           (SELECT count(*) FROM tasks t WHERE t.authority_id = :authority_id AND t.state = 'waiting'
              AND t.may_have_left_at IS NULL AND (t.not_before IS NULL OR t.not_before <= :now)) AS tasks,
           (SELECT count(*) FROM shifts s WHERE s.authority_id = :authority_id AND s.state = 'available'
              AND s.ended_at IS NULL AND NOT EXISTS (
                SELECT FROM assignments a WHERE a.authority_id = :authority_id AND a.shift_id = s.id
                  AND a.state <> 'ended' AND NOT a.beside)) AS free,
           (SELECT count(*) FROM journal j WHERE j.authority_id = :authority_id AND j.subject = 'plan'
              AND j.kind = 'plan.nearest-first' AND j.at > :since) AS fallbacks
    FROM planning p WHERE p.authority_id = :authority_id
""")


def _planner(session: Session, now: datetime) -> Found:
    since = now - troubles.FALLBACKS_WITHIN
    row = session.execute(PLANS, {**_ours(session), "now": now, "since": since}).one()
    due_for = now - row.due_at if row.due_at else timedelta()
    plans = Plans(due_for, row.tasks, row.free, row.fallbacks, row.faulty)
    facts = {"tasks": row.tasks, "officers": row.free, "overdue": troubles.plan_overdue(plans)}
    return troubles.planner_in_trouble(plans), facts


# The queue keeps the database's own time. A job that was tried is with somebody.
JOBS = text("""
    SELECT now() - min(greatest(e.at, j.scheduled_at))
    FROM procrastinate_jobs j
    JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
    WHERE j.status = 'todo' AND j.attempts = 0 AND coalesce(j.scheduled_at, now()) <= now()
      AND j.args ->> 'authority_id' = :authority
""")


def _jobs(session: Session) -> Found:
    oldest = session.scalar(JOBS, {"authority": str(session.info["authority_id"])}) or timedelta()
    return troubles.jobs_stand(oldest), {"seconds": int(oldest.total_seconds())}


def _ours(session: Session) -> dict[str, Any]:
    return {"authority_id": session.info["authority_id"]}
