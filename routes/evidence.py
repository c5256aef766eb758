"""Evidence packs: what is known of a case, as one signed file."""

from flask import Response, current_app

from enforcement.evidence import pack

from .auth import clock, current, supervisor
from .bodies import Blueprint
from .database import session

blueprint = Blueprint("evidence", __name__, description="Evidence packs")

PACK = "text/html; charset=utf-8"
NO_SCRIPT = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)


@blueprint.get("/tasks/<uuid:task_id>/evidence")
@supervisor
@blueprint.response(200, {"type": "string"}, content_type="text/html")
def evidence_pack(task_id):
    """The evidence pack of a case: an HTML page for people that prints, with its facts as JSON inside, signed.

    Its photos are in it, up to 24 MB of them; where one is not, it says why.
    """
    services = current_app.extensions["openpatrol"]
    file = pack(session, task_id, services.photos, services.signing_key, current.actor, clock())
    session.commit()
    answer = Response(file, content_type=PACK)
    answer.headers["Content-Disposition"] = f'attachment; filename="evidence-{task_id}.html"'
    answer.headers["Content-Security-Policy"] = NO_SCRIPT
    return answer
