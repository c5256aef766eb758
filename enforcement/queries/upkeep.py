"""What waits, and what came of things lately, in all authorities: numbers only."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

DUE = text("SELECT work, count(*), min(since) FROM openpatrol_due(:now) GROUP BY work")


def due_work(session: Session, now: datetime) -> dict[str, float]:
    """By kind, for how many seconds the oldest piece of due work has waited, in any authority."""
    rows = session.execute(DUE, {"now": now})
    return {work: max((now - since).total_seconds(), 0.0) if since else 0.0 for work, _, since in rows}


LATELY = text("SELECT measure, became, amount FROM openpatrol_lately(:since)")


def lately(session: Session, since: datetime) -> dict[tuple[str, str], float]:
    """By measure and what it became, in all authorities: offers, messages and plans since then, in numbers;
    and `plan_seconds`, the longest that any authority's last plan took; `walks_estimated`, how many had to
    estimate walks in their last one."""
    rows = session.execute(LATELY, {"since": since})
    return {(measure, became): amount or 0.0 for measure, became, amount in rows}
