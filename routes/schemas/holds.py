"""Legal holds as they go over the wire."""

from marshmallow import Schema, fields

from .base import Strict, Text, Time


class HoldIn(Strict):
    reason = Text(500, required=True)


class HoldOut(Schema):
    id = fields.UUID()
    task_id = fields.UUID()
    reason = fields.String()
    placed_at = Time()
    placed_by = fields.UUID()


class HoldList(Schema):
    items = fields.List(fields.Nested(HoldOut))
