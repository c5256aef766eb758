"""Many bays are to allow something else, from one moment on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Bay, BayRestriction, BayState, RestrictionRow
from ..domain.refusals import Conflict
from ..queries.which_bays import STATE_OF_BAY, WhichBays, meant
from .differences import pieces
from .known import get
from .restrictions import put_all_in_force


@dataclass(frozen=True, slots=True)
class Affected:
    """How many bays would change, and how many allow just this already."""

    changed: int
    same: int


def affected(
    session: Session, which: WhichBays, restriction_id: UUID, since: datetime, now: datetime
) -> Affected:
    """What `restrict` would do. Raises NotFound."""
    get(session, RestrictionRow, restriction_id, "restriction")
    return _counted(_meant(session, which, restriction_id, since, now))


def restrict(
    session: Session,
    which: WhichBays,
    restriction_id: UUID,
    since: datetime,
    now: datetime,
    actor: str,
    *,
    expected: int,
    settle: Callable[[], object] = lambda: None,
) -> Affected:
    """From `since` on these bays allow this. Raises Conflict, and changes nothing, where another number than
    `expected` would change.

    `settle` is called after each piece. One that breaks off has done some of it: do it again for the rest.
    """
    row: RestrictionRow = get(session, RestrictionRow, restriction_id, "restriction")
    bays = _meant(session, which, restriction_id, since, now)
    counted = _counted(bays)
    if counted.changed != expected:
        raise Conflict(
            f"{counted.changed} bays would change by now, not {expected}. Look again, then do it.",
            bays=counted.changed,
        )
    facts: dict[str, Any] = {"bays": counted.changed, "restriction_id": row.id, "valid_from": since}
    journal.record(
        session, "authority.restricted", session.info["authority_id"], at=now, actor=actor, **facts
    )
    for piece in pieces([bay_id for bay_id, same in bays if not same]):
        put_all_in_force(session, piece, row.id, since, now, actor)
        settle()
    return counted


def _meant(
    session: Session, which: WhichBays, restriction_id: UUID, since: datetime, now: datetime
) -> list[tuple[UUID, bool]]:
    """Each bay, and whether it will allow this from then on without our doing."""
    for_good = exists().where(
        BayRestriction.authority_id == Bay.authority_id,
        BayRestriction.bay_id == Bay.id,
        BayRestriction.restriction_id == restriction_id,
        BayRestriction.valid_from <= since,
        BayRestriction.valid_to.is_(None),
    )
    rows = session.execute(
        select(Bay.id, for_good)
        .join(BayState, STATE_OF_BAY)
        .where(*meant(session, which, now))
        .order_by(Bay.id)
    )
    return [(bay_id, same) for bay_id, same in rows]


def _counted(bays: list[tuple[UUID, bool]]) -> Affected:
    same = sum(same for _, same in bays)
    return Affected(len(bays) - same, same)
