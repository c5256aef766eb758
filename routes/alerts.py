"""What keeps officers safe: calls for help, signs of life, unsafe places, and the alerts that supervisors see."""

from sqlalchemy import select

from enforcement import pipeline, queries
from enforcement.adapters.tables import Freeze
from enforcement.domain.fences import Fix
from enforcement.domain.refusals import Forbidden

from .auth import clock, current, officer, open_to, signed_in, supervisor
from .bodies import Blueprint
from .database import session
from .phones import recorded
from .schemas.base import page_of
from .schemas.safety import (
    AlertOut,
    AlertQuery,
    CheckInsIn,
    FreezeExtension,
    FreezeList,
    FreezeOut,
    SosIn,
    SosOut,
)
from .schemas.shifts import ShiftOut, Step

in_need = open_to("officer", limited=False)
blueprint = Blueprint("alerts", __name__, description="Safety of officers, and what needs a supervisor")


@blueprint.get("/alerts")
@supervisor
@blueprint.arguments(AlertQuery, location="query")
@blueprint.response(200, page_of(AlertOut))
def list_alerts(query):
    """What needs a supervisor, the newest first."""
    items, following = queries.alerts(session, **query)
    return {"items": items, "next": following}


@blueprint.post("/alerts/<uuid:alert_id>/acknowledge")
@supervisor
@blueprint.response(200, AlertOut)
def acknowledge(alert_id):
    """I have seen it. An officer who called for help is told so."""
    pipeline.alerts.acknowledge(session, alert_id, current.person.id, current.actor, clock())
    session.commit()
    return queries.alert(session, alert_id)


@blueprint.post("/alerts/<uuid:alert_id>/resolve")
@supervisor
@blueprint.response(200, AlertOut)
def resolve(alert_id):
    """It is dealt with."""
    pipeline.alerts.resolve(session, alert_id, current.person.id, current.actor, clock())
    session.commit()
    return queries.alert(session, alert_id)


@blueprint.get("/freezes")
@signed_in
@blueprint.response(200, FreezeList)
def list_freezes():
    """The places to which nobody is sent, because an officer found them unsafe."""
    standing = select(Freeze).where(Freeze.authority_id == current.authority_id, Freeze.released_at.is_(None))
    return {"items": session.scalars(standing.order_by(Freeze.id.desc()))}


@blueprint.post("/freezes/<uuid:freeze_id>/release")
@supervisor
@blueprint.response(200, FreezeOut)
def release(freeze_id):
    """One may go there again."""
    freeze = pipeline.safety.release(session, freeze_id, current.person.id, current.actor, clock())
    session.commit()
    return freeze


@blueprint.post("/freezes/<uuid:freeze_id>/extend")
@supervisor
@blueprint.arguments(FreezeExtension)
@blueprint.response(200, FreezeOut)
def extend(body, freeze_id):
    """It stands; ask me again in so many minutes."""
    freeze = pipeline.safety.extend(session, freeze_id, body["minutes"], current.actor, clock())
    session.commit()
    return freeze


@blueprint.post("/sos")
@in_need
@blueprint.arguments(SosIn)
@blueprint.response(200, SosOut)
def call_for_help(body):
    """Help. Taken in every state, on shift or off it; sent again it is the same alarm, at the place last told.

    Its time is ours: a phone's clock may be wrong.
    """
    now = clock()
    placed = body["lon"] is not None and body["lat"] is not None
    at = Fix(body["lon"], body["lat"], body["accuracy_m"] or 0.0, now) if placed else None
    alert = pipeline.sos.call(session, body["id"], current.person.id, at, now)
    session.commit()
    return alert


@blueprint.post("/sos/<uuid:alert_id>/cancel")
@officer
@blueprint.arguments(Step)
@blueprint.response(200, SosOut)
def take_back(body, alert_id):
    """It was nothing. Later than half a minute after the call, or once it was seen, a supervisor still asks."""
    recorded("sos.cancel", alert_id, body)
    alert = pipeline.sos.take_back(session, alert_id, current.person.id, clock())
    session.commit()
    return alert


@blueprint.post("/shifts/<uuid:shift_id>/check-in")
@officer
@blueprint.arguments(Step)
@blueprint.response(200, ShiftOut)
def check_in(body, shift_id):
    """I'm all right. Everything else that this phone sends says so too."""
    pipeline.shifts.own(session, shift_id, current.person.id)
    recorded("shift.check-in", shift_id, body)
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.put("/shifts/<uuid:shift_id>/check-ins")
@signed_in
@blueprint.arguments(CheckInsIn)
@blueprint.response(200, ShiftOut)
def ask_for_check_ins(body, shift_id):
    """A sign of life is due every so many minutes. An officer may ask for that, and for it to be more often."""
    shift = pipeline.shifts.find(session, shift_id, lock=True)
    minutes, before = body["minutes"], shift.check_in_minutes
    if current.is_a("officer"):
        pipeline.shifts.check_own(shift, current.person.id)
        if before is not None and (minutes is None or minutes > before):
            raise Forbidden("Only a supervisor makes check-ins rarer or ends them.")
    pipeline.check_ins.ask_for(session, shift, minutes, current.actor, clock())
    session.commit()
    return queries.shift(session, shift_id)
