"""Bays, restrictions, suspensions, sensors."""

from marshmallow import Schema, fields, validate

from enforcement.domain.policy import Reason
from enforcement.queries.which_bays import STATES

from .base import LAT, LON, Change, ChangeOfSeen, Geometry, PageQuery, Strict, Text, Time, of_our_time


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


class BayChange(ChangeOfSeen):
    reference = Text(100)
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
    retired_at = Time(allow_none=True)
    version = fields.Integer()


class RestrictionList(Schema):
    items = fields.List(fields.Nested(RestrictionOut))


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


class Place(Schema):
    id = fields.UUID()
    reference = fields.String()
    street = fields.String()


class SensorOut(Schema):
    id = fields.UUID()
    reference = fields.String()
    model = fields.String(allow_none=True)
    threshold_mm = fields.Integer(allow_none=True)
    heartbeat_minutes = fields.Integer()
    last_heard_at = Time(allow_none=True)
    health = fields.Dict()
    bay_id = fields.UUID(allow_none=True)
    bay = fields.Nested(Place, allow_none=True)
    silent = fields.Boolean(metadata={"description": "not heard for three times its heartbeat, or never"})
    reports = fields.Integer(metadata={"description": "of its bay, in the last seven days"})
    late = fields.Integer(metadata={"description": "of these, those that came five minutes late or more"})


class SensorQuery(PageQuery):
    reference = Text(100, load_default=None, metadata={"description": "a part of it"})
    bay_id = fields.UUID(load_default=None)
    silent = fields.Boolean(load_default=None, allow_none=True)
    unmapped = fields.Boolean(load_default=False, metadata={"description": "only those that lie in no bay"})


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


class DifferenceOut(Schema):
    index = fields.Integer()
    reference = fields.String()
    news = fields.List(fields.String(), metadata={"description": "what would change of it"})


class DifferencesOut(Schema):
    new = fields.Integer()
    changed = fields.Integer()
    same = fields.Integer()
    changes = fields.List(fields.Nested(DifferenceOut), metadata={"description": "the first 200"})
    refused = fields.List(fields.Nested(FaultyOut))


class ImportedOut(Schema):
    taken = fields.Integer()
    updated = fields.Integer()
    refused = fields.List(fields.Nested(FaultyOut))


class Which(Strict):
    """Which bays are meant; what is left out narrows nothing."""

    text = Text(
        100,
        load_default=None,
        allow_none=True,
        metadata={"description": "in the street's name or the reference"},
    )
    zone_id = fields.UUID(load_default=None, allow_none=True)
    restriction_id = fields.UUID(load_default=None, allow_none=True)
    state = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(STATES))


class BayQuery(PageQuery, Which):
    reference = Text(100, load_default=None)
    order = fields.String(load_default="newest", validate=validate.OneOf(["newest", "street"]))


class DatedRestriction(Schema):
    valid_from = Time()
    valid_to = Time(allow_none=True, metadata={"description": "null: until something else is said"})
    restriction = fields.Nested(RestrictionOut)


class DatedRestrictionList(Schema):
    items = fields.List(fields.Nested(DatedRestriction))


class ManyRestrictedIn(Strict):
    which = fields.Nested(Which, required=True)
    restriction_id = fields.UUID(required=True)
    valid_from = Time(load_default=None, allow_none=True, metadata={"description": "none: now"})


class ManyRestrictedNow(ManyRestrictedIn):
    expected = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(0),
        metadata={"description": "as many as the preview said would change; otherwise nothing is done"},
    )


class AffectedOut(Schema):
    changed = fields.Integer()
    same = fields.Integer(metadata={"description": "allow just this already"})


class FalseAlarmsQuery(Strict):
    days = fields.Integer(load_default=90, validate=validate.Range(1, 365))


class FalseAlarmsOut(Schema):
    bay_id = fields.UUID()
    reference = fields.String()
    street = fields.String()
    paused_at = Time(allow_none=True)
    visits = fields.Integer()
    in_vain = fields.Integer()
    share = fields.Float()
    low = fields.Float(metadata={"description": "the share surely lies from here … (95 %, Wilson)"})
    high = fields.Float(metadata={"description": "… to here"})
    suspect = fields.Boolean(
        metadata={"description": "surely worse than all bays together: have it looked at"}
    )


class FalseAlarmsList(Schema):
    items = fields.List(fields.Nested(FalseAlarmsOut))


class EventDayIn(Strict):
    name = Text(50, required=True, metadata={"description": "`match` is written EV:match in opening hours"})
    day = fields.Date(required=True, validate=of_our_time)


class EventDayOut(Schema):
    id = fields.UUID()
    name = fields.String()
    day = fields.Date()


class EventDayList(Schema):
    items = fields.List(fields.Nested(EventDayOut))
