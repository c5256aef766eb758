"""What written hours come to."""

from marshmallow import Schema, fields, validate

from .base import Strict, Text


class HoursQuery(Strict):
    hours = Text(1000, required=True, metadata={"description": "OSM opening_hours; PH and EV:name are ours"})
    days = fields.Integer(load_default=14, validate=validate.Range(1, 31))


ClockSpan = Schema.from_dict(
    {
        "from": fields.String(metadata={"description": "by the clock on the wall: 08:30"}),
        "until": fields.String(metadata={"description": "24:00 at the end of the day"}),
    },
    name="ClockSpan",
)


class HoursDay(Schema):
    day = fields.Date()
    holiday = fields.String(allow_none=True, metadata={"description": "what the public holiday is called"})
    events = fields.List(fields.String())
    spans = fields.List(fields.Nested(ClockSpan))


class HoursOut(Schema):
    items = fields.List(fields.Nested(HoursDay))
