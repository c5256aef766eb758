"""The stays of bays, kept in step with their readings: one lock a bay, in bay order, then read and fold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from ..adapters import arrays
from ..domain.readings import Assertion
from ..domain.stays import Stay, Tail, fold
from .ledger import BayNow, Ledger
from .refolding import Known, refold

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Remapped(Exception):
    """A sensor was mapped to another bay while its readings were on their way in: take them again."""


@dataclass(slots=True)
class News:
    """What came in about a bay. `remapped` is the count at which its sensors were looked up; `silent_at` is
    when they would count as silent, by what they said."""

    remapped: int
    said: list[Assertion] = field(default_factory=list)
    silent_at: datetime = LONG_AGO


def fold_bays(session: Session, news: Mapping[UUID, News], now: datetime, debounce: timedelta) -> None:
    """Fold new reports, by bay, into the stays recorded there.

    A report that is newer than all that was folded goes on from where the fold stands; any other refolds
    the bay from the last stay that it can't have touched. Raises Remapped where a mapping is out of date.
    """
    bays = lock_bays(session, news)
    if any(bay.remapped != news[bay.id].remapped for bay in bays):
        raise Remapped
    latest = _stays(session, [bay.stay_id for bay in bays if bay.stay_id])
    ledger = Ledger(session, now)
    for bay in bays:
        new = news[bay.id]
        ledger.heard(bay, max(bay.silent_at or LONG_AGO, new.silent_at))
        if new.said:
            first = min(said.at for said in new.said)
            if bay.at is None or first > bay.at:
                _go_on(ledger, bay, latest.get(bay.stay_id) if bay.stay_id else None, new.said, debounce)
            else:
                _again(ledger, bay, first, debounce)
    ledger.write(bays)


def refold_bays(
    session: Session,
    since: Mapping[UUID, datetime],
    silent_at: Mapping[UUID, datetime | None],
    now: datetime,
    debounce: timedelta,
) -> None:
    """Fold bays again, by bay from a time on, after readings came to them or left them.

    `silent_at` is when each bay's sensors count as silent from now on, None where it has nothing to say.
    """
    bays = lock_bays(session, silent_at)
    ledger = Ledger(session, now)
    for bay in bays:
        ledger.heard(bay, silent_at[bay.id])
        if bay.id in since:
            _again(ledger, bay, since[bay.id], debounce)
    ledger.write(bays)
    session.expire_all()


LOCK = """
    SELECT bay_id, state, at, last_free_at, stay_id, silent_at, unknown_at, remapped FROM bay_state
    WHERE authority_id = %(authority_id)s AND bay_id = ANY(%(bays)s::uuid[])
    ORDER BY bay_id FOR UPDATE
"""


def lock_bays(session: Session, bays: Collection[UUID]) -> list[BayNow]:
    """The states of these bays, held until the transaction ends, in bay order."""
    where = {"authority_id": session.info["authority_id"], "bays": arrays.uuids(bays)}
    return [BayNow(*row) for row in session.connection().exec_driver_sql(LOCK, where).all()]


STAYS = """
    SELECT id, bay_id, arrived_at, arrived_after, counted_from, claimed_since, departed_at, possible_swap
    FROM stays WHERE authority_id = %(authority_id)s AND id = ANY(%(ids)s::uuid[])
"""


def _stays(session: Session, ids: Sequence[UUID]) -> dict[UUID, Known]:
    if not ids:
        return {}
    where = {"authority_id": session.info["authority_id"], "ids": arrays.uuids(ids)}
    rows = session.connection().exec_driver_sql(STAYS, where)
    return {id_: Known(id_, bay_id, Stay(*facts)) for id_, bay_id, *facts in rows.all()}


def _go_on(
    ledger: Ledger, bay: BayNow, last: Known | None, new: Sequence[Assertion], debounce: timedelta
) -> None:
    """Go on from where the fold stands: the last stay stays the same one, and others come after it."""
    folded, after = fold(new, debounce, Tail(last.stay if last else None, bay.last_free_at))
    known = {last.id: last} if last else {}
    ids: list[UUID | None] = [last.id if last else None, *[None] * len(folded)]
    last_id = ledger.settle(bay.id, known, list(zip(ids, folded, strict=False)))
    bay.stands(max(said.at for said in new), after, last_id)


def _again(ledger: Ledger, bay: BayNow, earliest: datetime, debounce: timedelta) -> None:
    told = refold(ledger.session, bay.id, earliest, debounce)
    for id_ in told.superseded:
        ledger.supersede(told.known[id_])
    last_id = ledger.settle(bay.id, told.known, told.pairs)
    bay.stands(told.at, told.tail, last_id)
