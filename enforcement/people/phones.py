"""Where somebody is signed in, and phones that were lost: what one still sends is kept apart until it was found.

A phone is known again by an id that it made itself and sends with every sign-in: the sign-in itself is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from .. import journal
from ..adapters.tables import Device, LostPhone, SignIn
from ..domain.refusals import Conflict, NotFound
from .sign_ins import sign_out


class PhoneIsLost(Conflict):
    """It was signed out as lost, and no supervisor has said since then that it was found."""

    type, title = "lost-phone", "This phone was reported lost"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One sign-in that holds; `push` is the state of its phone's subscription, None without one."""

    row: SignIn
    push: str | None
    lost: bool


def sign_ins_of(session: Session, person_id: UUID, now: datetime) -> list[SignedIn]:
    """Where this person is signed in, the newest first."""
    rows = session.scalars(
        select(SignIn)
        .where(
            SignIn.authority_id == session.info["authority_id"],
            SignIn.person_id == person_id,
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now,
        )
        .order_by(SignIn.id.desc())
    ).all()
    push = _push_of(session, rows)
    lost = set(
        session.scalars(select(LostPhone.id).where(LostPhone.authority_id == session.info["authority_id"]))
    )
    return [SignedIn(row, push.get(row.id), row.phone_id in lost) for row in rows]


def _push_of(session: Session, sign_ins: Sequence[SignIn]) -> dict[UUID, str]:
    """By sign-in, the state of the subscription that was seen last."""
    rows = session.execute(
        select(Device.sign_in_id, Device.state)
        .where(
            Device.authority_id == session.info["authority_id"],
            Device.sign_in_id.in_([row.id for row in sign_ins]),
        )
        .order_by(Device.last_seen_at)
    )
    return {row.sign_in_id: row.state for row in rows}


def sign_in_that_holds(session: Session, sign_in_id: UUID, now: datetime) -> SignIn:
    """Raises NotFound, also for another authority's, and for one that has ended."""
    row = session.get(SignIn, (session.info["authority_id"], sign_in_id), with_for_update=True)
    if row is None or row.revoked_at or row.expires_at <= now:
        raise NotFound(f"There is no sign-in {sign_in_id}.")
    return row


def end_from_afar(session: Session, sign_in: SignIn, by: UUID, now: datetime, *, lost: bool) -> None:
    """The sign-in ends; its phone, if it is `lost` and has said which it is, stays marked until it was found."""
    sign_out(session, sign_in, now)
    phone_id = sign_in.phone_id if lost else None
    journal.record(
        session, "person.signed-out", sign_in.person_id, at=now, officer_id=sign_in.person_id,
        actor=f"person:{by}", sign_in_id=sign_in.id, lost=lost, phone_id=phone_id,
    )  # fmt: skip
    if phone_id:
        _mark(session, phone_id, sign_in.person_id, by, now)


def _mark(session: Session, phone_id: UUID, person_id: UUID, by: UUID, now: datetime) -> None:
    """A phone is lost once, however often it is said."""
    row = {"authority_id": session.info["authority_id"], "id": phone_id, "person_id": person_id}
    row |= {"lost_at": now, "lost_by": by}
    session.execute(insert(LostPhone).values(row).on_conflict_do_nothing())


def found(session: Session, phone_id: UUID, actor: str, now: datetime) -> None:
    """The phone is in its officer's hands again: from now on it is one like any other. Raises NotFound."""
    ours = session.info["authority_id"]
    gone = delete(LostPhone).where(LostPhone.authority_id == ours, LostPhone.id == phone_id)
    person_id = session.scalar(gone.returning(LostPhone.person_id))
    if person_id is None:
        raise NotFound(f"There is no lost phone {phone_id}.")
    journal.record(session, "phone.found", phone_id, at=now, officer_id=person_id, actor=actor)


def is_lost(session: Session, phone_id: UUID | None) -> bool:
    """Was this phone lost, and not found since? False for one that does not say which it is."""
    return phone_id is not None and (
        session.get(LostPhone, (session.info["authority_id"], phone_id)) is not None
    )
