"""Shifts and positions."""

from marshmallow import Schema, fields, validate

from enforcement.domain.tasks import ShiftState

from .base import LAT, LON, Named, Strict, Time, of_our_time

STATES = [state.value for state in ShiftState if state not in (ShiftState.PLANNED, ShiftState.ENDED)]


class PlaceOut(Schema):
    lon = fields.Float()
    lat = fields.Float()
    accuracy_m = fields.Float()
    at = Time()


class OfficerPlace(PlaceOut):
    shift_id = fields.UUID()


class OfficerPlaces(Schema):
    items = fields.List(fields.Nested(OfficerPlace))


class ShiftOut(Schema):
    id = fields.UUID()
    officer = fields.Nested(Named)
    state = fields.String()
    version = fields.Integer()
    zones = fields.List(fields.Nested(Named))
    planned_from = Time()
    planned_to = Time()
    started_at = Time(allow_none=True)
    ended_at = Time(allow_none=True)
    state_since = Time(
        allow_none=True,
        metadata={"description": "when the present state began, a break say, as the phone has it"},
    )
    busy_until = Time(allow_none=True)
    check_in_minutes = fields.Integer(allow_none=True)
    check_in_by = Time(
        allow_none=True, metadata={"description": "when a missing sign of life alarms the supervisor"}
    )
    briefed_at = Time(allow_none=True, metadata={"description": "when the briefing was read last"})
    log_signed_at = Time(allow_none=True, metadata={"description": "when its officer signed the log"})
    position = fields.Nested(PlaceOut, allow_none=True)


class ShiftList(Schema):
    items = fields.List(fields.Nested(ShiftOut))


class ShiftQuery(Strict):
    on = fields.Boolean(load_default=False, metadata={"description": "only those on duty now"})
    officer = fields.UUID(load_default=None)
    day = fields.Date(
        load_default=None,
        validate=of_our_time,
        metadata={"description": "a day of the authority's calendar"},
    )


class ShiftIn(Strict):
    officer_id = fields.UUID(required=True)
    zones = fields.List(fields.UUID(), required=True, validate=validate.Length(max=100))
    planned_from = Time(required=True)
    planned_to = Time(required=True)


class Step(Strict):
    """A write from a phone: an id that the phone made, and when it was done."""

    id = fields.UUID(required=True, metadata={"description": "made by the client, new for every action"})
    recorded_at = Time(required=True)


class StateStep(Step):
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    minutes = fields.Integer(
        load_default=None,
        strict=True,
        validate=validate.Range(1, 240),
        metadata={"description": "observing, serving, with the public: available again after so long"},
    )


class FixIn(Strict):
    lon = fields.Float(required=True, **LON)
    lat = fields.Float(required=True, **LAT)
    accuracy_m = fields.Float(required=True, validate=validate.Range(0, 100_000))
    at = Time(required=True)


class PositionsIn(Strict):
    id = fields.UUID(required=True)
    fixes = fields.List(fields.Nested(FixIn), required=True, validate=validate.Length(1, 500))
