"""Tasks, and what officers do about them."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from enforcement.domain.outcomes import Cause, Outcome
from enforcement.domain.tasks import DeclineReason, TaskState

from .base import LAT, LON, Named, PageQuery, Strict, Text, Time
from .shifts import Step

CLOCK_FACE: dict[str, Any] = {"validate": validate.Range(1, 12)}


class TaskBay(Schema):
    """Where it is; a `spot` is no bay: `reference` then says in words where in the street."""

    id = fields.UUID()
    reference = fields.String()
    street = fields.String()
    spot = fields.Boolean()
    lon = fields.Float()
    lat = fields.Float()


class TaskPatrol(Schema):
    """The standing patrol that asks for it; without one it comes of a stay."""

    id = fields.UUID()
    name = fields.String()
    instructions = fields.String()
    minutes = fields.Integer(metadata={"description": "how long to stay"})
    window_from = Time()
    window_until = Time()


class AssignmentOut(Schema):
    id = fields.UUID()
    shift_id = fields.UUID()
    state = fields.String()
    offered_at = Time()
    expires_at = Time()
    accepted_at = Time(allow_none=True)
    preparation_began_at = Time(allow_none=True)
    walk_metres = fields.Float(allow_none=True)
    walk_seconds = fields.Float(allow_none=True)
    reason = fields.String()


class TaskOut(Schema):
    id = fields.UUID()
    version = fields.Integer()
    state = fields.String()
    why = fields.String()
    code = fields.String()
    suffix = fields.String()
    stay_id = fields.UUID(allow_none=True)
    overstay_from = Time(
        allow_none=True, metadata={"description": "when its time was over; null where no car is known yet"}
    )
    patrol = fields.Nested(TaskPatrol, allow_none=True)
    found = fields.Boolean(
        metadata={"description": "its officer raised it themselves: it is theirs alone, beside other work"}
    )
    lawful_from = Time()
    lawful_until = Time(allow_none=True)
    not_before = Time(allow_none=True)
    counted_from = Time(
        allow_none=True,
        metadata={"description": "since when its stay counts: looks before that are of another car"},
    )
    bay = fields.Nested(TaskBay)
    zones = fields.List(fields.UUID())
    sightings_needed = fields.Integer()
    observation_minutes = fields.Integer()
    start_rule = fields.String()
    sightings = fields.Integer()
    missing_for_notice = fields.List(
        fields.String(),
        metadata={"description": "what its officer still lacks before a notice may be served, in words"},
    )
    unsafe = fields.Boolean(
        metadata={"description": "an officer found it unsafe there; a supervisor decides"}
    )
    rights = fields.String(metadata={"description": "what is known of a right to stand there, in words"})
    rights_status = fields.String(allow_none=True, metadata={"enum": ["covered", "none", "unknown", None]})
    rights_provider = fields.String(allow_none=True)
    rights_checked_at = Time(allow_none=True)
    rights_until = Time(allow_none=True)
    priority = fields.Float()
    priority_reasons = fields.List(fields.String())
    put_first_at = Time(allow_none=True, metadata={"description": "a supervisor put it before all others"})
    may_have_left_at = Time(allow_none=True)
    officer = fields.Nested(Named, allow_none=True)
    assignment = fields.Nested(AssignmentOut, allow_none=True)
    outcome = fields.String(allow_none=True)
    notice_number = fields.String(allow_none=True)
    ended_why = fields.String(allow_none=True)
    raised_at = Time()
    ended_at = Time(allow_none=True)


class NextTask(Schema):
    """What most likely comes next: no offer, and no promise."""

    task_id = fields.UUID(attribute="task.id")
    bay = fields.Nested(TaskBay)
    lawful_from = Time(attribute="task.lawful_from")
    walk_metres = fields.Float(allow_none=True)
    walk_seconds = fields.Float(allow_none=True)


class NextOut(Schema):
    then = fields.Nested(NextTask, allow_none=True)


class TaskQuery(PageQuery):
    state = fields.String(load_default=None, validate=validate.OneOf(["open", *TaskState]))
    mine = fields.Boolean(load_default=False)
    ids = fields.List(
        fields.UUID(),
        load_default=None,
        validate=validate.Length(max=100),
        metadata={"description": "of these only: those that the live feed named, say"},
    )
    bay_id = fields.UUID(load_default=None)


class TaskStep(Step):
    version = fields.Integer(
        required=True, strict=True, metadata={"description": "the version that the phone saw"}
    )


class DeclineIn(TaskStep):
    reason = fields.String(required=True, validate=validate.OneOf(list(DeclineReason)))


class Placed(Strict):
    """Where it was, if that is known."""

    lon = fields.Float(load_default=None, **LON)
    lat = fields.Float(load_default=None, **LAT)
    accuracy_m = fields.Float(load_default=None, validate=validate.Range(0, 100_000))

    @validates_schema
    def says_where(self, data: dict[str, Any], **kwargs: Any) -> None:
        for given, missing in (("lon", "lat"), ("lat", "lon")):
            if data[given] is not None and data[missing] is None:
                raise ValidationError(f"Goes with {given}.", missing)


class PlacedStep(TaskStep, Placed):
    """A step of an officer at a place."""


class PhotoIn(Placed):
    """A photo as it was taken; or one that was chosen among the phone's pictures: its file tells the time."""

    sha256 = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    taken_at = Time(required=True, allow_none=True)
    chosen = fields.Boolean(load_default=False)

    @validates_schema
    def says_what_is_known(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["chosen"] and data["lon"] is not None:
            raise ValidationError("Nobody knows where a chosen photo was taken.", "lon")
        if data["taken_at"] is None and not data["chosen"]:
            raise ValidationError("Say when it was taken.", "taken_at")


class SightingIn(PlacedStep):
    plate = Text(20, load_default=None, allow_none=True)
    valve_front = fields.Integer(load_default=None, allow_none=True, strict=True, **CLOCK_FACE)
    valve_rear = fields.Integer(load_default=None, allow_none=True, strict=True, **CLOCK_FACE)
    note = Text(2000, load_default=None, allow_none=True)
    photos = fields.List(fields.Nested(PhotoIn), load_default=list, validate=validate.Length(max=10))


class AddendumIn(Step):
    text = Text(2000, required=True)


class OutcomeDetails(Strict):
    which = fields.String()
    minutes = fields.Integer(strict=True)
    reference = Text(100)
    preparation_began_at = Time()
    notice_number = Text(
        40, metadata={"description": "of the notice, as the handheld that printed it shows it"}
    )


class OutcomeIn(PlacedStep):
    outcome = fields.String(required=True, validate=validate.OneOf(list(Outcome)))
    details = fields.Nested(OutcomeDetails, load_default=dict)


class OutcomeChoice(Schema):
    value = fields.String()
    words = fields.String()
    needs = fields.List(fields.String())
    causes = fields.List(
        fields.String(metadata={"enum": list(Cause)}),
        metadata={
            "description": "of what it can be said: a task of a stay, of a patrol, one that its officer raised"
        },
    )


class OutcomeList(Schema):
    items = fields.List(fields.Nested(OutcomeChoice))


class OfferIn(Strict):
    shift_id = fields.UUID(required=True)


class WithdrawIn(Strict):
    why = Text(500, required=True)


class PositionsOut(Schema):
    kept = fields.Integer()
    arrived_task = fields.Nested(TaskOut, allow_none=True)
