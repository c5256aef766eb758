"""What phones send has a client-made id, so that the tenth sending does nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from enforcement import pipeline
from enforcement.domain.refusals import Conflict, Invalid, NotFound, Refusal
from enforcement.people import phones
from enforcement.pipeline.kept import Of
from enforcement.pipeline.shifts import AHEAD

from .auth import clock, current
from .database import session


def recorded(kind: str, subject_id: UUID, body: dict[str, Any], heard_from: UUID | None = None) -> bool:
    """True if this action is new and is now to take effect; False if it did before.

    It is a sign of life of the officer who sends it, or of the one `heard_from` by radio.

    When it was done is the phone's word (`recorded_at`), when it came is ours. Raises Invalid for what is
    yet to be done, PhoneIsLost for what a lost phone sends.
    """
    now = clock()
    recorded_at = body.get("recorded_at") or now
    if recorded_at > now + AHEAD:
        words = "Is more than five minutes in the future: the phone's clock is wrong."
        raise Invalid.at("/recorded_at", words)
    officer_id = current.person.id if current.is_a("officer") else heard_from
    if officer_id and pipeline.check_ins.alive(session, officer_id, now):
        session.commit()  # heard from, whatever becomes of the rest
    if phones.is_lost(session, current.sign_in.phone_id):
        raise phones.PhoneIsLost("This phone was reported lost. Your supervisor says when it was found.")
    new = pipeline.actions.first_time(
        session, body["id"], current.person.id, kind, subject_id, body, recorded_at, now
    )
    if new:
        pipeline.kept.taken(session, body["id"], now)
    return new


@contextmanager
def about_task(task_id: UUID) -> Iterator[None]:
    """A conflict about a task that was ever this officer's carries it as it is now."""
    try:
        yield
    except Conflict as refusal:
        session.rollback()
        if _was_offered(task_id):
            refusal.extra["task_id"] = task_id
        raise


@contextmanager
def kept_if_refused(kind: str, task_id: UUID, body: dict[str, Any]) -> Iterator[None]:
    """As `about_task`; and what an officer recorded is kept for the supervisor if it can't be taken.

    The refusal stands, and says so: `kept` is true in its problem document. A task that is not there, or was
    never this officer's, keeps nothing; unless it is what they raised themselves, and that was kept as well.
    """
    try:
        with about_task(task_id):
            yield
    except (Conflict, Invalid, NotFound) as refusal:
        session.rollback()
        if _was_offered(task_id):
            _keep(kind, Of(task_id=task_id), body, refusal)
        elif pipeline.kept.is_found(session, task_id, current.person.id):
            _keep(kind, Of(found_id=task_id), body, refusal)
        raise


@contextmanager
def found_kept_if_refused(body: dict[str, Any]) -> Iterator[None]:
    """As `kept_if_refused`, for what an officer raises themselves: there is no task that it would belong to.

    A bay that never was keeps nothing; one that is gone from the street is found all the same.
    """
    try:
        yield
    except (Conflict, Invalid) as refusal:
        session.rollback()
        _keep("found", Of(found_id=body["id"]), body, refusal)
        raise


def _was_offered(task_id: UUID) -> bool:
    return pipeline.hand.was_offered(session, task_id, current.person.id)


def _keep(kind: str, of: Of, body: dict[str, Any], refusal: Refusal) -> None:
    pipeline.kept.keep(session, kind, of, current.person.id, body, refusal.type, clock())
    session.commit()
    refusal.extra["kept"] = True
