"""What a fold changed in the recorded stays, written in a few statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import BayState, StayRow
from ..domain.stays import Stay
from .refolding import stay_of


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

    def settle(
        self, bay_id: UUID, rows: Mapping[UUID, StayRow], pairs: Sequence[tuple[UUID | None, Stay]]
    ) -> UUID | None:
        """Record a bay's stays, each as the one that it carries on or as a new one; the id of the last."""
        last = None
        for known_id, stay in pairs:
            last = known_id or uuid7()
            if known_id is None:
                self._add(last, bay_id, stay)
            elif rows[known_id].superseded_at or stay_of(rows[known_id]) != stay:
                self._change(rows[known_id], stay)
        return last

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
        self.changed.append(
            {"authority_id": row.authority_id, "id": row.id, "superseded_at": None} | self._facts(stay)
        )
        if stay.departed_at and not row.departed_at:
            self._tell("stay.ended", row.id, row.bay_id, at=stay.departed_at)
        else:
            self._tell("stay.changed", row.id, row.bay_id, at=stay.counted_from)

    def supersede(self, row: StayRow) -> None:
        """No report bears this stay out any more. It is kept, and the sweep sees to its task."""
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
