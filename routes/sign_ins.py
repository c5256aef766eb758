"""Where people are signed in, phones that were lost, and the key to what a phone has not sent yet."""

from uuid import UUID

from flask import current_app
from sqlalchemy import select

from enforcement import people
from enforcement.adapters.tables import LostPhone, Person, SignIn
from enforcement.domain.refusals import Forbidden, NotFound
from enforcement.people import phones, vaults

from .auth import clock, current, officer, signed_in, supervisor
from .bodies import Blueprint
from .database import session
from .schemas.phones import EndSignIn, LostPhoneList, SignInList, Vault

blueprint = Blueprint("sign_ins", __name__, description="Phones that are signed in, and those that were lost")


@blueprint.get("/me/sign-ins")
@signed_in
@blueprint.response(200, SignInList)
def my_sign_ins():
    """Where I am signed in."""
    return _listed(current.person.id)


@blueprint.get("/people/<uuid:person_id>/sign-ins")
@supervisor
@blueprint.response(200, SignInList)
def sign_ins_of(person_id):
    """Where somebody is signed in: to end the sign-in of a phone that was lost."""
    _require_charge_of(person_id)
    return _listed(person_id)


def _listed(person_id: UUID) -> dict:
    found = phones.sign_ins_of(session, person_id, clock())
    return {
        "items": [
            {
                **{name: getattr(each.row, name) for name in ("id", "device", "created_at", "last_seen_at")},
                "push": each.push,
                "lost": each.lost,
                "current": each.row.id == current.sign_in.id,
            }
            for each in found
        ]
    }


@blueprint.post("/sign-ins/<uuid:sign_in_id>/sign-out")
@signed_in
@blueprint.arguments(EndSignIn)
@blueprint.response(204)
def end_sign_in(body, sign_in_id):
    """End a sign-in from elsewhere: one's own; supervisors those of officers too. Its phone hears no more."""
    now = clock()
    sign_in = phones.sign_in_that_holds(session, sign_in_id, now)
    _check_may_end(sign_in)
    phones.end_from_afar(session, sign_in, current.person.id, now, lost=body["lost"])
    session.commit()


def _check_may_end(sign_in: SignIn) -> None:
    """To an officer, a sign-in that is not theirs is not there."""
    if sign_in.person_id == current.person.id:
        return
    if current.is_a("officer"):
        raise NotFound(f"There is no sign-in {sign_in.id}.")
    _require_charge_of(sign_in.person_id)


def _require_charge_of(person_id: UUID) -> None:
    """Supervisors look after officers, administrators after everybody. Raises NotFound, Forbidden."""
    person = people.find_person(session, person_id)
    if person.role != "officer" and person.id != current.person.id and not current.is_a("administrator"):
        raise Forbidden("Only an administrator ends the sign-ins of other supervisors.")


@blueprint.get("/lost-phones")
@supervisor
@blueprint.response(200, LostPhoneList)
def list_lost_phones():
    """Phones that were signed out as lost, and not found since."""
    rows = session.execute(
        select(LostPhone, Person)
        .join(Person, (Person.authority_id == LostPhone.authority_id) & (Person.id == LostPhone.person_id))
        .where(LostPhone.authority_id == current.authority_id)
        .order_by(LostPhone.lost_at.desc(), LostPhone.id)
    )
    return {"items": [{"id": lost.id, "lost_at": lost.lost_at, "officer": who} for lost, who in rows]}


@blueprint.delete("/lost-phones/<uuid:lost_phone_id>")
@supervisor
@blueprint.response(204)
def phone_found(lost_phone_id):
    """The phone is in its officer's hands again: what it sends from now on counts as ever."""
    phones.found(session, lost_phone_id, current.actor, clock())
    session.commit()


@blueprint.get("/vault")
@officer
@blueprint.response(200, Vault)
def vault():
    """The key by which my phones lock up what they have not sent: the same at every sign-in, nobody else's."""
    box = current_app.extensions["openpatrol"].lines.box
    key = vaults.key_of(session, current.person, box, clock())
    session.commit()
    return {"key": key}
