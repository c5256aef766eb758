"""Overstay → task: work for an officer, why, and how urgent it is."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.tables import Bay, RestrictionRow, StayRow, Task
from ..domain.dwell import traits_of
from ..domain.overstays import Overstay
from ..domain.policy import Reason
from ..domain.priority import Facts, priority
from ..domain.rights import Answer, Status
from ..domain.tasks import TaskState
from . import dwelling, observed, tasks
from .rights import task_columns
from .rules import Rules

REPEATS_WITHIN = timedelta(days=7)
USUAL_WALK_MINUTES = 5.0


def raise_task(
    session: Session,
    rules: Rules,
    stay: StayRow,
    overstay: Overstay,
    bay: Bay,
    restriction: RestrictionRow,
    rights: Answer | None,
    now: datetime,
) -> Task:
    """The task of an overstay; the stay is locked by the caller, who has seen that it has none yet.

    `rights` is what is known of rights to stand in the bay; None where nobody can be asked.
    """
    task = Task(
        authority_id=rules.authority_id,
        id=uuid7(),
        bay_id=bay.id,
        stay_id=stay.id,
        state=TaskState.WAITING.value,
        version=1,
        why=in_words(restriction, overstay, now),
        code=overstay.code,
        suffix=overstay.suffix,
        overstay_from=overstay.overstay_from,
        lawful_from=overstay.lawful_from,
        lawful_until=overstay.lawful_until,
        **task_columns(rights, rules.zone),
        offers=0,
        raised_at=now,
    )
    observed.ask(task, rules.policy)
    judge(session, rules, task, overstay, bay, restriction, now)
    session.add(task)
    session.flush()
    journal.record(
        session, "task.raised", task.id, at=now, bay_id=bay.id, stay_id=stay.id, code=task.code,
        priority=task.priority, overstay_from=task.overstay_from, lawful_from=task.lawful_from,
    )  # fmt: skip
    tasks.want_plan(session, now)
    return task


def judge(
    session: Session,
    rules: Rules,
    task: Task,
    overstay: Overstay,
    bay: Bay,
    restriction: RestrictionRow,
    now: datetime,
) -> None:
    """Set how urgent the task is now, and why."""
    minutes_over = max((now - overstay.overstay_from).total_seconds() / 60, 0.0)
    facts = Facts(
        minutes_over=minutes_over,
        bay_class="suspended" if overstay.reason is Reason.SUSPENDED else restriction.bay_class,
        chance_still_there=_chance_still_there(session, rules, overstay, bay, restriction, minutes_over),
        repeats_at_bay=_tasks_before(session, task.bay_id, task.raised_at),
        minutes_to_lawful=(overstay.lawful_from - now).total_seconds() / 60,
        rights_checked=task.rights_status not in (None, Status.UNKNOWN.value),
    )
    judged = priority(facts, rules.policy.weights)
    task.priority, task.priority_reasons = judged.score, list(judged.reasons)


def _chance_still_there(
    session: Session,
    rules: Rules,
    overstay: Overstay,
    bay: Bay,
    restriction: RestrictionRow,
    minutes_over: float,
) -> float:
    """After a usual walk, by what this authority's own cars have shown."""
    model = dwelling.model_of(session)
    traits = traits_of(
        bay=str(bay.id),
        street=bay.street,
        bay_class=restriction.bay_class,
        permitted_minutes=restriction.permitted_minutes,
        over_from=overstay.overstay_from.astimezone(rules.zone),
    )
    return model.chance(minutes_over, USUAL_WALK_MINUTES, model.pace(traits))


def _tasks_before(session: Session, bay_id: UUID, at: datetime) -> int:
    """How many tasks this bay had before that time, within a week."""
    here = (
        Task.authority_id == session.info["authority_id"], Task.bay_id == bay_id, Task.patrol_id.is_(None),
        ~Task.found,
    )  # fmt: skip
    lately = (Task.raised_at >= at - REPEATS_WITHIN) & (Task.raised_at < at)
    return session.scalar(select(func.count()).select_from(Task).where(*here, lately)) or 0


def in_words(restriction: RestrictionRow, overstay: Overstay, now: datetime) -> str:
    """What is wrong, in the words that an officer reads first; or, within its time, what there is to see."""
    early = now < overstay.overstay_from
    if overstay.reason is Reason.SUSPENDED:
        return "First look: the bay will be suspended" if early else "Parked in a suspended bay"
    hours, minutes = divmod(restriction.permitted_minutes, 60)
    if restriction.permitted_minutes == 0:
        return "Parked where no stay is allowed"
    limit = " ".join(filter(None, (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")))
    return f"First look: a {limit} limit ends soon" if early else f"Over a {limit} limit"
