"""A few words from the desk to an officer on shift."""

from enforcement import people, pipeline, queries
from enforcement.adapters.tables import DeskMessage

from .auth import clock, current, officer, supervisor
from .bodies import Blueprint
from .database import session
from .phones import recorded
from .schemas.desk_messages import DeskMessageIn, DeskMessageList, DeskMessageOut
from .schemas.shifts import Step

blueprint = Blueprint("desk_messages", __name__, description="Words from the desk to an officer")


@blueprint.get("/people/<uuid:person_id>/messages")
@supervisor
@blueprint.response(200, DeskMessageList)
def list_messages(person_id):
    """What was written to an officer, the newest first, and whether they have read it."""
    people.find_person(session, person_id)
    written = queries.desk_message_query(session, person_id)
    return {"items": queries.desk_messages(session, written)}


@blueprint.post("/people/<uuid:person_id>/messages")
@supervisor
@blueprint.arguments(DeskMessageIn)
@blueprint.response(201, DeskMessageOut)
def send_message(body, person_id):
    """Write to an officer on shift: their phone buzzes, and they read it in the app. Sent twice it is sent once."""
    message = pipeline.desk_messages.send(
        session, body["id"], person_id, body["text"], current.person.id, clock()
    )
    session.commit()
    return _told(message)


@blueprint.post("/messages/<uuid:message_id>/read")
@officer
@blueprint.arguments(Step)
@blueprint.response(200, DeskMessageOut)
def read_message(body, message_id):
    """I have read it."""
    recorded("message.read", message_id, body)
    message = pipeline.desk_messages.read(
        session, message_id, current.person.id, body["recorded_at"], clock()
    )
    session.commit()
    return _told(message)


def _told(message: DeskMessage) -> dict:
    written = queries.desk_message_query(session, message.officer_id).where(DeskMessage.id == message.id)
    return queries.desk_messages(session, written)[0]
