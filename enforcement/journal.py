"""The journal: append, and read on from a cursor.

A cursor is (epoch, xid8, id). Rows are read only below the oldest transaction still running, because an
id alone skips rows whose transaction commits late. A restored database has a new epoch: a reader who comes
with an older one has to load everything afresh.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from .adapters import arrays

DOORBELL = "openpatrol_journal"
BY = "by"
"""In a session's `info`: for whom it works. What is recorded without an actor of its own was done by them."""
BY_RADIO = "by_radio"
"""In a session's `info`: the supervisor who records for an officer. All that is recorded meanwhile says so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of state, as it is recorded. `facts` are ids, times, numbers and words of ours."""

    kind: str
    subject: str
    subject_id: UUID
    at: datetime
    facts: dict[str, Any]
    officer_id: UUID | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in the journal; as text `epoch.xid.id`."""

    epoch: UUID
    xid: int
    id: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.xid}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """The cursor that `text` stands for, or None if it is none of ours."""
        try:
            epoch, xid, id_ = text.split(".")
            cursor = cls(UUID(epoch), int(xid), int(id_))
        except ValueError:
            return None
        return cursor if 0 <= cursor.xid < 2**63 and 0 <= cursor.id < 2**63 else None


def record(
    session: Session,
    kind: str,
    subject_id: UUID,
    /,
    *,
    at: datetime,
    officer_id: UUID | None = None,
    actor: str | None = None,
    **facts: Any,
) -> None:
    """Append one change; `kind` names subject and change: `task.raised`, `stay.ended`."""
    subject = kind.partition(".")[0]
    record_all(session, [Entry(kind, subject, subject_id, at, facts, officer_id, actor)])


APPEND = """
    INSERT INTO journal (authority_id, at, kind, subject, subject_id, officer_id, actor, facts)
    SELECT %(authority_id)s, e.* FROM unnest(
        %(at)s::timestamptz[], %(kind)s::text[], %(subject)s::text[], %(subject_id)s::uuid[],
        %(officer_id)s::uuid[], %(actor)s::text[], %(facts)s::jsonb[]) AS e
"""


def record_all(session: Session, entries: Sequence[Entry]) -> None:
    """Append many changes in one statement."""
    radio = session.info.get(BY_RADIO)
    by = radio or session.info.get(BY)
    said = {"radio": True} if radio else {}
    if entries:
        session.flush()  # in the order in which they came about
        session.connection().exec_driver_sql(
            APPEND,
            {
                "authority_id": session.info["authority_id"],
                "at": arrays.times([e.at for e in entries]),
                "kind": arrays.texts([e.kind for e in entries]),
                "subject": arrays.texts([e.subject for e in entries]),
                "subject_id": arrays.uuids([e.subject_id for e in entries]),
                "officer_id": arrays.uuids([e.officer_id for e in entries]),
                "actor": arrays.texts([e.actor or by for e in entries]),
                "facts": arrays.documents([e.facts | said for e in entries]),
            },
        )


READ = text("""
    SELECT j.xid::text::bigint AS xid, j.id, j.at, j.kind, j.subject, j.subject_id, j.officer_id, j.actor, j.facts
    FROM journal j
    WHERE j.authority_id = :authority_id
      AND (j.xid, j.id) > (CAST(:xid AS text)::xid8, :id)
      AND j.xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY j.xid, j.id
    LIMIT :limit
""")


def read(session: Session, cursor: Cursor, limit: int = 500) -> list[Any]:
    """What was recorded after `cursor`, oldest first, of the session's own authority."""
    where = {"authority_id": session.info["authority_id"], "xid": str(cursor.xid), "id": cursor.id}
    return list(session.execute(READ, {**where, "limit": limit}))


def head(session: Session) -> Cursor:
    """The cursor from which everything is still to come."""
    epoch, xmin = session.execute(
        text(
            "SELECT epoch, pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM authorities WHERE id = :id"
        ),
        {"id": session.info["authority_id"]},
    ).one()
    return Cursor(epoch, xmin, 0)


def ring(connection: Connection) -> None:
    """Wake the readers of the live feed. Only after the commit: the bell says nothing of what is new."""
    connection.execute(text(f"NOTIFY {DOORBELL}"))
