"""Bays, zones, restrictions, suspensions, sensors."""

from marshmallow import Schema, fields, validate

from enforcement.domain.policy import Reason

from .base import LAT, LON, Change, Geometry, PageQuery, Strict, Text, Time, of_our_time

HEX = validate.Regexp(r"^#[0-9a-fA-F]{6}\Z", error="Give a colour as #rrggbb.")


class RestrictionIn(Strict):
    name = Text(load_default=None, allow_none=True)
    bay_class = Text(50, required=True)
    hours = Text(1000, required=True, metadata={"description": "OSM opening_hours; PH and EV:name are ours"})
    permitted_minutes = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10080))
    code = Text(10, required=True)
    suffix = Text(10, load_default="", empty=True)
    reason = fields.String(load_default=Reason.PERIOD_ENDED.value, validate=validate.OneOf(list(Reason)))
    carried = fields.Boolean(load_default=False)


class RestrictionOut(RestrictionIn):
    id = fields.UUID(dump_only=True)


class BayIn(Strict):
    reference = Text(100, required=True)
    street = Text(required=True)
    lon = fields.Float(required=True, **LON)
    lat = fields.Float(required=True, **LAT)
    restriction = fields.Nested(RestrictionIn, load_default=None)
    restriction_id = fields.UUID(load_default=None)


class BayChange(Change):
    street = Text()
    lon = fields.Float(**LON)
    lat = fields.Float(**LAT)
    paused_why = Text(allow_none=True)


class BayRestrictionIn(Strict):
    restriction_id = fields.UUID(required=True)
    valid_from = Time(load_default=None)


class BayOut(Schema):
    id = fields.UUID()
    reference = fields.String()
    street = fields.String()
    lon = fields.Float()
    lat = fields.Float()
    outline = Geometry(allow_none=True)
    state = fields.String(metadata={"enum": ["free", "occupied", "unknown"]})
    state_at = Time(allow_none=True)
    restriction = fields.Nested(RestrictionOut, allow_none=True)
    zones = fields.List(fields.UUID())
    paused_at = Time(allow_none=True)
    paused_why = fields.String(allow_none=True)
    suspended = fields.Boolean()


class ZoneIn(Strict):
    name = Text(100, required=True)
    colour = fields.String(load_default="#005a5b", validate=HEX)
    outline = Geometry(required=True, metadata={"description": "a GeoJSON Polygon, lon before lat"})


class ZoneChange(ZoneIn):
    version = fields.Integer(required=True, strict=True)


class ZoneOut(Schema):
    id = fields.UUID()
    name = fields.String()
    colour = fields.String()
    outline = Geometry()
    version = fields.Integer()
    bays = fields.Integer()


class ZoneList(Schema):
    items = fields.List(fields.Nested(ZoneOut))


class RestrictionList(Schema):
    items = fields.List(fields.Nested(RestrictionOut))


class SuspensionIn(Strict):
    bay_id = fields.UUID(required=True)
    starts_at = Time(required=True)
    ends_at = Time(required=True)
    why = Text(500, required=True)
    sign_up_at = Time(load_default=None, allow_none=True)


class SuspensionOut(Schema):
    id = fields.UUID()
    bay_id = fields.UUID()
    starts_at = Time()
    ends_at = Time()
    why = fields.String()
    sign_up_at = Time(allow_none=True)
    cancelled_at = Time(allow_none=True)


class SensorIn(Strict):
    reference = Text(100, required=True)
    model = Text(100, load_default=None, allow_none=True)
    threshold_mm = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 30000)
    )
    heartbeat_minutes = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 100_000)
    )
    bay = Text(100, load_default=None, allow_none=True, metadata={"description": "the reference of its bay"})


class SensorChange(Change):
    model = Text(100, allow_none=True)
    threshold_mm = fields.Integer(allow_none=True, strict=True, validate=validate.Range(1, 30000))
    heartbeat_minutes = fields.Integer(strict=True, validate=validate.Range(1, 100_000))
    retired = fields.Boolean()


class SensorMapping(Strict):
    bay_id = fields.UUID(required=True, allow_none=True)
    valid_from = Time(load_default=None)


class SensorOut(Schema):
    id = fields.UUID()
    reference = fields.String()
    model = fields.String(allow_none=True)
    threshold_mm = fields.Integer(allow_none=True)
    heartbeat_minutes = fields.Integer()
    last_heard_at = Time(allow_none=True)
    health = fields.Dict()
    bay_id = fields.UUID(allow_none=True)


class UnknownSensorOut(Schema):
    reference = fields.String()
    source = fields.String()
    model = fields.String(allow_none=True)
    bay_hint = fields.String(allow_none=True)
    readings = fields.Integer()
    first_seen_at = Time()
    last_seen_at = Time()


class UnknownSensorList(Schema):
    items = fields.List(fields.Nested(UnknownSensorOut))


class ImportQuery(Strict):
    strict = fields.Boolean(load_default=False, metadata={"description": "all or nothing"})


class StreetsQuery(ImportQuery):
    name = Text(100, load_default="streets", metadata={"description": "the list that this file replaces"})


class FaultyOut(Schema):
    index = fields.Integer()
    reference = fields.String()
    detail = fields.String()


class ImportedOut(Schema):
    taken = fields.Integer()
    updated = fields.Integer()
    refused = fields.List(fields.Nested(FaultyOut))


class BayQuery(PageQuery):
    reference = Text(100, load_default=None)


class EventDayIn(Strict):
    name = Text(50, required=True, metadata={"description": "`match` is written EV:match in opening hours"})
    day = fields.Date(required=True, validate=of_our_time)


class EventDayOut(Schema):
    id = fields.UUID()
    name = fields.String()
    day = fields.Date()


class EventDayList(Schema):
    items = fields.List(fields.Nested(EventDayOut))
