"""By radio: a supervisor records for an officer whose phone does not work."""

from enforcement import pipeline, queries

from .auth import clock, current, supervisor
from .bodies import Blueprint
from .database import session
from .phones import recorded
from .schemas.radio import RadioShiftStep, RadioTaskStep
from .schemas.shifts import ShiftOut
from .schemas.tasks import TaskOut

blueprint = Blueprint("radio", __name__, description="For officers without a working phone")


@blueprint.post("/tasks/<uuid:task_id>/radio")
@supervisor
@blueprint.arguments(RadioTaskStep)
@blueprint.response(200, TaskOut)
def task_by_radio(body, task_id):
    """What an officer says of a task: accepted, declined, arrived, how it ended. A notice is not served by radio."""
    officer_id = body["officer_id"]
    if recorded("task.radio", task_id, body, heard_from=officer_id):
        pipeline.radio.task_step(session, task_id, officer_id, body, current.actor, clock())
    session.commit()
    return queries.task(session, task_id)


@blueprint.post("/shifts/<uuid:shift_id>/radio")
@supervisor
@blueprint.arguments(RadioShiftStep)
@blueprint.response(200, ShiftOut)
def shift_by_radio(body, shift_id):
    """An officer says that their shift starts or ends, or what they are doing."""
    officer_id = pipeline.shifts.find(session, shift_id).officer_id
    if recorded("shift.radio", shift_id, body, heard_from=officer_id):
        pipeline.radio.shift_step(session, shift_id, body, current.actor, clock())
    session.commit()
    return queries.shift(session, shift_id)
