"""The log of a shift: drawn from the journal, signed by its officer and by the server, and then never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.signing import SigningKey, sealed
from ..adapters.tables import Authority, Bay, JournalRow, Person, Shift, ShiftLog
from ..domain import daily_log
from ..domain.daily_log import Counts, Done, ShiftFacts
from ..domain.refusals import Conflict
from . import duty, observed


@dataclass(frozen=True, slots=True)
class Log:
    """`document` is the log as it stands: a draft, or the signed file, which has its numbers in it. `sha256` is that
    of the draft's bytes. `differs`: something of the shift came after it was signed."""

    document: str
    sha256: str
    signed_at: datetime | None
    counts: Counts | None = None
    differs: bool = False


def log_of(session: Session, shift: Shift) -> Log:
    """The log as it was signed; until then, as it would be signed now. Raises Conflict before the shift begins."""
    signed = session.get(ShiftLog, (shift.authority_id, shift.id))
    rows = _rows(session, shift)
    if signed:
        late = any(row.at > signed.signed_at for row in rows)
        return Log(signed.document, signed.sha256, signed.signed_at, differs=late)
    done = _done(session, rows)
    draft = _draft(session, shift, done)
    return Log(draft, _sum(draft), None, daily_log.counts(done))


def sign(session: Session, shift: Shift, seen: str, name: str, key: SigningKey, now: datetime) -> Log:
    """The officer, signed in, puts their name under the log that they saw (its SHA-256); once is for good.

    Raises Conflict while the shift goes on, and when the log is not (any more) what they saw. The shift is held
    by the caller.
    """
    log = log_of(session, shift)
    if log.signed_at:
        return log
    if shift.ended_at is None:
        raise Conflict("The shift goes on: its log is signed when it has ended.")
    if seen != log.sha256:
        raise Conflict("The log is not what you saw: load it afresh, then sign.")
    authority = session.get_one(Authority, shift.authority_id)
    content = daily_log.signed(log.document, name, log.sha256, now, ZoneInfo(authority.time_zone))
    document = sealed(content.encode(), key, authority.name, now).decode()
    session.add(
        ShiftLog(
            authority_id=shift.authority_id,
            shift_id=shift.id,
            document=document,
            sha256=log.sha256,
            signed_at=now,
        )
    )
    journal.record(session, "shift.signed", shift.id, at=now, officer_id=shift.officer_id, sha256=log.sha256)
    return Log(document, log.sha256, now)


def _sum(draft: str) -> str:
    return sha256(draft.encode()).hexdigest()


def _draft(session: Session, shift: Shift, done: Sequence[Done]) -> str:
    assert shift.started_at is not None
    authority = session.get_one(Authority, shift.authority_id)
    officer = session.get_one(Person, (shift.authority_id, shift.officer_id))
    facts = ShiftFacts(
        authority.name,
        officer.name,
        str(shift.id),
        shift.started_at,
        shift.ended_at,
        ZoneInfo(authority.time_zone),
    )
    return daily_log.text(facts, done)


def _rows(session: Session, shift: Shift) -> list[JournalRow]:
    """What this officer did from the start of the shift to its end, and that they were briefed for it, as the
    journal has it: also what came later. Of several ends the last word counts.
    """
    if shift.started_at is None:
        raise Conflict("This shift has not begun: there is nothing in its log.")
    ours = [JournalRow.authority_id == shift.authority_id, JournalRow.officer_id == shift.officer_id]
    of_shift = JournalRow.subject_id == shift.id
    last = session.scalar(
        select(func.max(JournalRow.id)).where(*ours, of_shift, JournalRow.kind == "shift.ended")
    )
    if last is not None:
        ours.append((JournalRow.id <= last) | JournalRow.facts.has_key("since"))
    others = daily_log.WORDS.keys() - {daily_log.BRIEFED}
    found = (
        select(JournalRow).where(*ours, of_shift, JournalRow.kind == daily_log.BRIEFED),
        select(JournalRow).where(*ours, JournalRow.at >= shift.started_at, JournalRow.kind.in_(others)),
    )
    rows = [row for query in found for row in session.scalars(query.order_by(JournalRow.id))]
    return [row for row in rows if _belongs(row, shift, last)]


def _done(session: Session, done: Sequence[JournalRow]) -> list[Done]:
    bays = _bays(session, {UUID(row.facts["bay_id"]) for row in done if "bay_id" in row.facts})
    closed = [row.subject_id for row in done if row.kind == "task.close"]
    numbers = observed.notice_numbers(session, closed)
    return [_told(row, bays, numbers if row.kind == "task.close" else {}) for row in done]


def _told(row: JournalRow, bays: Mapping[str, str], numbers: Mapping[UUID, str]) -> Done:
    place = bays.get(row.facts.get("bay_id", ""))
    return Done(duty.since(row), row.kind, row.facts, place, row.subject_id, numbers.get(row.subject_id))


def _belongs(row: JournalRow, shift: Shift, last: int | None) -> bool:
    """Not what was done in another shift and came in this one, nor an end that was corrected since."""
    if row.kind in ("shift.ended", daily_log.BRIEFED):
        return row.kind == daily_log.BRIEFED or row.id == last
    done_at = duty.since(row)
    if shift.started_at and done_at < shift.started_at:
        return False
    came_before = last is None or row.id <= last
    return came_before or (shift.ended_at is not None and done_at <= shift.ended_at)


def _bays(session: Session, ids: set[UUID]) -> dict[str, str]:
    rows = session.execute(
        select(Bay.id, Bay.street, Bay.reference, Bay.spot).where(
            Bay.authority_id == session.info["authority_id"], Bay.id.in_(ids)
        )
    )
    return {
        str(id_): f"{street}, {reference if spot else f'bay {reference}'}"
        for id_, street, reference, spot in rows
    }
