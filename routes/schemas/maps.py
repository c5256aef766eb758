"""The map and what goes on in it."""

from marshmallow import Schema, fields, validate

from enforcement.domain.marks import Mark

from .base import Geometry, Strict, Time


class MapQuery(Strict):
    zones = fields.List(
        fields.UUID(),
        load_default=None,
        validate=validate.Length(max=100),
        metadata={"description": "only these; an officer is shown those of their own shift at most"},
    )


class StatesQuery(MapQuery):
    bays = fields.List(
        fields.UUID(),
        load_default=None,
        validate=validate.Length(max=100),
        metadata={"description": "of these only: those that the live feed named, say"},
    )


class MapProperties(Schema):
    kind = fields.String(metadata={"enum": ["zone", "street", "bay"]})
    id = fields.UUID(allow_none=True, metadata={"description": "none for a street that was guessed"})
    name = fields.String(metadata={"description": "of zones and streets"})
    colour = fields.String(metadata={"description": "of zones"})
    guessed = fields.Boolean(
        metadata={"description": "of streets: no file drew it, it is a straight line along its bays"}
    )
    reference = fields.String(metadata={"description": "of bays, like the rest"})
    street = fields.String()
    allows = fields.String(
        allow_none=True, metadata={"description": "“limited waiting, 2 h, Mo-Sa 08:30-18:30”"}
    )
    code = fields.String(allow_none=True, metadata={"description": "of the contravention to look for"})
    suspended = fields.Boolean()
    paused = fields.Boolean()


class MapFeature(Schema):
    type = fields.String(metadata={"enum": ["Feature"]})
    geometry = Geometry(metadata={"description": "zones: Polygon; streets: lines; bays: Polygon or Point"})
    properties = fields.Nested(MapProperties)


class Tiles(Schema):
    url = fields.String(metadata={"description": "raster tiles, with {z}, {x} and {y}"})
    credit = fields.String(metadata={"description": "to be shown on the map"})


class MapOut(Schema):
    type = fields.String(metadata={"enum": ["FeatureCollection"]})
    tiles = fields.Nested(
        Tiles, allow_none=True, metadata={"description": "what may be laid under it, if anything"}
    )
    features = fields.List(fields.Nested(MapFeature))


class BayMark(Schema):
    bay_id = fields.UUID()
    state = fields.String(metadata={"enum": [mark.value for mark in Mark]})
    since = Time(allow_none=True)


class BayMarks(Schema):
    at = Time()
    items = fields.List(fields.Nested(BayMark))
