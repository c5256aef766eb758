"""Folding a bay again, when a report comes late or moves to another bay: what was recorded, and what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ..adapters.tables import ReadingRow, StayRow
from ..domain.readings import Assertion, State
from ..domain.stays import NOTHING_YET, Hold, Recorded, Stay, Tail, fold, reconcile
from ..domain.tasks import FINAL_STATES


@dataclass(frozen=True, slots=True)
class Known:
    """A stay as it is recorded."""

    id: UUID
    bay_id: UUID
    stay: Stay
    standing: bool = True


@dataclass(frozen=True, slots=True)
class Refolded:
    """A part of a bay's history, told anew: the recorded stays that carry on, and those that don't.

    `at` is the latest report of the bay that counts, None if there is none.
    """

    known: dict[UUID, Known]
    pairs: list[tuple[UUID | None, Stay]]
    superseded: list[UUID]
    tail: Tail
    at: datetime | None


def refold(session: Session, bay_id: UUID, earliest: datetime, debounce: timedelta) -> Refolded:
    """Fold a bay again from the last stay that ended, debounce time included, before `earliest`.

    The bay's state is locked by the caller. The stays are held from here on, so that one which gets its task
    at this moment is seen with it.
    """
    anchor = _anchor(session, bay_id, earliest - debounce)
    tail = Tail(_stay(anchor), anchor.departed_at) if anchor else NOTHING_YET
    assertions = _reports(session, bay_id, tail.last_free_at)
    folded, after = fold(assertions, debounce, tail)
    rows = _touched(session, bay_id, anchor)
    holds = _holds(session, list(rows))
    recorded = [
        _recorded(row, holds.get(row.id))
        for row in rows.values()
        if row is not anchor and (row.id in holds or not row.superseded_at)
    ]
    as_before: list[tuple[UUID | None, Stay]] = [(anchor.id, folded[0])] if anchor else []
    pairs, superseded = reconcile(recorded, folded[len(as_before) :])
    at = max((a.at for a in assertions), default=tail.last_free_at)
    known = {id_: _known(row) for id_, row in rows.items()}
    return Refolded(known, as_before + pairs, superseded, after, at)


def _known(row: StayRow) -> Known:
    return Known(row.id, row.bay_id, _stay(row), row.superseded_at is None)


def _stay(row: StayRow) -> Stay:
    return Stay(
        row.arrived_at,
        row.arrived_after,
        row.counted_from,
        row.claimed_since,
        row.departed_at,
        row.possible_swap,
    )


def _anchor(session: Session, bay_id: UUID, before: datetime) -> StayRow | None:
    return session.scalars(
        select(StayRow)
        .where(
            StayRow.authority_id == session.info["authority_id"],
            StayRow.bay_id == bay_id,
            StayRow.superseded_at.is_(None),
            StayRow.departed_at < before,
        )
        .order_by(StayRow.arrived_at.desc())
        .limit(1)
    ).first()


def _reports(session: Session, bay_id: UUID, after: datetime | None) -> list[Assertion]:
    reports = select(ReadingRow.event_at, ReadingRow.state, ReadingRow.since).where(
        ReadingRow.authority_id == session.info["authority_id"],
        ReadingRow.bay_id == bay_id,
        ReadingRow.folded,
    )
    if after:
        reports = reports.where(ReadingRow.event_at > after)
    return [Assertion(at, State(state), since) for at, state, since in session.execute(reports)]


def _touched(session: Session, bay_id: UUID, anchor: StayRow | None) -> dict[UUID, StayRow]:
    """The stays from the anchor on; the superseded ones too, for a case may hang on them."""
    touched = select(StayRow).where(
        StayRow.authority_id == session.info["authority_id"], StayRow.bay_id == bay_id
    )
    if anchor:
        touched = touched.where(StayRow.arrived_at >= anchor.arrived_at)
    held = touched.order_by(StayRow.id).with_for_update().execution_options(populate_existing=True)
    return {row.id: row for row in session.scalars(held)}


HOLDS = text("""
    SELECT t.stay_id, t.state, t.outcome, t.overstay_from,
           (SELECT max(least(s.recorded_at, s.received_at)) FROM sightings s
            WHERE s.authority_id = t.authority_id AND s.task_id = t.id) AS seen_at
    FROM tasks t
    WHERE t.authority_id = :authority_id AND t.stay_id = ANY(:stays)
    ORDER BY t.overstay_from
""")


def _holds(session: Session, stays: Sequence[UUID]) -> dict[UUID, tuple[Hold, datetime | None]]:
    """What hangs on these stays, the strongest and latest of each; stays without a task are left out."""
    tasks = session.execute(HOLDS, {"authority_id": session.info["authority_id"], "stays": stays})
    holds: dict[UUID, tuple[Hold, datetime | None]] = {}
    for task in tasks if stays else ():
        hold = _hold(task)
        if task.stay_id not in holds or hold[0] >= holds[task.stay_id][0]:
            holds[task.stay_id] = hold
    return holds


def _hold(task: Any) -> tuple[Hold, datetime | None]:
    if task.seen_at or task.outcome:
        return Hold.SEEN, task.seen_at or task.overstay_from
    if task.state in FINAL_STATES:
        return Hold.ENDED, task.overstay_from
    return Hold.OPEN, None


def _recorded(row: StayRow, hold: tuple[Hold, datetime | None] | None) -> Recorded:
    what, there_at = hold or (Hold.NONE, row.arrived_at)
    return Recorded(row.id, _stay(row), what, there_at, row.superseded_at is None)
