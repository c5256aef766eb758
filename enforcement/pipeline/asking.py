"""Asking providers of rights: a question is opened in one transaction, asked outside of any, and settled in a
third. Each answer is kept with its time, and with every fault the provider's circuit breaker is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.rights import Question, Unanswered, lists
from ..adapters.rights.desk import Reply
from ..adapters.rights.lines import Line
from ..adapters.tables import Bay, RightsAnswer, RightsProvider, Zone, ZoneBay
from ..domain.breaker import Breaker
from ..domain.rights import Answer, combined, unknown

BAY, PLATE = "bay", "plate"
MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: the bay of a stay, or a plate at a task."""

    bay_id: UUID
    stay_id: UUID | None = None
    task_id: UUID | None = None
    sighting_id: UUID | None = None
    plate: str | None = None

    @property
    def about(self) -> str:
        return PLATE if self.plate else BAY


@dataclass(slots=True)
class Enquiry:
    """A question to all who can be asked it. `answers` by provider come from our own lists and from
    breakers that are open; `calls` have to go out."""

    subject: Subject
    at: datetime
    answers: dict[UUID, Answer] = field(default_factory=dict)
    calls: list[tuple[Line, Question]] = field(default_factory=list)


def anybody_about(session: Session, about: str) -> bool:
    """Is there anybody who can be asked about bays, or about plates?"""
    found = session.scalars(_providers(session, about).with_only_columns(RightsProvider.id).limit(1))
    return found.first() is not None


def open_enquiry(session: Session, subject: Subject, now: datetime) -> Enquiry:
    """What is to be asked, of whom. Our own lists have answered already; commit before the calls go out."""
    enquiry = Enquiry(subject, now)
    bay = session.get_one(Bay, (session.info["authority_id"], subject.bay_id))
    zones = _zones(session, bay)
    for provider in session.scalars(_providers(session, subject.about).order_by(RightsProvider.id)):
        question = Question(now, _places(provider, bay, zones), subject.plate)
        if provider.kind == "list":
            enquiry.answers[provider.id] = _listed(session, provider, question, bay, zones)
        elif _lets_through(session, provider, now):
            enquiry.calls.append((_line(provider), question))
        else:
            enquiry.answers[provider.id] = unknown(provider.name, "does not answer at present", now)
    return enquiry


def _providers(session: Session, about: str) -> Select[RightsProvider]:
    asked = RightsProvider.about_plates if about == PLATE else RightsProvider.about_bays
    return select(RightsProvider).where(
        RightsProvider.authority_id == session.info["authority_id"],
        RightsProvider.retired_at.is_(None),
        asked,
    )


def _zones(session: Session, bay: Bay) -> list[str]:
    return list(
        session.scalars(
            select(Zone.name)
            .join(ZoneBay, (ZoneBay.authority_id == Zone.authority_id) & (ZoneBay.zone_id == Zone.id))
            .where(Zone.authority_id == bay.authority_id, ZoneBay.bay_id == bay.id)
            .order_by(Zone.name)
        )
    )


def _places(provider: RightsProvider, bay: Bay, zones: Sequence[str]) -> tuple[str, ...]:
    """Where it is, in the provider's words; a reference that is not in its table is used as it is."""
    ours = [bay.reference] if provider.place_by == "bay" else zones
    return tuple(provider.places.get(each, each) for each in ours)[:MOST_PLACES]


def _listed(
    session: Session, provider: RightsProvider, question: Question, bay: Bay, zones: Sequence[str]
) -> Answer:
    try:
        return lists.ask(session, provider, question, bay.reference, zones)
    except Unanswered as fault:
        return unknown(provider.name, fault.reason, question.at)


def _line(provider: RightsProvider) -> Line:
    return Line(
        provider.id, provider.name, provider.base_url or "", provider.token or "", provider.timeout_seconds
    )


def breaker_of(provider: RightsProvider) -> Breaker:
    """Its circuit breaker, as the database keeps it for all processes."""
    return Breaker(provider.faults, provider.open_since, provider.try_at)


def _keep(provider: RightsProvider, breaker: Breaker) -> None:
    provider.faults, provider.open_since, provider.try_at = breaker.faults, breaker.open_since, breaker.try_at


def _lets_through(session: Session, provider: RightsProvider, now: datetime) -> bool:
    """May it be called? Of those who come to an open one at the same time, one."""
    if provider.open_since is None:
        return True
    session.refresh(provider, with_for_update=True)
    breaker = breaker_of(provider)
    if not breaker.lets_through(now):
        return False
    _keep(provider, breaker.tried(now))
    return True


def settle(session: Session, enquiry: Enquiry, replies: Sequence[Reply], now: datetime) -> Answer | None:
    """Keep every answer, tell the breakers, and say what all of them mean together."""
    subject, answers = enquiry.subject, dict(enquiry.answers)
    for (line, _), reply in sorted(
        zip(enquiry.calls, replies, strict=True), key=lambda each: each[0][0].provider_id
    ):
        answers[line.provider_id] = reply.answer
        _note(session, line.provider_id, reply, now)
    if answers:
        session.execute(insert(RightsAnswer), _rows(session, subject, answers))
    return combined(list(answers.values())) if answers else None


def _note(session: Session, provider_id: UUID, reply: Reply, now: datetime) -> None:
    """What a call that went out says about the provider."""
    provider = session.get_one(
        RightsProvider,
        (session.info["authority_id"], provider_id),
        with_for_update=True,
        populate_existing=True,
    )
    before = breaker_of(provider)
    if reply.fault:
        provider.last_fault_at, provider.last_fault = now, reply.answer.reason
        _keep(provider, before.failed(now, reply.wait))
    elif not reply.answer.reason:
        provider.last_answer_at = now
        _keep(provider, before.answered())
    if (before.open_since is None) != (provider.open_since is None):
        kind = "provider.back" if before.open_since else "provider.failing"
        journal.record(session, kind, provider.id, at=now, faults=provider.faults)


def _rows(session: Session, subject: Subject, answers: Mapping[UUID, Answer]) -> list[dict[str, Any]]:
    question_id = uuid7()
    return [
        {
            "authority_id": session.info["authority_id"],
            "id": uuid7(),
            "question_id": question_id,
            "about": subject.about,
            "stay_id": subject.stay_id,
            "task_id": subject.task_id,
            "sighting_id": subject.sighting_id,
            "plate": subject.plate if subject.sighting_id else None,
            "provider_id": provider_id,
            **kept(answer),
        }
        for provider_id, answer in answers.items()
    ]


ANSWER_COLUMNS = ("status", "provider", "checked_at", "right_type", "valid_from", "valid_to", "reason")


def kept(answer: Answer) -> dict[str, Any]:
    """An answer as the tables keep it."""
    return {name: getattr(answer, name) for name in ANSWER_COLUMNS} | {"status": answer.status.value}
