"""Signing in and out, people, keys, and the authority itself."""

from uuid import UUID

from flask import Response, current_app, make_response, request
from sqlalchemy import select

from enforcement import people, pipeline, queries
from enforcement.adapters.tables import ApiKey, Authority, Person
from enforcement.domain.codes import all_contraventions
from enforcement.domain.policy import PRESENCE_ONLY, policy_bounds, sample_names, sample_policy_data
from enforcement.people import phones
from enforcement.pipeline.rules import policy_of

from .auth import COOKIE, administrator, check_origin, clock, current, open_to_all, signed_in, supervisor
from .bodies import Blueprint
from .database import session
from .limits import per_address
from .schemas.base import PageQuery, page_of
from .schemas.people import (
    AuthorityChange,
    AuthorityOut,
    KeyIn,
    KeyOut,
    Me,
    MeChange,
    NewKeyOut,
    PasswordIn,
    PersonChange,
    PersonIn,
    PersonOut,
    PolicyForm,
    ResetLinkIn,
    ResetLinkOut,
    SignInIn,
)

blueprint = Blueprint("people", __name__, description="Who may come in")


@blueprint.post("/sign-in")
@open_to_all
@per_address(lambda limits: limits.sign_ins)
@blueprint.arguments(SignInIn)
@blueprint.response(200, Me)
def sign_in(body):
    """Sign in with address and password; the answer sets the session's cookie."""
    check_origin_of_browser()
    device = body["device"] or request.user_agent.string
    person, token = people.sign_in(
        session, body["email"], body["password"], device, clock(), body["phone_id"]
    )
    session.commit()
    response = make_response(Me().dump(_me(person, body["phone_id"])))
    _leave_behind(request.cookies.get(COOKIE))
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(people.SESSION_LASTS.total_seconds()),
        secure=current_app.extensions["openpatrol"].public_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def _leave_behind(token: str | None) -> None:
    """This browser's sign-in of before ends with the new one."""
    session.rollback()
    if token:
        people.end_sign_in(session, token, clock())
        session.commit()


def check_origin_of_browser() -> None:
    """Nobody is signed in by another site's form; a client without a browser sends no Origin at all."""
    if "Origin" in request.headers or "Sec-Fetch-Site" in request.headers:
        check_origin()


@blueprint.post("/sign-out")
@signed_in
@blueprint.response(204)
def sign_out():
    """End this sign-in; its phone hears no more."""
    people.sign_out(session, current.sign_in, clock())
    session.commit()
    response = Response(status=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@blueprint.get("/me")
@signed_in
@blueprint.response(200, Me)
def me():
    """Who is signed in, where, and on which shift."""
    return _me(current.person, current.sign_in.phone_id)


@blueprint.patch("/me")
@signed_in
@blueprint.arguments(MeChange)
@blueprint.response(200, Me)
def change_me(body):
    """What I read."""
    current.person.language = body["language"]
    session.commit()
    return _me(current.person, current.sign_in.phone_id)


def _me(person: Person, phone_id: UUID | None) -> dict:
    now, policy = clock(), policy_of(session)
    return {
        "person": person,
        "language": person.language,
        "contact": {"phone": policy.control_room_phone, "sms": policy.control_room_sms},
        "phone_pin": policy.phone_pin,
        "phone_lost": phones.is_lost(session, phone_id),
        "sos": pipeline.sos.open_call(session, person.id),
        "messages": queries.unread_messages(session, person.id) if person.role == "officer" else [],
        "authority": session.get_one(Authority, person.authority_id),
        "now": now,
        "push_key": current_app.extensions["openpatrol"].push_key,
        "shift": queries.shift_of(session, person.id, now) if person.role == "officer" else None,
    }


@blueprint.post("/reset-links")
@administrator
@blueprint.arguments(ResetLinkIn)
@blueprint.response(201, ResetLinkOut)
def make_reset_link(body):
    """A link by which someone chooses a password: once, within a day."""
    token, expires_at = people.make_reset_link(session, body["person_id"], current.person.id, clock())
    session.commit()
    base = current_app.extensions["openpatrol"].public_url
    return {"url": f"{base}/password/#{token}", "expires_at": expires_at}


@blueprint.post("/password")
@open_to_all
@per_address(lambda limits: limits.passwords)
@blueprint.arguments(PasswordIn)
@blueprint.response(204)
def choose_password(body):
    """Choose a password by a reset link; all sign-ins of that person end."""
    people.choose_password(session, body["token"], body["password"], clock())
    session.commit()


@blueprint.get("/people")
@supervisor
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(PersonOut))
def list_people(query):
    """Everyone who may sign in."""
    ours = select(Person).where(Person.authority_id == current.authority_id)
    rows, following = queries.page(session, ours, Person.id, **query)
    return {"items": [person for (person,) in rows], "next": following}


@blueprint.post("/people")
@administrator
@blueprint.arguments(PersonIn)
@blueprint.response(201, PersonOut)
def add_person(body):
    """Someone new; without a password they need a reset link."""
    person = people.create_person(session, **body, actor=current.actor, now=clock())
    session.commit()
    return person


@blueprint.patch("/people/<uuid:person_id>")
@administrator
@blueprint.arguments(PersonChange)
@blueprint.response(200, PersonOut)
def change_person(body, person_id):
    """Rename, change the role, or disable: that signs them out everywhere."""
    person = people.change_person(session, person_id, body, current.actor, clock())
    session.commit()
    return person


@blueprint.get("/keys")
@administrator
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(KeyOut))
def list_keys(query):
    """The keys of machines, with their scopes and when they were last used."""
    ours = select(ApiKey).where(ApiKey.authority_id == current.authority_id)
    rows, following = queries.page(session, ours, ApiKey.id, **query)
    return {"items": [key for (key,) in rows], "next": following}


@blueprint.post("/keys")
@administrator
@blueprint.arguments(KeyIn)
@blueprint.response(201, NewKeyOut)
def add_key(body):
    """A new key; its secret is shown this once."""
    key, token = people.create_key(session, body["name"], body["scopes"], current.person.id, clock())
    session.commit()
    return {**KeyOut().dump(key), "created_at": key.created_at, "key": token, "id": key.id}


@blueprint.delete("/keys/<uuid:key_id>")
@administrator
@blueprint.response(204)
def revoke_key(key_id):
    """The key opens nothing any more."""
    people.revoke_key(session, key_id, current.actor, clock())
    session.commit()


@blueprint.get("/authority")
@signed_in
@blueprint.response(200, AuthorityOut)
def show_authority():
    """The council, its calendar and its enforcement policy."""
    return session.get_one(Authority, current.authority_id)


@blueprint.patch("/authority")
@administrator
@blueprint.arguments(AuthorityChange)
@blueprint.response(200, AuthorityOut)
def change_authority(body):
    """Rename the council, or give it another enforcement policy; with `policy_tag`, only if it still is that one."""
    authority = people.change_authority(session, body, current.actor, clock())
    session.commit()
    return authority


@blueprint.get("/policy-form")
@supervisor
@blueprint.response(200, PolicyForm)
def show_policy_form():
    """What a policy may say: the bounds of its numbers, its codes, and the samples to start from."""
    bounds = [
        {"pointer": at, "low": low, "high": high, "usual": usual}
        for at, (low, high, usual) in policy_bounds().items()
    ]
    codes = [
        {"code": each.code, "gist": each.gist, "presence": each.code in PRESENCE_ONLY}
        for each in all_contraventions()
    ]
    return {
        "bounds": bounds,
        "codes": codes,
        "samples": [sample_policy_data(name) for name in sample_names()],
    }
