"""Who changed what: the journal by subject, kind, person and period."""

from enforcement import queries
from enforcement.domain.refusals import Invalid
from enforcement.queries import Place, Sought

from .auth import supervisor
from .bodies import Blueprint
from .database import session
from .schemas.audit import AuditPage, AuditQuery

blueprint = Blueprint("audit", __name__, description="Who changed what")


@blueprint.get("/audit")
@supervisor
@blueprint.arguments(AuditQuery, location="query")
@blueprint.response(200, AuditPage)
def search_journal(query):
    """What people and keys changed, the latest first, with names; `everything`: the whole journal.

    Names are those of now: somebody who was forgotten has none any more.
    """
    limit, written = query.pop("limit"), query.pop("cursor")
    before = Place.parse(written) if written else None
    if written and before is None:
        raise Invalid.at("/cursor", "That is not a cursor of ours.")
    sought = Sought(person_id=query.pop("person"), alone=query.pop("everything"), before=before, **query)
    items, following = queries.audit(session, sought, limit)
    return {"items": items, "next": following}
