"""What officers recorded and the line could not take."""

from enforcement import pipeline, queries

from .auth import clock, current, supervisor
from .bodies import Blueprint
from .database import session
from .schemas.base import page_of
from .schemas.kept import KeptCount, KeptQuery, KeptRecordOut

blueprint = Blueprint("kept", __name__, description="Late records of phones, kept for supervisors")


@blueprint.get("/kept-records")
@supervisor
@blueprint.arguments(KeptQuery, location="query")
@blueprint.response(200, page_of(KeptRecordOut))
def list_kept_records(query):
    """Sightings and outcomes that could not be taken, the newest first, as they were sent.

    Those that took effect when their officer sent them again are told only if `taken` asks for them too, and those
    that a supervisor has put away only if `put_away` does.
    """
    items, following = queries.kept_records(session, **query)
    return {"items": items, "next": following}


@blueprint.get("/kept-records/count")
@supervisor
@blueprint.response(200, KeptCount)
def count_kept_records():
    """How many wait for a supervisor."""
    return {"waiting": queries.kept_waiting(session)}


@blueprint.post("/kept-records/<uuid:kept_record_id>/put-away")
@supervisor
@blueprint.response(200, KeptRecordOut)
def put_away_record(kept_record_id):
    """It is dealt with: what it said stays on record, with who says so. The first who does counts."""
    pipeline.kept.put_away(session, kept_record_id, current.person.id, clock())
    session.commit()
    return queries.kept_record(session, kept_record_id)


@blueprint.post("/kept-records/<uuid:kept_record_id>/take-up")
@supervisor
@blueprint.response(200, KeptRecordOut)
def take_up_record(kept_record_id):
    """It is not dealt with after all: it waits for a supervisor again."""
    pipeline.kept.take_up(session, kept_record_id, current.person.id, clock())
    session.commit()
    return queries.kept_record(session, kept_record_id)
