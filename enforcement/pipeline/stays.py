"""The stays of bays, kept in step with their readings: one lock a bay, in bay order, then read and fold."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..adapters.tables import BayState, StayRow
from ..domain.readings import Assertion
from ..domain.stays import Stay, Tail, fold
from .ledger import Ledger
from .refolding import refold, stay_of

Reports = Mapping[UUID, Sequence[Assertion]]


class Remapped(Exception):
    """A sensor was mapped to another bay while its readings were on their way in: take them again."""


def fold_bays(
    session: Session,
    reports: Reports,
    silent_at: Mapping[UUID, datetime],
    remapped: Mapping[UUID, int],
    now: datetime,
    debounce: timedelta,
) -> None:
    """Fold new reports, by bay, into the stays recorded there.

    A report that is newer than all that was folded goes on from where the fold stands; any other refolds
    the bay from the last stay that it can't have touched. `remapped` is the count at which each bay's
    sensors were looked up. Raises Remapped where it is out of date.
    """
    states = lock_bays(session, reports)
    if any(state.remapped != remapped[bay_id] for bay_id, state in states.items()):
        raise Remapped
    latest = _stays(session, [state.stay_id for state in states.values() if state.stay_id])
    ledger = Ledger(session, now)
    changes = []
    for bay_id, state in states.items():
        new = reports[bay_id]
        heard = ledger.heard(state, _later(state.silent_at, silent_at.get(bay_id)))
        if not new:
            moved = {}
        elif state.at is None or min(a.at for a in new) > state.at:
            last = latest.get(state.stay_id) if state.stay_id else None
            moved = _go_on(ledger, state, last, new, debounce)
        else:
            moved = _again(ledger, bay_id, min(a.at for a in new), debounce)
        changes.append(heard | moved)
    ledger.write()
    if changes:
        session.execute(update(BayState), changes)


def refold_bays(
    session: Session,
    since: Mapping[UUID, datetime],
    silent_at: Mapping[UUID, datetime | None],
    now: datetime,
    debounce: timedelta,
) -> None:
    """Fold bays again, by bay from a time on, after readings came to them or left them.

    The bays' states are locked by the caller. `silent_at` is when each bay's sensors count as silent from
    now on, None where it has nothing to say.
    """
    states = lock_bays(session, silent_at)
    ledger = Ledger(session, now)
    changes = [
        ledger.heard(state, silent_at[bay_id])
        | (_again(ledger, bay_id, since[bay_id], debounce) if bay_id in since else {})
        for bay_id, state in states.items()
    ]
    ledger.write()
    if changes:
        session.execute(update(BayState), changes)


def lock_bays(session: Session, bays: Collection[UUID]) -> dict[UUID, BayState]:
    """The states of these bays, held until the transaction ends, in bay order."""
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
        select(StayRow)
        .where(StayRow.authority_id == session.info["authority_id"], StayRow.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)


def _go_on(
    ledger: Ledger, state: BayState, last: StayRow | None, new: Sequence[Assertion], debounce: timedelta
) -> dict[str, Any]:
    """Go on from where the fold stands: the last stay stays the same one, and others come after it."""
    folded, after = fold(new, debounce, Tail(stay_of(last) if last else None, state.last_free_at))
    ids = ([last.id] if last else []) + [None] * len(folded)
    rows = {last.id: last} if last else {}
    last_id = ledger.settle(state.bay_id, rows, list(zip(ids, folded, strict=False)))
    return _moved(max(a.at for a in new), after, last_id)


def _again(ledger: Ledger, bay_id: UUID, earliest: datetime, debounce: timedelta) -> dict[str, Any]:
    told = refold(ledger.session, bay_id, earliest, debounce)
    for id_ in told.superseded:
        ledger.supersede(told.rows[id_])
    last_id = ledger.settle(bay_id, told.rows, told.pairs)
    return _moved(told.at, told.tail, last_id)


def _moved(at: datetime | None, after: Tail, last_id: UUID | None) -> dict[str, Any]:
    return {
        "at": at,
        "state": _state(at, after.stay),
        "last_free_at": after.last_free_at,
        "stay_id": last_id,
    }


def _state(at: datetime | None, last: Stay | None) -> str | None:
    if at is None:
        return None
    return "occupied" if last is not None and last.departed_at is None else "free"
