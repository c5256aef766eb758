"""What two people may change at once has a `version`: who comes second is told, and overwrites nothing."""

from sqlalchemy.orm import Session

from ..domain.refusals import Stale
from .tables import Bay, BriefingNote, Patrol, Person, Shift, SuspensionRow

Versioned = Bay | BriefingNote | Patrol | Person | Shift | SuspensionRow


def check(row: Versioned, seen: int | None) -> None:
    """Raises Stale unless the row is still as it was `seen`; None: whatever it is."""
    if seen not in (None, row.version):
        raise Stale(
            "Somebody changed this meanwhile. Look at it as it is now, then change it.", version=row.version
        )


def next_version(row: Versioned, seen: int | None = None) -> None:
    """One more change of a row that is held. Raises Stale as `check`."""
    check(row, seen)
    row.version += 1


def hold(session: Session, row: Versioned, seen: int | None = None) -> None:
    """Until the transaction ends nobody else changes the row, which is read anew; then as `next_version`. What
    refers to it can still be written."""
    session.refresh(row, with_for_update={"key_share": True})
    next_version(row, seen)
