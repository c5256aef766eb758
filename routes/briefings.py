"""The beginning of a day: what officers are told, that they read it, and what they carry."""

from sqlalchemy import select

from enforcement import pipeline, queries
from enforcement.adapters.tables import BriefingRead, Person, Shift
from enforcement.domain.briefing import digest
from enforcement.pipeline.rules import rules_of
from enforcement.places import briefing, briefing_notes

from .auth import clock, current, officer, signed_in, supervisor
from .bodies import Blueprint
from .database import session
from .phones import recorded
from .schemas import briefings as schemas
from .schemas.base import page_of
from .schemas.shifts import ShiftOut

blueprint = Blueprint("briefings", __name__, description="What officers are told before they go out")


@blueprint.get("/shifts/<uuid:shift_id>/briefing")
@signed_in
@blueprint.response(200, schemas.BriefingOut)
def show_briefing(shift_id):
    """What its officer has to know: hazards, notes, suspensions, the day, patrols; and what to look over."""
    shift = pipeline.shifts.find(session, shift_id)
    if current.is_a("officer"):
        pipeline.shifts.check_own(shift, current.person.id)
    told = briefing.told(session, shift, rules_of(session, clock()))
    last_read = pipeline.briefings.last_read(session, shift_id)
    return {**told, "shift_id": shift_id, "sha256": digest(told), "last_read": last_read}


@blueprint.post("/shifts/<uuid:shift_id>/briefing")
@officer
@blueprint.arguments(schemas.BriefingStep)
@blueprint.response(200, ShiftOut)
def acknowledge_briefing(body, shift_id):
    """I read the briefing with this sum, and my equipment is so. Before the shift or in it; again when it changed."""
    if recorded("shift.briefing", shift_id, body):
        pipeline.briefings.acknowledge(
            session,
            shift_id,
            current.person.id,
            body["sha256"],
            body["equipment"],
            body["recorded_at"],
            clock(),
        )
    session.commit()
    return queries.shift(session, shift_id)


@blueprint.get("/briefings")
@supervisor
@blueprint.arguments(schemas.BriefingsQuery, location="query")
@blueprint.response(200, page_of(schemas.BriefingReadOut))
def list_briefings(query):
    """Who read which briefing, and what of their equipment was not in order; the newest first."""
    rows = (
        select(BriefingRead, Person)
        .join(Shift, (Shift.authority_id == BriefingRead.authority_id) & (Shift.id == BriefingRead.shift_id))
        .join(Person, (Person.authority_id == Shift.authority_id) & (Person.id == Shift.officer_id))
        .where(BriefingRead.authority_id == current.authority_id)
    )
    if query["faults"]:
        rows = rows.where(BriefingRead.faults > 0)
    found, following = queries.page(session, rows, BriefingRead.id, query["cursor"], query["limit"])
    names = schemas.BriefingReadOut().declared_fields.keys() - {"officer"}
    items = [{name: getattr(row, name) for name in names} | {"officer": person} for row, person in found]
    return {"items": items, "next": following}


@blueprint.get("/briefing-notes")
@supervisor
@blueprint.response(200, schemas.BriefingNoteList)
def list_notes():
    """The notes that officers are told today, or will be."""
    return {"items": briefing_notes.notes_in_use(session, _today())}


@blueprint.post("/briefing-notes")
@supervisor
@blueprint.arguments(schemas.BriefingNoteIn)
@blueprint.response(201, schemas.BriefingNoteOut)
def add_note(body):
    """Tell officers something before they go out. No plates and no names: it is read by all of them."""
    row = briefing_notes.add_note(session, body, current.person.id, _today(), clock())
    session.commit()
    return row


@blueprint.patch("/briefing-notes/<uuid:briefing_note_id>")
@supervisor
@blueprint.arguments(schemas.BriefingNoteChange)
@blueprint.response(200, schemas.BriefingNoteOut)
def change_note(body, briefing_note_id):
    """Tell it on other days."""
    row = briefing_notes.change_days(session, briefing_note_id, body, current.actor, clock())
    session.commit()
    return row


@blueprint.delete("/briefing-notes/<uuid:briefing_note_id>")
@supervisor
@blueprint.response(204)
def retire_note(briefing_note_id):
    """Tell it no more."""
    briefing_notes.retire_note(session, briefing_note_id, current.actor, clock())
    session.commit()


def _today():
    now = clock()
    return now.astimezone(rules_of(session, now).zone).date()
