"""Who works when, and in which zones."""

from zoneinfo import ZoneInfo

from enforcement import pipeline, queries
from enforcement.adapters.tables import Authority, Shift

from .auth import clock, current, supervisor
from .bodies import Blueprint
from .database import session
from .schemas.roster import CopiedShiftList, CopyIn, CopyQuery, ShiftChange
from .schemas.shifts import ShiftIn, ShiftList, ShiftOut

blueprint = Blueprint("roster", __name__, description="Who works when, and where")


@blueprint.post("/shifts")
@supervisor
@blueprint.arguments(ShiftIn)
@blueprint.response(201, ShiftOut)
def plan_shift(body):
    """Say who works when, and in which zones."""
    shift = pipeline.roster.plan(session, **body, actor=current.actor, now=clock())
    session.commit()
    return queries.shift(session, shift.id)


@blueprint.patch("/shifts/<uuid:shift_id>")
@supervisor
@blueprint.arguments(ShiftChange)
@blueprint.response(200, ShiftOut)
def change_shift(body, shift_id):
    """From now on this shift has these times, and patrols these zones. What is left out stays."""
    pipeline.roster.change(session, shift_id, body, current.actor, clock())
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.post("/shifts/<uuid:shift_id>/cancel")
@supervisor
@blueprint.response(200, ShiftOut)
def cancel_shift(shift_id):
    """Call off a shift that has not begun."""
    pipeline.roster.cancel(session, shift_id, current.actor, clock())
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.post("/shifts/<uuid:shift_id>/restore")
@supervisor
@blueprint.response(200, ShiftOut)
def restore_shift(shift_id):
    """A shift that was called off stands again, if its officer has no other at that time by now."""
    pipeline.roster.restore(session, shift_id, current.actor, clock())
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.get("/shifts/copy")
@supervisor
@blueprint.arguments(CopyQuery, location="query")
@blueprint.response(200, CopiedShiftList)
def preview_copy(query):
    """What a copy of one day's shifts to another would plan, and what it can't and why. Nothing is planned yet."""
    repeats = pipeline.repeating.preview(session, query["from_day"], query["day"], _zone(), clock())
    return {"items": [_told(repeat) for repeat in repeats]}


def _told(repeat: pipeline.repeating.Repeat) -> dict:
    return {
        "from_shift_id": repeat.source.id,
        "officer": repeat.officer,
        "zones": repeat.zones,
        "gone": repeat.gone,
        "planned_from": repeat.span.begins,
        "planned_to": repeat.span.ends,
        "there": repeat.there,
        "why_not": repeat.why_not,
    }


@blueprint.post("/shifts/copy")
@supervisor
@blueprint.arguments(CopyIn)
@blueprint.response(200, ShiftList)
def copy_day(body):
    """Plan these shifts of one day on another too, by the clock on the wall. All of them, or none and why.

    Sent again it plans nothing twice: it answers with what is planned there.
    """
    planned = pipeline.repeating.repeat(session, **body, zone=_zone(), actor=current.actor, now=clock())
    session.commit()
    return {"items": queries.shifts(session, queries.shift_query(session).where(Shift.id.in_(planned)))}


def _zone() -> ZoneInfo:
    return ZoneInfo(session.get_one(Authority, current.authority_id).time_zone)
