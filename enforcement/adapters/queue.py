"""Work that must be done once per thing: a job on Procrastinate, queued in the transaction that calls for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import procrastinate
from procrastinate.jobs import DEFAULT_QUEUE
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

# The worker's side runs on connections of its own, asynchronously; what is queued goes over the caller's
# connection, inside its transaction, and so through a connector that knows only that way.
queue = procrastinate.App(connector=procrastinate.PsycopgConnector())
USUAL = DEFAULT_QUEUE
RIGHTS = "rights"  # a lane of its own: whoever is slow to answer there holds up no message
_intake = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())


def later(
    session: Session, job: str, *, after: timedelta | None = None, lane: str = USUAL, **what: UUID | str
) -> None:
    """Queue `job` (a name in `enforcement.jobs`) for when this session's transaction is committed."""
    driver = session.connection().connection.driver_connection
    options: dict[str, Any] = {"connection": driver, "queue": lane}
    if after is not None:
        options["schedule_in"] = {"seconds": after.total_seconds()}
    _intake.configure_task(job, **options).defer(**{name: str(value) for name, value in what.items()})


def connector(engine: Engine) -> procrastinate.PsycopgConnector:
    """Connections of the queue's own to the same database; for workers."""
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return procrastinate.PsycopgConnector(conninfo=url)
