"""What officers raise themselves: a car that no sensor saw, several side by side."""

from enforcement import pipeline, queries
from enforcement.places import spots

from .auth import clock, current, officer
from .bodies import Blueprint
from .database import session
from .phones import found_kept_if_refused, recorded
from .schemas.found import FoundIn
from .schemas.tasks import TaskOut

blueprint = Blueprint("found", __name__, description="What officers raise themselves")


@blueprint.post("/found")
@officer
@blueprint.arguments(FoundIn)
@blueprint.response(201, TaskOut)
def raise_found(body):
    """I see a car: a task of my own under this id, beside the one I was sent to.

    It stays with its officer until they close it or their shift ends.
    """
    with found_kept_if_refused(body):
        if recorded("task.found", body["id"], body):
            now = clock()
            bay = spots.where_found(session, body, now)
            pipeline.found.observe(session, bay, current.person.id, body, now)
        session.commit()
    return queries.task(session, body["id"])
