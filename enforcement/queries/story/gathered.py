"""Everything that is told of a task on one page: a query for each subject."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ...adapters.tables import RestrictionRow, StayRow
from ...pipeline.rules import restrictions_at
from ...sightings import sightings
from ..asked import answers_about
from ..audit import Sought, audit
from ..kept import kept_of_task
from ..work import task
from .hands import offers, outcomes
from .hold import hold_on
from .readings import readings_of_stay
from .told import pushes, words_meanwhile

MOST_ENTRIES = 200


def task_story(session: Session, task_id: UUID) -> dict[str, Any]:
    """The story of one task. Raises NotFound, also for another authority's."""
    told = task(session, task_id)
    stay = session.get(StayRow, (session.info["authority_id"], told["stay_id"])) if told["stay_id"] else None
    entries, older = audit(session, Sought(subject_id=task_id), MOST_ENTRIES)
    return {
        "task": told,
        "allows": _allowed(session, told, stay),
        "stay": stay,
        "readings": readings_of_stay(session, stay),
        "rights": answers_about(session, task_id, told["stay_id"]),
        "offers": offers(session, task_id),
        "pushes": pushes(session, task_id),
        "words": words_meanwhile(session, task_id),
        "looks": sightings(session, task_id),
        "outcomes": outcomes(session, task_id),
        "kept": kept_of_task(session, task_id),
        "hold": hold_on(session, task_id),
        "journal": entries[::-1],
        "journal_begins_earlier": older is not None,
    }


def _allowed(session: Session, told: dict[str, Any], stay: StayRow | None) -> RestrictionRow | None:
    """What the bay allowed when the clock of this case began."""
    at = stay.counted_from if stay else told["raised_at"]
    return restrictions_at(session, {told["bay"].id: at}).get(told["bay"].id)
