"""What a fold changed in the recorded stays and the state of their bays, written in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters import arrays
from ..domain.stays import Stay, Tail
from .refolding import Known


@dataclass(slots=True)
class BayNow:
    """The state of a bay, held (see `tables.BayState`)."""

    id: UUID
    state: str | None
    at: datetime | None
    last_free_at: datetime | None
    stay_id: UUID | None
    silent_at: datetime | None
    unknown_at: datetime | None
    remapped: int

    def stands(self, at: datetime | None, after: Tail, stay_id: UUID | None) -> None:
        """Where a fold has left the bay; `at` is its latest report, None if there is none."""
        here = after.stay is not None and after.stay.departed_at is None
        self.state = None if at is None else "occupied" if here else "free"
        self.at, self.last_free_at, self.stay_id = at, after.last_free_at, stay_id


class Ledger:
    """Collects what a fold changed, and writes it in a few statements."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.added: list[tuple[UUID, UUID, Stay]] = []
        self.changed: list[tuple[UUID, Stay]] = []
        self.superseded: list[UUID] = []
        self.known_again: list[UUID] = []
        self.entries: list[journal.Entry] = []

    def heard(self, bay: BayNow, silent_at: datetime | None) -> None:
        """When the bay's sensor will count as silent; a bay that was unknown is so no more, if that is to come."""
        was_silent = bay.unknown_at or (bay.silent_at and bay.silent_at <= self.now)
        heard = silent_at is None or silent_at > self.now
        if was_silent and heard:
            self.known_again.append(bay.id)
            if bay.unknown_at:
                self.entries.append(journal.Entry("bay.known", "bay", bay.id, self.now, {}))
        bay.silent_at = silent_at
        bay.unknown_at = None if heard else bay.unknown_at

    def settle(
        self, bay_id: UUID, known: Mapping[UUID, Known], pairs: Sequence[tuple[UUID | None, Stay]]
    ) -> UUID | None:
        """Record a bay's stays, each as the one that it carries on or as a new one; the id of the last."""
        last = None
        for id_, stay in pairs:
            last = id_ or uuid7()
            if id_ is None:
                self._add(last, bay_id, stay)
            elif not known[id_].standing or known[id_].stay != stay:
                self._change(known[id_], stay)
        return last

    def _add(self, id_: UUID, bay_id: UUID, stay: Stay) -> None:
        self.added.append((id_, bay_id, stay))
        self._tell("stay.began", id_, bay_id, at=stay.arrived_at)
        if stay.departed_at:
            self._tell("stay.ended", id_, bay_id, at=stay.departed_at)

    def _change(self, known: Known, stay: Stay) -> None:
        self.changed.append((known.id, stay))
        if stay.departed_at and not known.stay.departed_at:
            self._tell("stay.ended", known.id, known.bay_id, at=stay.departed_at)
        else:
            self._tell("stay.changed", known.id, known.bay_id, at=stay.counted_from)

    def supersede(self, known: Known) -> None:
        """No report bears this stay out any more. It is kept, and the sweep sees to its task."""
        self.superseded.append(known.id)
        self._tell("stay.superseded", known.id, known.bay_id, at=known.stay.arrived_at)

    def _tell(self, kind: str, id_: UUID, bay_id: UUID, *, at: datetime) -> None:
        facts = {"bay_id": bay_id, "event_at": at}
        self.entries.append(journal.Entry(kind, "stay", id_, self.now, facts))

    def write(self, bays: Sequence[BayNow]) -> None:
        """What ends is written first: a bay has one open stay at the most, at every moment."""
        ended = [(id_, stay) for id_, stay in self.changed if stay.departed_at]
        going_on = [(id_, stay) for id_, stay in self.changed if not stay.departed_at]
        if self.superseded:
            self._execute(SUPERSEDE, ids=arrays.uuids(self.superseded))
        for changed in (ended, going_on):
            if changed:
                ids = arrays.uuids([id_ for id_, _ in changed])
                self._execute(CHANGE, ids=ids, **_columns([stay for _, stay in changed]))
        if self.added:
            ids = arrays.uuids([id_ for id_, _, _ in self.added])
            homes = arrays.uuids([bay_id for _, bay_id, _ in self.added])
            self._execute(ADD, ids=ids, bay_ids=homes, **_columns([stay for _, _, stay in self.added]))
        if self.known_again:
            self._execute(LOOK_AGAIN, ids=arrays.uuids(self.known_again))
        if bays:
            self._execute(STANDS, **_states(bays))
        journal.record_all(self.session, self.entries)

    def _execute(self, statement: str, **columns: str) -> None:
        common: dict[str, Any] = {"authority_id": self.session.info["authority_id"], "now": self.now}
        self.session.connection().exec_driver_sql(statement, common | columns)


def _columns(stays: Sequence[Stay]) -> dict[str, str]:
    return {
        "arrived_at": arrays.times([stay.arrived_at for stay in stays]),
        "arrived_after": arrays.times([stay.arrived_after for stay in stays]),
        "counted_from": arrays.times([stay.counted_from for stay in stays]),
        "claimed_since": arrays.times([stay.claimed_since for stay in stays]),
        "departed_at": arrays.times([stay.departed_at for stay in stays]),
        "possible_swap": arrays.flags([stay.possible_swap for stay in stays]),
    }


def _states(bays: Sequence[BayNow]) -> dict[str, str]:
    return {
        "ids": arrays.uuids([bay.id for bay in bays]),
        "state": arrays.texts([bay.state for bay in bays]),
        "at": arrays.times([bay.at for bay in bays]),
        "last_free_at": arrays.times([bay.last_free_at for bay in bays]),
        "stay_id": arrays.uuids([bay.stay_id for bay in bays]),
        "silent_at": arrays.times([bay.silent_at for bay in bays]),
        "unknown_at": arrays.times([bay.unknown_at for bay in bays]),
    }


FACTS = """
    %(arrived_at)s::timestamptz[], %(arrived_after)s::timestamptz[], %(counted_from)s::timestamptz[],
    %(claimed_since)s::timestamptz[], %(departed_at)s::timestamptz[], %(possible_swap)s::boolean[]
"""
SUPERSEDE = """
    UPDATE stays SET superseded_at = %(now)s, check_at = %(now)s
    WHERE authority_id = %(authority_id)s AND id = ANY(%(ids)s::uuid[])
"""
CHANGE = f"""
    UPDATE stays s
    SET arrived_at = c.arrived_at, arrived_after = c.arrived_after, counted_from = c.counted_from,
        claimed_since = c.claimed_since, departed_at = c.departed_at, possible_swap = c.possible_swap,
        superseded_at = NULL, check_at = %(now)s
    FROM unnest(%(ids)s::uuid[], {FACTS})
      AS c(id, arrived_at, arrived_after, counted_from, claimed_since, departed_at, possible_swap)
    WHERE s.authority_id = %(authority_id)s AND s.id = c.id
"""
ADD = f"""
    INSERT INTO stays (authority_id, check_at, id, bay_id, arrived_at, arrived_after, counted_from, claimed_since,
                       departed_at, possible_swap)
    SELECT %(authority_id)s, %(now)s, c.* FROM unnest(%(ids)s::uuid[], %(bay_ids)s::uuid[], {FACTS}) AS c
"""
# While their bays were unknown, nobody was sent to the cars in them.
LOOK_AGAIN = """
    UPDATE stays SET check_at = %(now)s
    WHERE authority_id = %(authority_id)s AND bay_id = ANY(%(ids)s::uuid[])
      AND departed_at IS NULL AND superseded_at IS NULL
"""
STANDS = """
    UPDATE bay_state b
    SET state = c.state, at = c.at, last_free_at = c.last_free_at, stay_id = c.stay_id,
        silent_at = c.silent_at, unknown_at = c.unknown_at
    FROM unnest(%(ids)s::uuid[], %(state)s::text[], %(at)s::timestamptz[], %(last_free_at)s::timestamptz[],
                %(stay_id)s::uuid[], %(silent_at)s::timestamptz[], %(unknown_at)s::timestamptz[])
      AS c(id, state, at, last_free_at, stay_id, silent_at, unknown_at)
    WHERE b.authority_id = %(authority_id)s AND b.bay_id = c.id
"""
