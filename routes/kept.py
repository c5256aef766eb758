"""What officers recorded and the line could not take."""

from sqlalchemy import select

from enforcement.adapters.tables import KeptRecord, Person
from enforcement.queries import page

from .auth import current, supervisor
from .bodies import Blueprint
from .database import session
from .schemas.base import page_of
from .schemas.kept import KeptQuery, KeptRecordOut

blueprint = Blueprint("kept", __name__, description="Late records of phones, kept for supervisors")


@blueprint.get("/kept-records")
@supervisor
@blueprint.arguments(KeptQuery, location="query")
@blueprint.response(200, page_of(KeptRecordOut))
def list_kept_records(query):
    """Sightings and outcomes that could not be taken, the newest first, as they were sent.

    Those that took effect when their officer sent them again are told only if `taken` asks for them too.
    """
    taken = query.pop("taken")
    rows = (
        select(KeptRecord, Person)
        .join(Person, (Person.authority_id == KeptRecord.authority_id) & (Person.id == KeptRecord.person_id))
        .where(KeptRecord.authority_id == current.authority_id)
    )
    if not taken:
        rows = rows.where(KeptRecord.taken_at.is_(None))
    found, following = page(session, rows, KeptRecord.id, query["cursor"], query["limit"])
    names = KeptRecordOut().declared_fields.keys() - {"officer"}
    items = [{name: getattr(kept, name) for name in names} | {"officer": officer} for kept, officer in found]
    return {"items": items, "next": following}
