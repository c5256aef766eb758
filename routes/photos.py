"""What officers saw, and their photos: piece by piece from the phone, whole to whoever may look at them."""

from flask import Response, current_app, request

from enforcement import pipeline, queries
from enforcement.adapters.photos import PhotoFolder
from enforcement.domain.photos import Piece
from enforcement.domain.refusals import Forbidden
from enforcement.sightings import sightings

from .auth import clock, current, officer, signed_in
from .bodies import Blueprint
from .database import session
from .schemas.photos import PieceQuery, ReceiptOut, SightingList

blueprint = Blueprint("photos", __name__, description="What officers saw, and their photos")

PHOTO = "/sightings/<uuid:sighting_id>/photos/<string(length=64):sha256>"
JPEG = "image/jpeg"
PIECES = "photos.send_photo"


@blueprint.get("/tasks/<uuid:task_id>/sightings")
@signed_in
@blueprint.response(200, SightingList)
def list_sightings(task_id):
    """What was seen at a task: to an officer their own looks, if it was ever theirs to do."""
    queries.task(session, task_id)
    if not current.is_a("officer"):
        return {"items": sightings(session, task_id)}
    if not pipeline.hand.was_offered(session, task_id, current.person.id):
        raise Forbidden("This task was never yours.")
    return {"items": sightings(session, task_id, current.person.id)}


@blueprint.put(PHOTO)
@officer
@blueprint.arguments(PieceQuery, location="query")
@blueprint.response(200, ReceiptOut)
def send_photo(query, sighting_id, sha256):
    """A piece of a photo that was recorded with a sighting, at most 256 KiB; the last one makes it complete.

    The body is the bytes. Any piece may be sent again, at any time. Other bytes than those that come next are
    refused by 409, with `received`, from where to go on; without a body it only asks for that. When all are here
    they must hash to what the sighting says, and be a JPEG of at most 3 MB and 24 million pixels with nothing in
    it but the picture: otherwise 422, and it begins again. Photos of a sighting that was refused and kept are
    taken as well.
    """
    piece = Piece(query["offset"], query["size"], request.get_data())
    photo = pipeline.photos.recorded(session, sighting_id, sha256)
    receipt = pipeline.photos.receive(session, _folder(), photo, current.person.id, piece, clock())
    session.commit()
    return receipt


@blueprint.get(PHOTO)
@signed_in
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type=JPEG)
def show_photo(sighting_id, sha256):
    """A photo, when it is complete; to an officer their own."""
    photo = pipeline.photos.recorded(session, sighting_id, sha256)
    if current.is_a("officer") and photo.officer_id != current.person.id:
        raise Forbidden("This photo is another officer's.")
    answer = Response(pipeline.photos.shown(session, _folder(), photo.name), content_type=JPEG)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = f'inline; filename="{sha256}.jpg"'
    return answer


def _folder() -> PhotoFolder:
    folder: PhotoFolder = current_app.extensions["openpatrol"].photos
    return folder
