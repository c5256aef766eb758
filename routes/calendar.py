"""The authority's event days."""

from sqlalchemy import select

from enforcement.adapters.tables import EventDay
from enforcement.places import calendar

from .auth import clock, current, reads_places, writes_places
from .bodies import Blueprint
from .database import session
from .schemas.places import EventDayIn, EventDayList, EventDayOut

blueprint = Blueprint("calendar", __name__, description="Match days, market days: `EV:name` in opening hours")


@blueprint.get("/event-days")
@reads_places
@blueprint.response(200, EventDayList)
def list_event_days():
    """All event days, in order."""
    ours = select(EventDay).where(EventDay.authority_id == current.authority_id)
    return {"items": list(session.scalars(ours.order_by(EventDay.day, EventDay.name)))}


@blueprint.post("/event-days")
@writes_places
@blueprint.arguments(EventDayIn)
@blueprint.response(201, EventDayOut)
def add_event_day(body):
    """One more day of an event."""
    row = calendar.add_event_day(session, body["name"], body["day"], current.actor, clock())
    session.commit()
    return row


@blueprint.delete("/event-days/<uuid:event_day_id>")
@writes_places
@blueprint.response(204)
def drop_event_day(event_day_id):
    """That day is an ordinary one after all."""
    calendar.drop_event_day(session, event_day_id, current.actor, clock())
    session.commit()
