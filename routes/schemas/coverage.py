"""Which streets have been seen lately."""

from marshmallow import Schema, fields

from .base import Time


class StreetOut(Schema):
    """A street where parking is controlled."""

    name = fields.String()
    bays = fields.Integer()
    lon = fields.Float(metadata={"description": "of the bay in its middle"})
    lat = fields.Float()
    zones = fields.List(fields.UUID())
    seen_at = Time(allow_none=True, metadata={"description": "the hour in which it was seen last"})
    overdue = fields.Boolean(metadata={"description": "unseen for longer than the policy allows"})


class CoverageOut(Schema):
    days = fields.Integer(
        allow_none=True,
        metadata={"description": "every street shall be seen within so many; null: no floor is set"},
    )
    items = fields.List(fields.Nested(StreetOut))


class WalkOut(Schema):
    street = fields.String()
    lon = fields.Float()
    lat = fields.Float()
    seen_at = Time(allow_none=True)
    walk_metres = fields.Float()
    walk_seconds = fields.Float()


class SuggestionOut(Schema):
    walk = fields.Nested(WalkOut, allow_none=True)
