"""Alerts, frozen places, calls for help, signs of life."""

from marshmallow import EXCLUDE, Schema, fields, validate

from enforcement.domain.safety import CHECK_IN_MINUTES, AlertKind

from .base import LAT, LON, Named, PageQuery, Strict, Time
from .shifts import PlaceOut


class AlertOut(Schema):
    id = fields.UUID()
    kind = fields.String(metadata={"enum": list(AlertKind)})
    subject = fields.String(
        metadata={
            "description": "what `subject_id` is: officer, shift, task, freeze, patrol, key or authority"
        }
    )
    subject_id = fields.UUID()
    officer = fields.Nested(Named, allow_none=True)
    tasks = fields.List(fields.UUID())
    network = fields.String(
        allow_none=True, metadata={"description": "the name of the key by which a quiet network spoke"}
    )
    facts = fields.Dict(
        keys=fields.String(),
        metadata={"description": "the numbers and times over which a trouble was raised"},
    )
    position = fields.Nested(PlaceOut, allow_none=True)
    raised_at = Time()
    again_at = Time(allow_none=True)
    acknowledged_at = Time(allow_none=True)
    acknowledged_by = fields.Nested(Named, allow_none=True)
    cleared_at = Time(allow_none=True, metadata={"description": "its cause is over; a look is still wanted"})
    resolved_at = Time(allow_none=True)


class AlertQuery(PageQuery):
    state = fields.String(load_default="open", validate=validate.OneOf(["open", "resolved"]))


class FreezeOut(Schema):
    id = fields.UUID()
    task_id = fields.UUID()
    lon = fields.Float()
    lat = fields.Float()
    radius_m = fields.Float()
    starts_at = Time()
    asks_at = Time(metadata={"description": "when supervisors are asked again; it does not end by itself"})
    released_at = Time(allow_none=True)


class FreezeList(Schema):
    items = fields.List(fields.Nested(FreezeOut))


class FreezeExtension(Strict):
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1440))


class SosIn(Schema):
    """As little as possible can be wrong with a call for help: members that we don't know are passed over."""

    class Meta:
        unknown = EXCLUDE

    id = fields.UUID(required=True, metadata={"description": "made by the client, new for every call"})
    lon = fields.Float(load_default=None, allow_none=True, **LON)
    lat = fields.Float(load_default=None, allow_none=True, **LAT)
    accuracy_m = fields.Float(load_default=None, allow_none=True, validate=validate.Range(0))


class SosOut(Schema):
    """What the officer sees of their call."""

    id = fields.UUID()
    raised_at = Time()
    acknowledged_at = Time(allow_none=True)
    cleared_at = Time(allow_none=True)
    resolved_at = Time(allow_none=True)


class CheckInsIn(Strict):
    minutes = fields.Integer(
        required=True,
        allow_none=True,
        strict=True,
        validate=validate.Range(CHECK_IN_MINUTES[0], CHECK_IN_MINUTES[-1]),
        metadata={"description": "a sign of life is due every so often; null: none is asked for"},
    )
