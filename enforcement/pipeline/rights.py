"""Rights on the line: the bay before a task is raised, the plate at the kerb and again before serving.

The sweep never calls anybody. It sees that an answer is wanted, queues one question for the stay and looks
again when the answer is there, or when it has waited long enough.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.queue import RIGHTS, later
from ..adapters.rights.desk import Reply
from ..adapters.tables import STANDS, Authority, RightsAnswer, SightingRow, StayRights, StayRow, Task
from ..domain import rights
from ..domain.overstays import Overstay
from ..domain.policy import Reason
from ..domain.rights import Answer, Asked, Status, Verdict, combined, turns_on_a_right, verdict
from ..domain.tasks import FINAL_STATES, TaskState
from . import asking
from .asking import ANSWER_COLUMNS, BAY, PLATE, Enquiry, Subject
from .rules import Rules

ASK_BAY, ASK_PLATE = "rights.ask-bay", "rights.ask-plate"


class RightsOfStays:
    """What is known of rights to stand in the bays of some stays, and whether it is worth asking."""

    def __init__(self, session: Session, rules: Rules, stays: Sequence[StayRow], now: datetime) -> None:
        self.session, self.rules, self.now = session, rules, now
        self.askable = asking.anybody_about(session, BAY)
        self.rows = self._rows([stay.id for stay in stays]) if self.askable else {}

    def _rows(self, stays: Sequence[UUID]) -> dict[UUID, StayRights]:
        rows = self.session.scalars(
            select(StayRights).where(
                StayRights.authority_id == self.rules.authority_id, StayRights.stay_id.in_(stays)
            )
        )
        return {row.stay_id: row for row in rows}

    def overstay(self, stay: StayRow, after: Callable[[datetime], Overstay | None]) -> Overstay | None:
        """The stay's overstay (`after` finds the first that is not past at a time), once no right covers it
        any more. No payment lifts a suspension."""
        found, row = after(self.now), self.rows.get(stay.id)
        if found is None or found.reason is Reason.SUSPENDED or row is None or row.covered_until is None:
            return found
        later_one = after(max(self.now, row.covered_until))
        return later_one and rights.after_cover(later_one, row.covered_until, self.rules.policy)

    def cover_in_words(self, stay: StayRow) -> str | None:
        """ "Covered by a payment until 14:20.", if it is."""
        answer = _answer(self.rows.get(stay.id))
        if answer is None or not answer.covers(self.now):
            return None
        words = rights.cover_in_words(answer, self.rules.zone)
        return f"{words[0].upper()}{words[1:]}."

    def look_at(self, stay: StayRow, overstay: Overstay) -> datetime:
        """When to look at a car that is within its time: a little before that is over, to ask ahead."""
        row, begins = self.rows.get(stay.id), overstay.overstay_from
        covered = row is not None and row.covered_until is not None and row.covered_until >= begins
        if not self.askable or covered:
            return begins
        if self.now < begins - rights.ASK_AHEAD:
            return begins - rights.ASK_AHEAD
        if row is None or row.asked_at < begins - rights.ASK_AHEAD:
            self._want(stay)
        return begins

    def before_raising(self, stay: StayRow, overstay: Overstay) -> Verdict:
        """May the task be raised now? If not, the stay will be looked at again."""
        needed = turns_on_a_right(overstay.code, overstay.reason)
        if overstay.reason is Reason.SUSPENDED or not (self.askable or needed):
            return Verdict(raise_now=True)
        if not self.askable:
            found = Verdict(look_at=self.now + rights.ASK_AGAIN)
        else:
            found = verdict(_asked(self.rows.get(stay.id)), needed, self.now)
        if found.ask:
            self._want(stay)
        if found.look_at:
            stay.check_at = min(filter(None, (stay.check_at, found.look_at)))
        return found

    def keep_asking(self, stay: StayRow, task: Task, overstay: Overstay) -> None:
        """While nobody has arrived, ask again from time to time: somebody may have paid."""
        settled = task.state == TaskState.ARRIVED or overstay.reason is Reason.SUSPENDED
        if settled or not self.askable:
            return
        row = self.rows.get(stay.id)
        if row is None or self.now >= row.asked_at + rights.ASK_AGAIN:
            row = self._want(stay)
        stay.check_at = min(filter(None, (stay.check_at, row.asked_at + rights.ASK_AGAIN)))

    def _want(self, stay: StayRow) -> StayRights:
        """Queue the question, once, in this transaction."""
        asked = {"asked_at": self.now, "due_at": self.now + rights.WAIT_FOR_ANSWER}
        new = {"authority_id": stay.authority_id, "stay_id": stay.id, **asked}
        nothing_yet = dict.fromkeys(ANSWER_COLUMNS)
        row = self.session.scalars(
            insert(StayRights)
            .values(new)
            .on_conflict_do_update(index_elements=["authority_id", "stay_id"], set_=asked | nothing_yet)
            .returning(StayRights),
            execution_options={"populate_existing": True},
        ).one()
        self.rows[stay.id] = row
        later(self.session, ASK_BAY, lane=RIGHTS, authority_id=stay.authority_id, stay_id=stay.id)
        return row


def _answer(row: StayRights | RightsAnswer | None) -> Answer | None:
    if row is None or row.status is None or row.checked_at is None:
        return None
    return Answer(
        Status(row.status),
        row.provider or "",
        row.checked_at,
        row.right_type,
        row.valid_from,
        row.valid_to,
        row.reason or "",
    )


def _asked(row: StayRights | None) -> Asked | None:
    return None if row is None else Asked(row.asked_at, row.due_at, _answer(row))


def task_columns(answer: Answer | None, zone: ZoneInfo) -> dict[str, Any]:
    """What a task says of rights."""
    return {
        "rights": rights.in_words(answer, zone),
        "rights_status": answer.status.value if answer else None,
        "rights_provider": answer.provider if answer else None,
        "rights_checked_at": answer.checked_at if answer else None,
        "rights_until": answer.valid_to if answer else None,
    }


# The bay, in a job.


def open_bay(session: Session, stay_id: UUID, now: datetime) -> Enquiry | None:
    """What to ask about the bay of a stay; None if the car has left."""
    stay = session.get(StayRow, (session.info["authority_id"], stay_id))
    if stay is None or stay.departed_at or stay.superseded_at:
        return None
    return asking.open_enquiry(session, Subject(stay.bay_id, stay_id=stay.id), now)


def settle_bay(session: Session, enquiry: Enquiry, replies: Sequence[Reply], now: datetime) -> None:
    """Keep the answer, and have the sweep look at the stay at once."""
    key = (session.info["authority_id"], enquiry.subject.stay_id)
    stay = session.get_one(StayRow, key, with_for_update=True, populate_existing=True)
    task = _open_task(session, stay.id)
    answer = asking.settle(session, enquiry, replies, now)
    row = session.get(StayRights, key)
    if answer is None or row is None:
        return
    for name, value in asking.kept(answer).items():
        setattr(row, name, value)
    if answer.covers(now):
        row.covered_until = max(filter(None, (row.covered_until, answer.until)))
    if stay.departed_at is None and stay.superseded_at is None:
        stay.check_at = now
    if task and last_plate_answer(session, task.id) is None:
        _tell(session, task, answer)
    journal.record(
        session, "stay.rights-checked", stay.id, at=now, bay_id=stay.bay_id, status=answer.status.value
    )


def _open_task(session: Session, stay_id: UUID) -> Task | None:
    return session.scalars(
        select(Task)
        .where(
            Task.authority_id == session.info["authority_id"],
            Task.stay_id == stay_id,
            ~Task.found,
            Task.state.not_in(FINAL_STATES),
        )
        .order_by(Task.id)
        .with_for_update()
    ).first()


def _tell(session: Session, task: Task, answer: Answer) -> None:
    zone = ZoneInfo(session.get_one(Authority, task.authority_id).time_zone)
    for name, value in task_columns(answer, zone).items():
        setattr(task, name, value)


# The plate, in a job when it was seen, and at once before a notice is served.


def want_plate(session: Session, task: Task, sighting_id: UUID, plate: str | None) -> None:
    """A plate was seen: ask about it, while the officer goes on."""
    if plate and asking.anybody_about(session, PLATE):
        later(
            session,
            ASK_PLATE,
            lane=RIGHTS,
            authority_id=task.authority_id,
            task_id=task.id,
            sighting_id=sighting_id,
        )


def open_sighting(session: Session, task_id: UUID, sighting_id: UUID, now: datetime) -> Enquiry | None:
    """What to ask about the plate of a sighting; None if that has been deleted meanwhile."""
    sighting = session.get(SightingRow, (session.info["authority_id"], sighting_id))
    if sighting is None or not sighting.plate:
        return None
    return open_plate(session, task_id, sighting.plate, now)


def open_plate(session: Session, task_id: UUID, plate: str, now: datetime) -> Enquiry:
    """What to ask about a plate at a task."""
    task = session.get_one(Task, (session.info["authority_id"], task_id))
    seen = _sightings(session, task).where(SightingRow.plate == plate)
    sighting = session.scalars(seen).first()
    subject = Subject(task.bay_id, task.stay_id, task.id, sighting.id if sighting else None, plate)
    return asking.open_enquiry(session, subject, now)


def _sightings(session: Session, task: Task) -> Select[SightingRow]:
    """The looks at this task's car that read its plate, right as far as anybody knows, the last one first."""
    return (
        select(SightingRow)
        .where(
            SightingRow.authority_id == task.authority_id,
            SightingRow.task_id == task.id,
            SightingRow.plate.is_not(None),
            STANDS,
        )
        .order_by(SightingRow.recorded_at.desc(), SightingRow.id.desc())
        .limit(1)
    )


def settle_plate(
    session: Session, enquiry: Enquiry, replies: Sequence[Reply], now: datetime
) -> Answer | None:
    """Keep the answer with the task. A right found at the kerb informs: the officer decides."""
    key = (session.info["authority_id"], enquiry.subject.task_id)
    task = session.get_one(Task, key, with_for_update=True, populate_existing=True)
    answer = asking.settle(session, enquiry, replies, now)
    if answer:
        _tell(session, task, answer)
        journal.record(
            session, "task.rights-checked", task.id, at=now, officer_id=task.officer_id, bay_id=task.bay_id,
            status=answer.status.value,
        )  # fmt: skip
    return answer


def last_plate_answer(session: Session, task_id: UUID, plate: str | None = None) -> Answer | None:
    """What all said when they were last asked at this task, about this plate or any."""
    ours = [
        RightsAnswer.authority_id == session.info["authority_id"],
        RightsAnswer.task_id == task_id,
        RightsAnswer.about == PLATE,
    ]
    if plate:
        ours.append(RightsAnswer.plate == plate)
    last = select(RightsAnswer.question_id).where(*ours).order_by(RightsAnswer.id.desc()).limit(1)
    rows = session.scalars(
        select(RightsAnswer).where(*ours, RightsAnswer.question_id == last.scalar_subquery())
    )
    answers = [answer for row in rows if (answer := _answer(row))]
    return combined(answers) if answers else None


def just_checked(session: Session, task: Task, plate: str, now: datetime) -> Answer | None:
    """The answer about this plate, if it is seconds old and says something: two taps ask once."""
    answer = last_plate_answer(session, task.id, plate)
    if answer is None or answer.status is Status.UNKNOWN:
        return None
    return answer if now < answer.checked_at + rights.PLATE_ANSWER_GOOD_FOR else None


def on_notice(session: Session, task: Task) -> dict[str, Any] | None:
    """What a notice carries: the last check of the plate that was last seen. None where nobody can be asked."""
    last_seen = session.scalars(_sightings(session, task)).first()
    answer = last_plate_answer(session, task.id, last_seen.plate) if last_seen else None
    if answer is None:
        asked = asking.anybody_about(session, PLATE)
        return {"status": Status.UNKNOWN.value, "reason": "was not asked"} if asked else None
    return {name: _plain(value) for name, value in asking.kept(answer).items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
