"""What a wall screen shows."""

from marshmallow import Schema, fields

from enforcement.domain.safety import AlertKind

from .base import Time


class BoardAuthority(Schema):
    name = fields.String()
    time_zone = fields.String()


class Figures(Schema):
    lawful_now = fields.Integer(metadata={"description": "cars for which a penalty would be lawful now"})
    over = fields.Integer(metadata={"description": "over their time, not yet lawful"})
    waiting = fields.Integer(metadata={"description": "tasks that nobody goes to yet"})
    in_hand = fields.Integer(metadata={"description": "tasks that an officer is on the way to, or at"})
    overstays_today = fields.Integer(metadata={"description": "since the authority's midnight"})
    attended_today = fields.Integer(metadata={"description": "of those, how many an officer reached"})


class HotSpot(Schema):
    street = fields.String()
    overstays = fields.Integer(metadata={"description": "today"})
    lawful_now = fields.Integer()
    lon = fields.Float(metadata={"description": "in the middle of the bays where they were"})
    lat = fields.Float()


class Alarms(Schema):
    kind = fields.String(metadata={"enum": list(AlertKind)})
    number = fields.Integer(metadata={"description": "not dealt with"})
    seen = fields.Integer(metadata={"description": "of those, how many a supervisor is on"})
    since = Time(metadata={"description": "when the oldest of them was raised"})


class FrozenPlace(Schema):
    lon = fields.Float()
    lat = fields.Float()
    radius_m = fields.Float()


class BoardOut(Schema):
    authority = fields.Nested(BoardAuthority)
    at = Time()
    version = fields.String(metadata={"description": "of the page: another one is loaded by night"})
    figures = fields.Nested(Figures)
    hot_spots = fields.List(fields.Nested(HotSpot))
    alarms = fields.List(fields.Nested(Alarms))
    freezes = fields.List(fields.Nested(FrozenPlace))
