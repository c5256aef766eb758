"""Streets that somebody should see again: the list for supervisors, and a hint to an officer with nothing to do."""

from datetime import timedelta

from enforcement import pipeline
from enforcement.domain.coverage import is_overdue
from enforcement.pipeline.rules import policy_of

from .auth import clock, current, officer, supervisor
from .bodies import Blueprint
from .database import session
from .schemas.coverage import CoverageOut, SuggestionOut

blueprint = Blueprint("coverage", __name__, description="Which streets have been seen lately")

COLUMNS = ("name", "bays", "lon", "lat", "zones", "seen_at")


@blueprint.get("/coverage")
@supervisor
@blueprint.response(200, CoverageOut)
def list_streets():
    """Every street with bays, and when it was seen last; those unseen for longest come first."""
    within, now = policy_of(session).street_seen_within, clock()
    streets = sorted(
        pipeline.coverage.streets(session),
        key=lambda street: (street.seen_at is not None, street.seen_at, street.name),
    )
    items = [
        {name: getattr(street, name) for name in COLUMNS}
        | {"overdue": within is not None and is_overdue(street, within, now)}
        for street in streets
    ]
    return {"days": within // timedelta(days=1) if within else None, "items": items}


@blueprint.get("/suggestion")
@officer
@blueprint.response(200, SuggestionOut)
def suggest():
    """Where I may walk while there is nothing urgent. It is no task: an offer comes as if there were none."""
    shift = pipeline.shifts.current(session, current.person.id)
    found = pipeline.coverage.suggestions(session, clock()).get(shift.id) if shift else None
    if found is None:
        return {"walk": None}
    street = found.street
    place = {"street": street.name, "lon": street.lon, "lat": street.lat, "seen_at": street.seen_at}
    return {"walk": place | {"walk_metres": found.walk_metres, "walk_seconds": found.walk_seconds}}
