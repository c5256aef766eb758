"""The journal, read on from a cursor. The live feed (`live.py`) sends the same items as they come."""

from typing import Any

from sqlalchemy import select

from enforcement import journal
from enforcement.adapters.tables import JournalRow
from enforcement.domain.refusals import Invalid
from enforcement.journal import Cursor

from .auth import current, open_to
from .bodies import Blueprint
from .database import session
from .schemas.line import JournalPage, JournalQuery

blueprint = Blueprint("journal", __name__, description="The record of every change")

reads = open_to("supervisor", "administrator", scope="journal:read")


@blueprint.get("/journal")
@reads
@blueprint.arguments(JournalQuery, location="query")
@blueprint.response(200, JournalPage)
def read_journal(query):
    """What was recorded after a cursor, oldest first; without one, nothing but the cursor of now.

    With `subject_id`, the whole story of one thing.
    """
    head = journal.head(session)
    if query["subject_id"]:
        return {"items": [item(head, row) for row in _story(query)], "cursor": str(head)}
    if query["cursor"] is None:
        return {"items": [], "cursor": str(head)}
    cursor = Cursor.parse(query["cursor"])
    if cursor is None:
        raise Invalid(
            "That is not a cursor of ours.", errors=[{"pointer": "/cursor", "detail": "can't be read"}]
        )
    if cursor.epoch != head.epoch:
        raise Invalid("The database was restored since: load everything afresh.", reload=True)
    rows = journal.read(session, cursor, query["limit"])
    after = Cursor(head.epoch, rows[-1].xid, rows[-1].id) if rows else cursor
    return {"items": [item(head, row) for row in rows], "cursor": str(after)}


def _story(query: dict[str, Any]) -> list[JournalRow]:
    return list(
        session.scalars(
            select(JournalRow)
            .where(
                JournalRow.authority_id == current.authority_id, JournalRow.subject_id == query["subject_id"]
            )
            .order_by(JournalRow.id)
            .limit(query["limit"])
        )
    )


def item(head: Cursor, row: Any) -> dict[str, Any]:
    """One entry as it goes over the wire."""
    return {
        "cursor": str(Cursor(head.epoch, row.xid, row.id)),
        "at": row.at,
        "kind": row.kind,
        "subject": row.subject,
        "subject_id": row.subject_id,
        "officer_id": row.officer_id,
        "actor": row.actor,
        "facts": row.facts,
    }
