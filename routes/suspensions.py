"""Bays that are closed to parking for a while, and the signs that say so."""

from flask import Response, current_app, request

from enforcement import queries
from enforcement.adapters.photos import PhotoFolder
from enforcement.places import signs, suspensions

from .auth import clock, current, reads_places, signed_in, supervisor, writes_places
from .bodies import Blueprint
from .database import session
from .schemas import suspensions as schemas
from .schemas.base import page_of

blueprint = Blueprint("suspensions", __name__, description="Bays that are closed for a while")

SIGN = "/suspensions/<uuid:suspension_id>/sign"
JPEG = "image/jpeg"


@blueprint.get("/suspensions")
@reads_places
@blueprint.arguments(schemas.SuspensionQuery, location="query")
@blueprint.response(200, page_of(schemas.SuspensionOut))
def list_suspensions(query):
    """Suspensions, the newest first."""
    items, following = queries.suspensions(session, clock(), **query)
    return {"items": items, "next": following}


@blueprint.post("/suspensions")
@writes_places
@blueprint.arguments(schemas.SuspensionIn)
@blueprint.response(201, schemas.SuspensionOut)
def add_suspension(body):
    """Close a bay to parking for a while."""
    row = suspensions.suspend(session, **body, now=clock(), actor=current.actor)
    session.commit()
    return queries.suspension(session, row.id)


@blueprint.patch("/suspensions/<uuid:suspension_id>")
@writes_places
@blueprint.arguments(schemas.SuspensionChange)
@blueprint.response(200, schemas.SuspensionOut)
def change_suspension(body, suspension_id):
    """Its times, its words, or when its sign went up: cars that stand there are judged anew."""
    suspensions.change_suspension(session, suspension_id, body, clock(), current.actor)
    session.commit()
    return queries.suspension(session, suspension_id)


@blueprint.delete("/suspensions/<uuid:suspension_id>")
@writes_places
@blueprint.response(204)
def cancel_suspension(suspension_id):
    """The suspension holds no more."""
    suspensions.cancel_suspension(session, suspension_id, clock(), current.actor)
    session.commit()


@blueprint.put(SIGN)
@supervisor
@blueprint.response(200, schemas.SuspensionOut)
def photograph_sign(suspension_id):
    """The picture of its sign, in place of an earlier one; the body is the bytes.

    A JPEG of at most 2 MB and 24 million pixels with nothing in it but the picture: otherwise 422.
    """
    signs.photograph(session, _folder(), suspension_id, request.get_data(), clock(), current.actor)
    session.commit()
    return queries.suspension(session, suspension_id)


@blueprint.get(SIGN)
@signed_in
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=JPEG)
def show_sign(suspension_id):
    """The picture of its sign."""
    answer = Response(signs.picture(session, _folder(), suspension_id), content_type=JPEG)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _folder() -> PhotoFolder:
    folder: PhotoFolder = current_app.extensions["openpatrol"].photos
    return folder
