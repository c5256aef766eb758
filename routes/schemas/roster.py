"""Who works when: what is changed, and a day copied to another."""

from marshmallow import Schema, fields, validate

from .base import ChangeOfSeen, Named, Strict, Time, of_our_time

MOST = 500


class ShiftChange(ChangeOfSeen):
    zones = fields.List(fields.UUID(), validate=validate.Length(max=100))
    planned_from = Time()
    planned_to = Time()


class CopyQuery(Strict):
    from_day = fields.Date(required=True, validate=of_our_time)
    day = fields.Date(required=True, validate=of_our_time)


class CopyIn(CopyQuery):
    shifts = fields.List(
        fields.UUID(),
        required=True,
        validate=validate.Length(1, MOST),
        metadata={"description": "those of `from_day` that are to be planned on `day`, as previewed"},
    )


class CopiedShiftOut(Schema):
    from_shift_id = fields.UUID()
    officer = fields.Nested(Named)
    zones = fields.List(fields.Nested(Named))
    gone = fields.List(fields.Nested(Named), metadata={"description": "zones that are on the map no more"})
    planned_from = Time()
    planned_to = Time()
    there = fields.UUID(allow_none=True, metadata={"description": "the shift that is planned already"})
    why_not = fields.String(allow_none=True, metadata={"description": "why it can't be planned, in words"})


class CopiedShiftList(Schema):
    items = fields.List(fields.Nested(CopiedShiftOut))
