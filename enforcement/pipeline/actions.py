"""A write from a phone takes effect once, however often and in whatever order it is sent."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from ..adapters.tables import Action
from ..domain.refusals import Conflict


def first_time(
    session: Session,
    action_id: UUID,
    person_id: UUID,
    kind: str,
    subject_id: UUID,
    body: Mapping[str, Any],
    recorded_at: datetime,
    now: datetime,
) -> bool:
    """True if this action is new, and from now on known; False if it took effect before.

    It is known by what it says; the `version` is what its phone had seen, and may be a newer one the next time.
    A second sender waits here until the first has committed. Raises Conflict when the id was used for
    something else.
    """
    said = {name: value for name, value in body.items() if name != "version"}
    digest = hashlib.sha256(json.dumps([kind, str(subject_id), said], default=str, sort_keys=True).encode())
    row = {
        "authority_id": session.info["authority_id"],
        "id": action_id,
        "person_id": person_id,
        "kind": kind,
        "subject_id": subject_id,
        "digest": digest.hexdigest(),
        "recorded_at": recorded_at,
        "received_at": now,
    }
    if session.scalar(insert(Action).values(row).on_conflict_do_nothing().returning(Action.id)):
        return True
    known = session.scalars(
        select(Action).where(Action.authority_id == row["authority_id"], Action.id == action_id)
    ).one()
    if (known.person_id, known.digest) != (person_id, row["digest"]):
        raise Conflict("This id was used for something else. Make a new one for every action.")
    return False
