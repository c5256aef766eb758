"""The log of a shift, for its officer to sign."""

from flask import current_app

from enforcement import pipeline

from .auth import clock, current, officer, signed_in
from .bodies import Blueprint
from .database import session
from .phones import recorded
from .schemas.logs import LogOut, LogSignature

blueprint = Blueprint("shift_logs", __name__, description="The log of a shift")


@blueprint.get("/shifts/<uuid:shift_id>/log")
@signed_in
@blueprint.response(200, LogOut)
def show_log(shift_id):
    """What its officer did on this shift; as signed, once it is."""
    shift = pipeline.shifts.find(session, shift_id)
    if current.is_a("officer"):
        pipeline.shifts.check_own(shift, current.person.id)
    return pipeline.shift_logs.log_of(session, shift)


@blueprint.post("/shifts/<uuid:shift_id>/log/sign")
@officer
@blueprint.arguments(LogSignature)
@blueprint.response(200, LogOut)
def sign_log(body, shift_id):
    """This is what I did. It can't be changed afterwards."""
    recorded("shift.sign", shift_id, body)
    shift = pipeline.shifts.own(session, shift_id, current.person.id)
    key = current_app.extensions["openpatrol"].signing_key
    log = pipeline.shift_logs.sign(session, shift, body["sha256"], body["name"], key, clock())
    session.commit()
    return log
