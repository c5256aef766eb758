"""What a supervisor records for an officer."""

from marshmallow import fields, validate

from enforcement.domain.outcomes import Outcome
from enforcement.domain.tasks import DeclineReason
from enforcement.pipeline.radio import ShiftStep, TaskStep

from .shifts import STATES, Step
from .tasks import OutcomeDetails, PlacedStep

OUTCOMES = [outcome for outcome in Outcome if outcome is not Outcome.NOTICE_SERVED]


class RadioTaskStep(PlacedStep):
    officer_id = fields.UUID(required=True, metadata={"description": "who says so, and has the task"})
    step = fields.String(required=True, validate=validate.OneOf(list(TaskStep)))
    reason = fields.String(load_default=None, validate=validate.OneOf(list(DeclineReason)))
    outcome = fields.String(load_default=None, validate=validate.OneOf(OUTCOMES))
    details = fields.Nested(OutcomeDetails, load_default=dict)


class RadioShiftStep(Step):
    step = fields.String(required=True, validate=validate.OneOf(list(ShiftStep)))
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))
    minutes = fields.Integer(load_default=None, strict=True, validate=validate.Range(1, 240))
