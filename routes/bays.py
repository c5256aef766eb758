"""Bays, and what they allow."""

from sqlalchemy import select

from enforcement import queries
from enforcement.adapters.tables import Bay, RestrictionRow, Zone
from enforcement.domain.refusals import Invalid, about
from enforcement.pipeline.rules import rules_of
from enforcement.places import bays, known, restricting, restrictions

from .auth import clock, current, reads_places, supervisor, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import places as schemas
from .schemas.base import page_of

blueprint = Blueprint("bays", __name__, description="Bays, and what they allow")

WHICH = ("text", "zone_id", "restriction_id", "state")


@blueprint.get("/bays")
@reads_places
@blueprint.arguments(schemas.BayQuery, location="query")
@blueprint.response(200, page_of(schemas.BayOut))
def list_bays(query):
    """Bays with their state of now: the newest first, or in the order of streets and references."""
    ids, by_street = None, query.pop("order") == "street"
    if reference := query.pop("reference"):
        same = select(Bay.id).where(Bay.authority_id == current.authority_id, Bay.reference == reference)
        ids = list(session.scalars(same))
    which = queries.WhichBays(**{name: query.pop(name) for name in WHICH})
    items, following = queries.bays(session, clock(), which=which, ids=ids, by_street=by_street, **query)
    return {"items": items, "next": following}


@blueprint.post("/bays")
@writes_places
@blueprint.arguments(schemas.BayIn)
@blueprint.response(201, schemas.BayOut)
def add_bay(body):
    """A new bay, with what it allows."""
    now = clock()
    row = _restriction(body, now)
    place = (body["reference"], body["street"], body["lon"], body["lat"])
    bay = bays.add_bay(session, *place, None, now, current.actor)
    if row:
        restrictions.put_in_force(session, bay, row, restrictions.BEGINNING, now, current.actor)
    session.commit()
    return queries.bay(session, bay.id, now)


def _restriction(body: dict, now) -> RestrictionRow | None:
    if body["restriction"] and body["restriction_id"]:
        raise Invalid("Give restriction or restriction_id, not both.")
    if body["restriction"]:
        with about("/restriction"):
            calendar = rules_of(session, now).calendar
            return restrictions.restriction(session, body["restriction"], calendar, now, current.actor)
    if body["restriction_id"]:
        return known.get(session, RestrictionRow, body["restriction_id"], "restriction")
    return None


@blueprint.get("/bays/<uuid:bay_id>")
@reads_places
@blueprint.response(200, schemas.BayOut)
def show_bay(bay_id):
    """One bay."""
    return queries.bay(session, bay_id, clock())


@blueprint.patch("/bays/<uuid:bay_id>")
@writes_places
@blueprint.arguments(schemas.BayChange)
@blueprint.response(200, schemas.BayOut)
def change_bay(body, bay_id):
    """Rename, move or pause a bay; `paused_why` null puts it back into use."""
    bay = known.get(session, Bay, bay_id, "bay")
    bays.change_bay(session, bay, body, clock(), current.actor)
    session.commit()
    return queries.bay(session, bay_id, clock())


@blueprint.delete("/bays/<uuid:bay_id>")
@writes_places
@blueprint.response(204)
def retire_bay(bay_id):
    """The bay is gone from the street; its history stays."""
    bays.retire_bay(session, known.get(session, Bay, bay_id, "bay"), clock(), current.actor)
    session.commit()


@blueprint.post("/bays/<uuid:bay_id>/restore")
@writes_places
@blueprint.response(200, schemas.BayOut)
def restore_bay(bay_id):
    """The bay is on the street after all, with its sensors."""
    bays.restore_bay(session, bay_id, clock(), current.actor)
    session.commit()
    return queries.bay(session, bay_id, clock())


@blueprint.get("/bays/<uuid:bay_id>/restrictions")
@reads_places
@blueprint.response(200, schemas.DatedRestrictionList)
def list_bay_restrictions(bay_id):
    """What the bay allows, allowed and will allow, the latest first."""
    known.get(session, Bay, bay_id, "bay")
    return {"items": queries.allowed(session, bay_id)}


@blueprint.post("/bays/<uuid:bay_id>/restrictions")
@writes_places
@blueprint.arguments(schemas.BayRestrictionIn)
@blueprint.response(200, schemas.BayOut)
def restrict_bay(body, bay_id):
    """From `valid_from` (now, if left out) the bay allows this."""
    now = clock()
    bay = known.get(session, Bay, bay_id, "bay")
    row = known.get(session, RestrictionRow, body["restriction_id"], "restriction")
    restrictions.put_in_force(session, bay, row, body["valid_from"] or now, now, current.actor)
    session.commit()
    return queries.bay(session, bay_id, now)


@blueprint.post("/bays/restrictions/preview")
@writes_places
@blueprint.arguments(schemas.ManyRestrictedIn)
@blueprint.response(200, schemas.AffectedOut)
def preview_restrictions(body):
    """How many bays would allow something else; nothing is changed."""
    now = clock()
    which, since = _which(body["which"]), body["valid_from"] or now
    return restricting.affected(session, which, body["restriction_id"], since, now)


@blueprint.post("/bays/restrictions")
@writes_places
@blueprint.arguments(schemas.ManyRestrictedNow)
@blueprint.response(200, schemas.AffectedOut)
def restrict_bays(body):
    """From `valid_from` on all bays that are meant allow this."""
    now = clock()
    which, since = _which(body["which"]), body["valid_from"] or now
    done = restricting.restrict(
        session, which, body["restriction_id"], since, now, current.actor,
        expected=body["expected"], settle=session.commit,
    )  # fmt: skip
    session.commit()
    return done


def _which(said: dict) -> queries.WhichBays:
    if said["zone_id"]:
        known.get(session, Zone, said["zone_id"], "zone")
    if said["restriction_id"]:
        known.get(session, RestrictionRow, said["restriction_id"], "restriction")
    return queries.WhichBays(**said)


@blueprint.get("/bays/false-alarms")
@supervisor
@blueprint.arguments(schemas.FalseAlarmsQuery, location="query")
@blueprint.response(200, schemas.FalseAlarmsList)
def list_false_alarms(query):
    """Bays at which officers found nothing though a sensor sent them, the worst first; those with enough visits."""
    return {"items": queries.false_alarms(session, query["days"], clock())}
