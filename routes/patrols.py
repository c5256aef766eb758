"""Standing patrols: work without a sensor, again and again."""

from enforcement.adapters.tables import Patrol
from enforcement.pipeline.rules import rules_of
from enforcement.places import known, patrols, rota

from .auth import clock, current, reads_places, supervisor, writes_places
from .bodies import Blueprint
from .database import session
from .schemas.base import PageQuery, page_of
from .schemas.patrols import PatrolChange, PatrolIn, PatrolList, PatrolOut, PatrolRoundOut

blueprint = Blueprint("patrols", __name__, description="Standing patrols: a school run, a market day")


@blueprint.get("/patrols")
@reads_places
@blueprint.response(200, PatrolList)
def list_patrols():
    """The standing patrols in use, by name."""
    return {"items": rota.patrols(session)}


@blueprint.post("/patrols")
@writes_places
@blueprint.arguments(PatrolIn)
@blueprint.response(201, PatrolOut)
def add_patrol(body):
    """Ask for a patrol in each of these windows. One that is open now counts."""
    now = clock()
    row = patrols.add_patrol(session, body, rules_of(session, now), current.actor, now)
    session.commit()
    return rota.patrol(session, row.id)


@blueprint.get("/patrols/<uuid:patrol_id>")
@reads_places
@blueprint.response(200, PatrolOut)
def show_patrol(patrol_id):
    """One patrol."""
    known.get(session, Patrol, patrol_id, "patrol")
    return rota.patrol(session, patrol_id)


@blueprint.patch("/patrols/<uuid:patrol_id>")
@writes_places
@blueprint.arguments(PatrolChange)
@blueprint.response(200, PatrolOut)
def change_patrol(body, patrol_id):
    """Change or pause a patrol; `paused_why` null puts it back into use."""
    now = clock()
    patrols.change_patrol(session, patrol_id, body, rules_of(session, now), current.actor, now)
    session.commit()
    return rota.patrol(session, patrol_id)


@blueprint.delete("/patrols/<uuid:patrol_id>")
@writes_places
@blueprint.response(204)
def retire_patrol(patrol_id):
    """Ask for a patrol no more; what was done stays on record."""
    patrols.retire_patrol(session, patrol_id, current.actor, clock())
    session.commit()


@blueprint.post("/patrols/<uuid:patrol_id>/restore")
@writes_places
@blueprint.response(200, PatrolOut)
def restore_patrol(patrol_id):
    """Ask for a patrol again that was asked for no more."""
    now = clock()
    patrols.restore_patrol(session, patrol_id, rules_of(session, now), current.actor, now)
    session.commit()
    return rota.patrol(session, patrol_id)


@blueprint.get("/patrols/<uuid:patrol_id>/rounds")
@supervisor
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(PatrolRoundOut))
def list_rounds(query, patrol_id):
    """When it was asked for and what came of it, the newest first: patrolled, or not reached."""
    known.get(session, Patrol, patrol_id, "patrol")
    items, following = rota.rounds(session, patrol_id, **query)
    return {"items": items, "next": following}
