"""The stays of bays, kept in step with their readings: one lock a bay, in bay order, then read and fold."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import BayState, ReadingRow, StayRow, Task
from ..domain.readings import Assertion, State
from ..domain.stays import NOTHING_YET, Recorded, Stay, Tail, fold, reconcile

Reports = Mapping[UUID, Sequence[Assertion]]


def fold_bays(
    session: Session,
    reports: Reports,
    silent_at: Mapping[UUID, datetime],
    now: datetime,
    debounce: timedelta,
) -> None:
    """Fold new reports, by bay, into the stays recorded there.

    A report that is newer than all that was folded goes on from where the fold stands; any other
    refolds the bay from the last stay that it can't have touched.
    """
    states = _locked(session, reports)
    latest = _stays(session, [state.stay_id for state in states.values() if state.stay_id])
    ledger = Ledger(session, now)
    changes = []
    for bay_id, state in states.items():
        new = reports[bay_id]
        if not new:
            changes.append(ledger.heard(state, silent_at.get(bay_id)))
            continue
        if state.at is None or min(a.at for a in new) > state.at:
            last = latest.get(state.stay_id) if state.stay_id else None
            tail = Tail(_stay(last) if last else None, state.last_free_at)
            recorded = [last] if last else []
            folded, after = fold(new, debounce, tail)
        else:
            recorded, folded, after = _refold(session, bay_id, min(a.at for a in new), debounce)
        last_id = ledger.settle(bay_id, recorded, folded)
        changes.append(ledger.heard(state, silent_at.get(bay_id)) | _moved(state, new, after, last_id))
    ledger.write()
    if changes:
        session.execute(update(BayState), changes)


def _locked(session: Session, bays: Reports) -> dict[UUID, BayState]:
    rows = session.scalars(
        select(BayState)
        .where(BayState.authority_id == session.info["authority_id"], BayState.bay_id.in_(bays))
        .order_by(BayState.bay_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.bay_id: row for row in rows}


def _stays(session: Session, ids: Sequence[UUID]) -> dict[UUID, StayRow]:
    if not ids:
        return {}
    rows = session.scalars(
        select(StayRow).where(StayRow.authority_id == session.info["authority_id"], StayRow.id.in_(ids))
    )
    return {row.id: row for row in rows}


def _stay(row: StayRow) -> Stay:
    return Stay(
        row.arrived_at,
        row.arrived_after,
        row.counted_from,
        row.claimed_since,
        row.departed_at,
        row.possible_swap,
    )


def _refold(
    session: Session, bay_id: UUID, earliest: datetime, debounce: timedelta
) -> tuple[list[StayRow], list[Stay], Tail]:
    """Fold a bay again from the last stay that ended, debounce time included, before `earliest`."""
    here = (StayRow.authority_id == session.info["authority_id"], StayRow.bay_id == bay_id)
    anchor = session.scalars(
        select(StayRow)
        .where(*here, StayRow.superseded_at.is_(None), StayRow.departed_at < earliest - debounce)
        .order_by(StayRow.departed_at.desc())
        .limit(1)
    ).first()
    touched = select(StayRow).where(*here, StayRow.superseded_at.is_(None)).order_by(StayRow.arrived_at)
    reports = select(ReadingRow.event_at, ReadingRow.state, ReadingRow.since).where(
        ReadingRow.authority_id == session.info["authority_id"],
        ReadingRow.bay_id == bay_id,
        ReadingRow.folded,
    )
    tail = NOTHING_YET
    if anchor and anchor.departed_at:
        touched = touched.where(StayRow.arrived_at >= anchor.arrived_at)
        reports = reports.where(ReadingRow.event_at > anchor.departed_at)
        tail = Tail(_stay(anchor), anchor.departed_at)
    assertions = [Assertion(at, State(state), since) for at, state, since in session.execute(reports)]
    folded, after = fold(assertions, debounce, tail)
    # Held from here on, so that a stay which gets its task at this moment is seen with it.
    return list(session.scalars(touched.with_for_update())), folded, after


def _moved(state: BayState, new: Sequence[Assertion], after: Tail, last_id: UUID | None) -> dict[str, Any]:
    occupied = after.stay is not None and after.stay.departed_at is None
    return {
        "at": max([a.at for a in new] + ([state.at] if state.at else [])),
        "state": "occupied" if occupied else "free",
        "last_free_at": after.last_free_at,
        "stay_id": last_id,
    }


class Ledger:
    """Collects what a fold changed in the recorded stays, and writes it in a few statements."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.added: list[dict[str, Any]] = []
        self.changed: list[dict[str, Any]] = []
        self.superseded: list[dict[str, Any]] = []
        self.known_again: list[UUID] = []
        self.entries: list[journal.Entry] = []

    def heard(self, state: BayState, silent_at: datetime | None) -> dict[str, Any]:
        """When the bay's sensor will count as silent; a bay that was unknown is so no more, if that is to come."""
        silent_at = max(filter(None, (state.silent_at, silent_at)), default=None)
        was_silent = state.unknown_at or (state.silent_at and state.silent_at <= self.now)
        heard = silent_at is None or silent_at > self.now
        if was_silent and heard:
            self.known_again.append(state.bay_id)
            if state.unknown_at:
                self.entries.append(journal.Entry("bay.known", "bay", state.bay_id, self.now, {}))
        return {
            "authority_id": state.authority_id,
            "bay_id": state.bay_id,
            "silent_at": silent_at,
            "unknown_at": None if heard else state.unknown_at,
        }

    def settle(self, bay_id: UUID, recorded: Sequence[StayRow], folded: Sequence[Stay]) -> UUID | None:
        """Match what was recorded of a bay with what was folded; the id of its last stay."""
        cases = self._cases(recorded) if len(recorded) > 1 or len(folded) != 1 else set()
        rows = {row.id: row for row in recorded}
        known = [Recorded(row.id, _stay(row), row.id in cases) for row in recorded]
        pairs, gone = reconcile(known, folded)
        for id_ in gone:
            self._supersede(rows[id_])
        last = None
        for known_id, stay in pairs:
            last = known_id or uuid7()
            if known_id is None:
                self._add(last, bay_id, stay)
            elif _stay(rows[known_id]) != stay:
                self._change(rows[known_id], stay)
        return last

    def _cases(self, recorded: Sequence[StayRow]) -> set[UUID]:
        ids = [row.id for row in recorded]
        if not ids:
            return set()
        of_us = Task.authority_id == self.session.info["authority_id"]
        return {
            id_
            for id_ in self.session.scalars(select(Task.stay_id).where(of_us, Task.stay_id.in_(ids)))
            if id_
        }

    def _facts(self, stay: Stay) -> dict[str, Any]:
        return {
            "arrived_at": stay.arrived_at,
            "arrived_after": stay.arrived_after,
            "counted_from": stay.counted_from,
            "claimed_since": stay.claimed_since,
            "departed_at": stay.departed_at,
            "possible_swap": stay.possible_swap,
            "check_at": self.now,
        }

    def _add(self, id_: UUID, bay_id: UUID, stay: Stay) -> None:
        key = {"authority_id": self.session.info["authority_id"], "id": id_, "bay_id": bay_id}
        self.added.append(key | self._facts(stay))
        self._tell("stay.began", id_, bay_id, at=stay.arrived_at)
        if stay.departed_at:
            self._tell("stay.ended", id_, bay_id, at=stay.departed_at)

    def _change(self, row: StayRow, stay: Stay) -> None:
        self.changed.append({"authority_id": row.authority_id, "id": row.id} | self._facts(stay))
        if stay.departed_at and not row.departed_at:
            self._tell("stay.ended", row.id, row.bay_id, at=stay.departed_at)
        else:
            self._tell("stay.changed", row.id, row.bay_id, at=stay.counted_from)

    def _supersede(self, row: StayRow) -> None:
        key = {"authority_id": row.authority_id, "id": row.id}
        self.superseded.append(key | {"superseded_at": self.now, "check_at": self.now})
        self._tell("stay.superseded", row.id, row.bay_id, at=row.arrived_at)

    def _tell(self, kind: str, id_: UUID, bay_id: UUID, *, at: datetime) -> None:
        facts = {"bay_id": bay_id, "event_at": at}
        self.entries.append(journal.Entry(kind, "stay", id_, self.now, facts))

    def write(self) -> None:
        """What ends is written first: a bay has one open stay at the most, at every moment."""
        self.changed.sort(key=lambda row: (row["departed_at"] is None, row["id"]))
        for rows in (self.superseded, self.changed):
            if rows:
                self.session.execute(update(StayRow), rows)
        if self.added:
            self.session.execute(insert(StayRow), self.added)
        if self.known_again:
            self._look_again()
        journal.record_all(self.session, self.entries)

    def _look_again(self) -> None:
        """While their bays were unknown, nobody was sent to the cars in them."""
        self.session.execute(
            update(StayRow)
            .where(
                StayRow.authority_id == self.session.info["authority_id"],
                StayRow.bay_id.in_(self.known_again),
                StayRow.departed_at.is_(None),
                StayRow.superseded_at.is_(None),
            )
            .values(check_at=self.now)
        )
