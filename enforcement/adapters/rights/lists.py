"""A file of permits and payments that a council imported, asked like any provider, in our own database."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from ...domain.rights import PAYMENT, Answer, Status
from ..tables import ListedRight, RightsProvider
from .questions import Question, Unanswered


def ask(
    session: Session, provider: RightsProvider, question: Question, bay: str, zones: Iterable[str]
) -> Answer:
    """Covered or none. Raises Unanswered where the list can't tell: it is missing, old, or unreadable there."""
    rows = session.scalars(
        select(ListedRight)
        .where(
            ListedRight.authority_id == provider.authority_id,
            ListedRight.list_id == provider.list_id,
            *_about(question, bay),
        )
        .order_by(ListedRight.id)
    )
    here = [row for row in rows if _is_here(row, question, bay, set(zones))]
    answers = [
        Answer(Status.COVERED, provider.name, question.at, row.right_type, row.valid_from, row.valid_to)
        for row in here
        if row.fault is None
    ]
    covering = [answer for answer in answers if answer.covers(question.at)]
    if covering:
        return max(covering, key=lambda answer: answer.until)
    _check_complete(provider, here, question)
    return Answer(Status.NONE, provider.name, question.at)


def _about(question: Question, bay: str) -> tuple[ColumnElement[bool], ...]:
    """Of a plate: its rows, and those of the bay that hold for any car. Of a bay: these, and payments there."""
    for_any_car = and_(ListedRight.plate.is_(None), ListedRight.bay == bay)
    if question.plate:
        return (or_(ListedRight.plate == question.plate, for_any_car),)
    paid_here = and_(ListedRight.bay == bay, ListedRight.right_type == PAYMENT)
    return (or_(for_any_car, paid_here),)


def _is_here(row: ListedRight, question: Question, bay: str, zones: set[str]) -> bool:
    return (
        row.bay in (None, bay)
        and (row.zone is None or row.zone in zones)
        and (row.place is None or row.place in question.places)
    )


def _check_complete(provider: RightsProvider, here: list[ListedRight], question: Question) -> None:
    if provider.list_id is None or provider.listed_at is None:
        raise Unanswered("has not been imported yet")
    if any(row.fault for row in here):
        raise Unanswered("has a row for it that can't be read")
    if question.at >= provider.listed_at + timedelta(minutes=provider.fresh_minutes):
        raise Unanswered("is out of date")
