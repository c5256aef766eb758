"""By radio: a supervisor records what an officer without a working phone says. The same steps, and marked as such.

A notice can't be served by radio: its evidence is the officer's own record of what they saw.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Shift, Task
from ..domain.outcomes import Outcome
from ..domain.refusals import Invalid
from ..domain.tasks import DeclineReason, ShiftState
from . import duty, shifts, visits
from .rules import policy_of


class TaskStep(StrEnum):
    """What an officer may do about a task by radio."""

    ACCEPT = "accept"
    DECLINE = "decline"
    ARRIVE = "arrive"
    OUTCOME = "outcome"


class ShiftStep(StrEnum):
    """What an officer may do about their shift by radio."""

    START = "start"
    STATE = "state"
    END = "end"


@contextmanager
def by_radio(session: Session, actor: str) -> Iterator[None]:
    """What is journalled in here was recorded by this supervisor for the officer."""
    session.info[journal.BY_RADIO] = actor
    try:
        yield
    finally:
        del session.info[journal.BY_RADIO]


def task_step(
    session: Session, task_id: UUID, officer_id: UUID, said: Mapping[str, Any], actor: str, now: datetime
) -> Task:
    """`said` has `step`, `version`, `recorded_at`, and what the step needs: `reason`, or an outcome."""
    step, version, done_at = TaskStep(said["step"]), said["version"], said["recorded_at"]
    with by_radio(session, actor):
        if step is TaskStep.ACCEPT:
            return visits.accept(session, task_id, officer_id, version, done_at, now)
        if step is TaskStep.ARRIVE:
            return visits.arrive(session, task_id, officer_id, "radio", done_at, now)
        if step is TaskStep.DECLINE:
            reason = DeclineReason(_needed(said, "reason"))
            policy = policy_of(session)
            return visits.decline(session, task_id, officer_id, version, reason, policy, done_at, now)
        if Outcome(_needed(said, "outcome")) is Outcome.NOTICE_SERVED:
            raise Invalid("A notice needs the officer's own record of what they saw: not by radio.")
        return visits.close(session, task_id, officer_id, version, said, now)


def shift_step(session: Session, shift_id: UUID, said: Mapping[str, Any], actor: str, now: datetime) -> Shift:
    """`said` has `step` and `recorded_at`, and for a state `state` and perhaps `minutes`."""
    step, done_at = ShiftStep(said["step"]), said["recorded_at"]
    officer_id = duty.find(session, shift_id).officer_id
    with by_radio(session, actor):
        if step is ShiftStep.START:
            return shifts.start(session, shift_id, officer_id, now, done_at)
        if step is ShiftStep.END:
            return shifts.end(session, shift_id, officer_id, now, done_at)
        wanted = ShiftState(_needed(said, "state"))
        return shifts.change_state(session, shift_id, officer_id, wanted, now, done_at, said.get("minutes"))


def _needed(said: Mapping[str, Any], name: str) -> Any:
    if said.get(name) is None:
        words = f"Say the {name}."
        raise Invalid.at(f"/{name}", words)
    return said[name]
