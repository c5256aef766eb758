"""The whole story of a task, for those who answer for it."""

from enforcement import queries
from enforcement.domain.refusals import Invalid
from enforcement.queries import Place

from .auth import supervisor
from .bodies import Blueprint
from .database import session
from .schemas.story import ReadingsQuery, StoryOut, StoryReadings

blueprint = Blueprint("story", __name__, description="The whole story of a task")


@blueprint.get("/tasks/<uuid:task_id>/story")
@supervisor
@blueprint.response(200, StoryOut)
def tell_story(task_id):
    """From the first reading to the outcome: what led to it, who was asked and why, what was seen, how it ended."""
    return queries.task_story(session, task_id)


@blueprint.get("/tasks/<uuid:task_id>/readings")
@supervisor
@blueprint.arguments(ReadingsQuery, location="query")
@blueprint.response(200, StoryReadings)
def list_readings_of_stay(query, task_id):
    """What the sensor said while the car stood there, the earliest first; none where a task came of no stay."""
    written = query["cursor"]
    after = Place.parse(written) if written else None
    if written and after is None:
        raise Invalid.at("/cursor", "That is not a cursor of ours.")
    return queries.readings_of_task(session, task_id, after)
