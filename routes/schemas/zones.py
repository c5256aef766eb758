"""Zones, and files of them."""

from marshmallow import Schema, fields, validate

from .base import Geometry, Strict, Text, Time
from .maps import MapFeature, Tiles
from .places import ImportedOut, ImportQuery

HEX = validate.Regexp(r"^#[0-9a-fA-F]{6}\Z", error="Give a colour as #rrggbb.")
HOURS = {"description": "OSM opening_hours; PH and EV:name are ours. Without any the zone is always active"}


class ZoneIn(Strict):
    name = Text(100, required=True)
    colour = fields.String(load_default="#005a5b", validate=HEX)
    hours = Text(1000, load_default=None, allow_none=True, metadata=HOURS)
    outline = Geometry(required=True, metadata={"description": "a GeoJSON Polygon, lon before lat"})


class ZoneChange(ZoneIn):
    version = fields.Integer(required=True, strict=True)


class ZoneParts(Strict):
    version = fields.Integer(required=True, strict=True)
    parts = fields.List(
        fields.Nested(ZoneIn),
        required=True,
        validate=validate.Length(equal=2),
        metadata={"description": "what the zone becomes, and the new one beside it"},
    )


class ZoneOut(Schema):
    id = fields.UUID()
    name = fields.String()
    colour = fields.String()
    hours = fields.String(allow_none=True, metadata=HOURS)
    active = fields.Boolean(metadata={"description": "now; else nobody is sent to bays because of it"})
    changes_at = Time(
        allow_none=True, metadata={"description": "when that changes; none if not within 400 days"}
    )
    outline = Geometry()
    version = fields.Integer()
    bays = fields.Integer()


class ZoneList(Schema):
    items = fields.List(fields.Nested(ZoneOut))


class DrawingLimits(Schema):
    most_corners = fields.Integer(metadata={"description": "each ring's last point counts, too"})
    least_m2 = fields.Float(metadata={"description": "square metres"})


class Ground(Schema):
    tiles = fields.Nested(Tiles, allow_none=True)
    streets = fields.List(fields.Nested(MapFeature))
    limits = fields.Nested(DrawingLimits, metadata={"description": "what may be drawn"})
    bays = fields.List(
        fields.List(fields.Raw()), metadata={"description": "of each: reference, street, lon, lat"}
    )


class ZonesImportQuery(ImportQuery):
    preview = fields.Boolean(
        load_default=False, metadata={"description": "say what it would do, and do nothing"}
    )
    seen = Text(
        64,
        load_default=None,
        metadata={"description": "`seen` of the preview: refused if a zone was changed since"},
    )


class ZoneComingOut(ZoneOut):
    new = fields.Boolean()
    changed = fields.List(fields.String(), metadata={"description": "colour, hours, outline"})
    bays_before = fields.Integer()


class ZonesImportedOut(ImportedOut):
    zones = fields.List(
        fields.Nested(ZoneComingOut), metadata={"description": "of a preview, like all that follows"}
    )
    loose = fields.Integer(metadata={"description": "bays in no zone, now"})
    loose_then = fields.Integer(metadata={"description": "and after the import"})
    seen = fields.String()


class ZoneFeatureProperties(Schema):
    name = fields.String()
    colour = fields.String()
    hours = fields.String(allow_none=True)


class ZoneFeature(Schema):
    type = fields.String(metadata={"enum": ["Feature"]})
    geometry = Geometry()
    properties = fields.Nested(ZoneFeatureProperties)


class ZoneFile(Schema):
    type = fields.String(metadata={"enum": ["FeatureCollection"]})
    features = fields.List(fields.Nested(ZoneFeature))
