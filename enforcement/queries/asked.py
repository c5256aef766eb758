"""What was asked of the providers of rights."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ..adapters.tables import RightsAnswer
from .work import task

PROVIDERS = text("SELECT state, providers FROM openpatrol_rights_providers(:now)")


def rights_providers(session: Session, now: datetime) -> dict[str, int]:
    """How many providers there are in any authority, by the state of their breaker."""
    return dict(session.execute(PROVIDERS, {"now": now}).all())


def rights_answers(session: Session, task_id: UUID) -> list[RightsAnswer]:
    """What was asked of rights about a task and its stay, and answered, in that order. Raises NotFound."""
    return answers_about(session, task_id, task(session, task_id)["stay_id"])


def answers_about(session: Session, task_id: UUID, stay_id: UUID | None) -> list[RightsAnswer]:
    """The same of a task that is there, and of this stay of its."""
    about_it = RightsAnswer.task_id == task_id
    if stay_id:
        about_it |= RightsAnswer.stay_id == stay_id
    ours = RightsAnswer.authority_id == session.info["authority_id"]
    return list(session.scalars(select(RightsAnswer).where(ours, about_it).order_by(RightsAnswer.id)))
