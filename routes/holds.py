"""Legal holds: cases that are kept whatever their age."""

from enforcement.pipeline import retention

from .auth import clock, current, supervisor
from .bodies import Blueprint
from .database import session
from .schemas.holds import HoldIn, HoldList, HoldOut

blueprint = Blueprint("holds", __name__, description="Cases that must not be erased")


@blueprint.get("/holds")
@supervisor
@blueprint.response(200, HoldList)
def list_holds():
    """The cases that are held, the newest first."""
    return {"items": retention.standing(session)}


@blueprint.post("/tasks/<uuid:task_id>/hold")
@supervisor
@blueprint.arguments(HoldIn)
@blueprint.response(201, HoldOut)
def hold(body, task_id):
    """Keep a case, with all its evidence, until the hold is lifted."""
    held = retention.hold(session, task_id, body["reason"], current.person.id, clock())
    session.commit()
    return held


@blueprint.delete("/tasks/<uuid:task_id>/hold")
@supervisor
@blueprint.response(204)
def lift(task_id):
    """Let a case go when its time has come."""
    retention.lift(session, task_id, current.person.id, clock())
    session.commit()
