"""What tests of rights do again and again."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from enforcement import jobs
from enforcement.adapters.queue import RIGHTS
from enforcement.adapters.rights.lines import Lines
from enforcement.adapters.tables import db

from ..adapters.rights.provider import TOKEN, FakeProvider
from ..builders import Council, workshop

TAKE = text("""
    DELETE FROM procrastinate_jobs WHERE queue_name = :lane AND args ->> 'authority_id' = :council
    RETURNING args
""")


def lines_of(council: Council) -> Lines:
    return council.app.extensions["openpatrol"].lines


def questions(council: Council) -> list[dict[str, str]]:
    """What is queued to be asked, and is so no more."""
    with council.session() as session:
        taken = list(session.scalars(TAKE, {"lane": RIGHTS, "council": str(council.id)}))
        session.commit()
    return taken


def ask_all(council: Council) -> int:
    """What a worker does in the lane of rights; how many questions there were."""
    db.session.remove()
    shop = workshop(council.clock)
    asked = questions(council)
    for what in asked:
        if "stay_id" in what:
            subject: dict[str, Any] = {"stay_id": UUID(what["stay_id"])}
        else:
            subject = {"sighting": (UUID(what["task_id"]), UUID(what["sighting_id"]))}
        jobs.ask(shop, lines_of(council), council.id, **subject)
    return len(asked)


def swept_and_asked(council: Council) -> list[dict[str, Any]]:
    """The open tasks once the sweep has asked what it wants to know, and has looked again."""
    council.sweep()
    ask_all(council)
    council.sweep()
    return council.tasks()


def connect(council: Council, provider: FakeProvider, **more: Any) -> dict[str, Any]:
    """An APDS provider that is asked about bays and plates."""
    body = {"kind": "apds", "name": "Meters", "base_url": provider.url, "token": TOKEN, "about_bays": True}
    return council.administrator.post("/rights/providers", body | more, 201)


def import_list(council: Council, *lines: str, name: str = "permits", strict: bool = False) -> Any:
    """A file of permits and payments, its heading first."""
    path = f"/import/rights?name={name}&strict={strict}"
    sent = {"data": "\n".join(lines).encode(), "content_type": "text/csv"}
    return council.administrator.call("POST", path, **sent).get_json()


def state_of(council: Council, name: str = "Meters") -> dict[str, Any]:
    """A provider as an administrator sees it."""
    items = council.administrator.get("/rights/providers")["items"]
    return next(item for item in items if item["name"] == name)
