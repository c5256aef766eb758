"""Standing patrols."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from enforcement.domain.patrols import MINUTES, PRIORITIES
from enforcement.domain.tasks import TaskState

from .base import LAT, LON, ChangeOfSeen, Named, Strict, Text, Time, of_our_time
from .tasks import TaskBay

PERIOD: dict[str, Any] = {"validate": validate.Range(MINUTES[0], MINUTES[-1]), "strict": True}
WORTH: dict[str, Any] = {
    "validate": validate.Range(*PRIORITIES),
    "metadata": {"description": "how urgent, on the scale of tasks' priority"},
}
HOURS: dict[str, Any] = {"metadata": {"description": "OSM opening_hours; PH and EV:name are ours"}}
MOST_TERMS = validate.Length(max=50)


class TermIn(Strict):
    first = fields.Date(required=True, validate=of_our_time)
    last = fields.Date(required=True, validate=of_our_time, metadata={"description": "included"})


class PatrolPlaceIn(Strict):
    """A bay, or a spot: a point in a street, and in words where exactly it is."""

    bay_id = fields.UUID()
    street = Text()
    at = Text(100, metadata={"description": "where exactly: “the school gate”"})
    lon = fields.Float(**LON)
    lat = fields.Float(**LAT)

    @validates_schema
    def is_one_place(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "bay_id" in data and len(data) > 1:
            raise ValidationError("Give bay_id, or street, at, lon and lat; not both.", "bay_id")
        missing = [name for name in ("street", "at", "lon", "lat") if name not in data]
        if "bay_id" not in data and missing:
            raise ValidationError({name: ["Goes with the other members of a place."] for name in missing})


class PatrolIn(Strict):
    name = Text(100, required=True)
    place = fields.Nested(PatrolPlaceIn, required=True)
    instructions = Text(1000, load_default="", empty=True)
    code = Text(10, required=True, metadata={"description": "the contravention to look for first of all"})
    suffix = Text(10, load_default="", empty=True)
    hours = Text(1000, required=True, **HOURS)
    terms = fields.List(fields.Nested(TermIn), load_default=list, validate=MOST_TERMS)
    minutes = fields.Integer(required=True, **PERIOD)
    priority = fields.Float(load_default=50.0, **WORTH)


class PatrolChange(ChangeOfSeen):
    name = Text(100)
    place = fields.Nested(PatrolPlaceIn)
    instructions = Text(1000, empty=True)
    code = Text(10)
    suffix = Text(10, empty=True)
    hours = Text(1000, **HOURS)
    terms = fields.List(fields.Nested(TermIn), validate=MOST_TERMS)
    minutes = fields.Integer(**PERIOD)
    priority = fields.Float(**WORTH)
    paused_why = Text(allow_none=True, metadata={"description": "null puts it back into use"})


class TermOut(Schema):
    first = fields.Date()
    last = fields.Date()


class PatrolOut(Schema):
    id = fields.UUID()
    name = fields.String()
    place = fields.Nested(TaskBay)
    zones = fields.List(fields.UUID())
    instructions = fields.String()
    code = fields.String()
    suffix = fields.String()
    hours = fields.String()
    terms = fields.List(fields.Nested(TermOut))
    minutes = fields.Integer()
    priority = fields.Float()
    window_from = Time(
        allow_none=True, metadata={"description": "of the window that is open, or the next one"}
    )
    window_until = Time(allow_none=True)
    paused_at = Time(allow_none=True)
    paused_why = fields.String(allow_none=True)
    version = fields.Integer()


class PatrolList(Schema):
    items = fields.List(fields.Nested(PatrolOut))


class PatrolRoundOut(Schema):
    """One asking for a patrol, and what came of it."""

    task_id = fields.UUID()
    window_from = Time()
    window_until = Time()
    state = fields.String(metadata={"enum": list(TaskState)})
    officer = fields.Nested(Named, allow_none=True)
    arrived_at = Time(allow_none=True)
    outcome = fields.String(allow_none=True)
    ended_at = Time(allow_none=True)
    ended_why = fields.String(allow_none=True)
